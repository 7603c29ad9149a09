//go:build interop

// Package interop tests the whole journey with real storage servers: from a sign-in in a real browser to objects, versions,
// links, limited credentials and other people's tools.
package interop

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/buckets/search"
	"daypass/app/location"
	"daypass/auth/secret"
	"daypass/sandbox/headless"
	"daypass/sandbox/interop/idp"
	"daypass/sandbox/interop/journey"
	"daypass/sandbox/interop/matrix"
	"daypass/sandbox/interop/store"
)

// lifetime is how long ID tokens are valid, and at some servers the credentials: long enough for all steps.
const lifetime = 10 * time.Minute

var table = matrix.Table{
	File: filepath.Join("..", "..", "..", "docs", "interop.md"), Heading: "Storage servers",
	Columns: []string{"server", "provider", "sign-in", "list", "upload", "download", "search", "versions", "share link", "limited credentials", "aws", "rclone"},
}

func TestMain(m *testing.M) {
	code := m.Run()
	if err := table.Write(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func TestMinIO(t *testing.T) {
	p := idp.OIDCProvider(t, idp.OIDCOptions{Lifetime: lifetime})
	visit(t, "MinIO", "oidc-provider", p, store.MinIO(t, p), nil)
}

// guest is a user with what they do in the storage.
type guest struct {
	*journey.User
	*buckets.Client
	store *objects.Store
}

// bucket is where everything happens.
const (
	bucket  = "interop"
	content = "temperature 21.4\n"
)

// visit takes a new user through all steps at a server.
func visit(t *testing.T, name, provider string, p *idp.Provider, s store.Server, wants map[string]string) {
	t.Helper()
	row := table.NewRow(t, name, provider, wants)
	g := &guest{User: journey.New(t, p, s)}
	must(t, g.Start(t.Context()))
	if !row.Step(t, "sign-in", g.signsIn) {
		return
	}
	for _, step := range []struct {
		name string
		do   func(*testing.T) string
	}{
		{"upload", g.uploads},
		{"list", g.lists},
		{"download", g.downloads},
		{"search", g.searches},
		{"versions", g.versions},
		{"share link", g.shares},
		{"limited credentials", g.limits},
		{"aws", g.aws},
		{"rclone", g.rclone},
	} {
		row.Step(t, step.name, step.do)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (g *guest) signsIn(t *testing.T) string {
	words, err := g.SignIn(t)
	if err != nil {
		t.Fatal(words, err)
	}
	g.Client, err = buckets.Open(buckets.Server{Endpoint: g.Server.Endpoint}, g.credentials)
	must(t, err)
	g.store = objects.New(g.Client)
	must(t, g.store.NewBucket(t.Context(), bucket))
	return ""
}

// credentials are those that the agent issues.
func (g *guest) credentials(ctx context.Context) (app.Credentials, error) {
	k, err := g.Keys(ctx, journey.ID)
	return app.Credentials{
		AccessKeyID: k.AccessKeyID, SecretAccessKey: secret.New(k.SecretAccessKey), SessionToken: secret.New(k.SessionToken), ExpiresAt: k.ExpiresAt,
	}, err
}

func (g *guest) uploads(t *testing.T) string {
	must(t, os.WriteFile(g.Path("reading.txt"), []byte(content), 0o600))
	g.transfer(t, headless.Request{Direction: "upload", Bucket: bucket, Prefix: "2026/11/", Paths: []string{g.Path("reading.txt")}})
	return ""
}

func (g *guest) downloads(t *testing.T) string {
	folder := g.Path("down")
	must(t, os.MkdirAll(folder, 0o700))
	g.transfer(t, headless.Request{Direction: "download", Bucket: bucket, Prefix: "2026/11/", Objects: []headless.Object{{Key: "2026/11/reading.txt"}}, Folder: folder})
	got, err := os.ReadFile(filepath.Join(folder, "reading.txt"))
	if err != nil || string(got) != content {
		t.Errorf("downloaded %q, %v", got, err)
	}
	return ""
}

// transfer has the agent carry out a transfer to its end.
func (g *guest) transfer(t *testing.T, r headless.Request) {
	t.Helper()
	r.Connection = journey.ID
	id, err := g.StartTransfer(t.Context(), r)
	must(t, err)
	done, err := g.WaitTransfer(t.Context(), id, headless.Transfer.Ended)
	must(t, err)
	if done.Phase != "done" {
		t.Fatalf("%+v %+v", done, done.Problem)
	}
}

func (g *guest) lists(t *testing.T) string {
	all, err := g.Client.Buckets(t.Context())
	if err != nil || !slices.ContainsFunc(all, func(b buckets.Bucket) bool { return b.Name == bucket }) {
		t.Errorf("%v, %v", all, err)
	}
	for prefix, want := range map[string]string{"": "2026/", "2026/11/": "2026/11/reading.txt"} {
		page, err := g.Page(t.Context(), bucket, prefix, "", 1000)
		if err != nil || len(page.Entries) != 1 || page.Entries[0].Key != want {
			t.Errorf("%q: %+v, %v", prefix, page.Entries, err)
		}
	}
	return ""
}

func (g *guest) searches(t *testing.T) string {
	var found []string
	_, err := search.Run(t.Context(), g.Client, search.Query{Location: location.Location{Bucket: bucket}, Text: "reading"}, func(p search.Progress) {
		for _, e := range p.Found {
			found = append(found, e.Key)
		}
	})
	if err != nil || !slices.Equal(found, []string{"2026/11/reading.txt"}) {
		t.Errorf("%q, %v", found, err)
	}
	return ""
}

func (g *guest) versions(t *testing.T) string {
	must(t, g.Core().EnableVersioning(t.Context(), bucket))
	for _, text := range []string{"first", "second"} {
		must(t, os.WriteFile(g.Path("plan.txt"), []byte(text), 0o600))
		g.transfer(t, headless.Request{Direction: "upload", Bucket: bucket, Paths: []string{g.Path("plan.txt")}, Conflicts: "replace"})
	}
	all, _, err := g.store.Versions(t.Context(), bucket, "plan.txt", 10)
	must(t, err)
	if len(all) != 2 || !all[0].Latest {
		t.Fatalf("%+v", all)
	}
	if got := g.read(t, all[1].Ref); got != "first" {
		t.Errorf("the older version is %q", got)
	}
	return ""
}

func (g *guest) read(t *testing.T, r objects.Ref) string {
	t.Helper()
	c, err := g.store.Open(t.Context(), r, "", 0, 1<<10)
	must(t, err)
	defer c.Close()
	data, err := io.ReadAll(c)
	must(t, err)
	return string(data)
}

func (g *guest) shares(t *testing.T) string {
	link, err := g.Share(t.Context(), bucket, "2026/11/reading.txt", "", time.Hour)
	must(t, err)
	answer, err := http.Get(link.URL.Reveal())
	must(t, err)
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	must(t, err)
	if string(got) != content {
		t.Errorf("the link leads to %s: %q", answer.Status, got)
	}
	return ""
}

// limits has a program use one folder only. What the server does not narrow, Daypass does not issue.
func (g *guest) limits(t *testing.T) string {
	exec := func(command ...string) (string, string, error) {
		args := append([]string{"exec", journey.ID, "--only", bucket + "/2026/", "--", "aws", "--endpoint-url", g.Server.Endpoint, "s3"}, command...)
		return g.Try(t, "daypass", args...)
	}
	if out, words, err := exec("ls", "s3://"+bucket+"/2026/11/"); err != nil || !strings.Contains(out, "reading.txt") {
		t.Errorf("inside: %s %s %v", out, words, err)
	}
	if out, _, err := exec("cp", "s3://"+bucket+"/plan.txt", "-"); err == nil {
		t.Errorf("outside: %s", out)
	}
	return ""
}

func (g *guest) aws(t *testing.T) string {
	aws := func(command ...string) string {
		return g.Run(t, "daypass", append([]string{"exec", journey.ID, "--", "aws", "--endpoint-url", g.Server.Endpoint, "s3"}, command...)...)
	}
	aws("cp", g.Path("reading.txt"), "s3://"+bucket+"/aws.txt")
	if out := aws("cp", "s3://"+bucket+"/aws.txt", "-"); out != content {
		t.Errorf("%q", out)
	}
	return ""
}

func (g *guest) rclone(t *testing.T) string {
	rclone := func(command ...string) string {
		return g.Run(t, "daypass", append([]string{"exec", journey.ID, "--", "rclone"}, command...)...)
	}
	rclone("copyto", g.Path("reading.txt"), "daypass:"+bucket+"/rclone.txt")
	if out := rclone("cat", "daypass:"+bucket+"/rclone.txt"); out != content {
		t.Errorf("%q", out)
	}
	return ""
}
