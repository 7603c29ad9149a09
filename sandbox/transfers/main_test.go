// Package transfers has the built agent move files from and to a real MinIO, through what happens to
// transfers: renewals, outages, restarts, errors, full disks and names that mean harm.
package transfers

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/sandbox/headless"
	"daypass/sandbox/servers"
	"daypass/sandbox/slowproxy"
)

var (
	bin     = filepath.Join("..", "..", "build", "bin")
	daypass = filepath.Join(bin, "daypass")
	// world is the sandbox that all tests share.
	world *servers.Sandbox
	admin *minio.Client
)

// tokenLife is so short that the keys, which live as long, are renewed every ten seconds.
const tokenLife = 20 * time.Second

// limit is how long a transfer may take.
const limit = 4 * time.Minute

const mib = 1 << 20

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	var err error
	if world, err = servers.Start(ctx, servers.Options{Bin: bin, IDTokenLife: tokenLife}); err != nil {
		fmt.Fprintln(os.Stderr, "the sandbox does not start (make sandbox-bin builds it):", err)
		return 1
	}
	defer world.Close()
	if admin, err = world.Admin(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// user is somebody who is signed in, with a bucket of their own and a folder.
type user struct {
	*headless.Rig
	t      *testing.T
	ctx    context.Context
	line   *slowproxy.Line
	bucket string
	folder string
}

func newUser(t *testing.T, who servers.User) *user {
	t.Helper()
	p := &user{t: t, ctx: t.Context(), folder: t.TempDir()}
	var err error
	p.line, err = slowproxy.New(world.Endpoint)
	p.must(err)
	t.Cleanup(func() { _ = p.line.Close() })
	p.Rig, err = headless.New(p.ctx, headless.Options{Program: daypass, NoKeyring: true})
	p.must(err)
	t.Cleanup(p.lookBack)
	file, err := os.ReadFile(world.ClaimConnection)
	p.must(err)
	p.must(p.AddConnection("lake", []byte(strings.Replace(string(file), world.Endpoint, p.line.URL, 1))))
	p.must(p.Start(p.ctx))
	p.must(p.SignIn(p.ctx, "lake", who))
	p.bucket = strings.ToLower(fmt.Sprintf("t%x", rand.Uint64()))
	p.must(admin.MakeBucket(p.ctx, p.bucket, minio.MakeBucketOptions{}))
	return p
}

// lookBack ends the rig, and shows the agent's log where the test failed.
func (p *user) lookBack() {
	if p.t.Failed() {
		log, _ := os.ReadFile(p.Log())
		p.t.Logf("the agent's log:\n%s", log[max(0, len(log)-4000):])
	}
	if err := p.Close(); err != nil {
		p.t.Error(err)
	}
}

func (p *user) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *user) download(keys ...string) headless.Request {
	r := headless.Request{Connection: "lake", Direction: "download", Bucket: p.bucket, Folder: p.folder}
	for _, k := range keys {
		r.Objects = append(r.Objects, headless.Object{Key: k})
	}
	return r
}

func (p *user) upload(prefix string, paths ...string) headless.Request {
	return headless.Request{Connection: "lake", Direction: "upload", Bucket: p.bucket, Prefix: prefix, Paths: paths}
}

func (p *user) begin(r headless.Request) string {
	p.t.Helper()
	id, err := p.StartTransfer(p.ctx, r)
	p.must(err)
	return id
}

func (p *user) wait(id, what string, ok func(headless.Transfer) bool) headless.Transfer {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, limit)
	defer cancel()
	got, err := p.WaitTransfer(ctx, id, ok)
	if err != nil {
		p.t.Fatalf("not %s: %v", what, err)
	}
	return got
}

func (p *user) ended(id string) headless.Transfer {
	p.t.Helper()
	return p.wait(id, "ended", headless.Transfer.Ended)
}

// done waits for a transfer that must succeed.
func (p *user) done(id string) headless.Transfer {
	p.t.Helper()
	got := p.ended(id)
	if got.Phase != "done" || got.Failed != 0 {
		p.t.Fatalf("it ended %+v, problem %+v", got, got.Problem)
	}
	return got
}

// fill writes a file of noise.
func fill(t *testing.T, path string, size int64) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.CopyN(f, rand.NewChaCha8([32]byte{byte(size)}), size); err != nil {
		t.Fatal(err)
	}
}

// sums returns the checksum of every file below a folder, and of every empty folder nothing.
func sums(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		if !d.IsDir() {
			all[filepath.ToSlash(rel)], err = sumOf(path)
			return err
		}
		entries, err := os.ReadDir(path)
		if len(entries) == 0 {
			all[filepath.ToSlash(rel)+"/"] = ""
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return fmt.Sprintf("%x", h.Sum(nil)), err
}

// onlyTemporary fails where a download that is not done has left something that looks whole.
func (p *user) onlyTemporary() {
	p.t.Helper()
	for name := range sums(p.t, p.folder) {
		if base := filepath.Base(name); name != "./" && (!strings.HasPrefix(base, ".daypass-") || !strings.HasSuffix(base, ".part")) {
			p.t.Errorf("%q looks whole", name)
		}
	}
}
