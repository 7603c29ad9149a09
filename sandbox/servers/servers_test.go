package servers

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"daypass/sandbox/process"
	"daypass/sandbox/rawhttp"
)

// world is the sandbox that the tests share; `make sandbox-bin` builds its programs.
var world *Sandbox

func TestMain(m *testing.M) { os.Exit(runAll(m)) }

func runAll(m *testing.M) int {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var err error
	world, err = Start(ctx, Options{Bin: filepath.Join("..", "..", "build", "bin"), Objects: 250})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := m.Run()
	if err := world.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if _, err := os.Stat(world.dir); !os.IsNotExist(err) {
		fmt.Fprintln(os.Stderr, "the sandbox leaves files behind:", err)
		return 1
	}
	return code
}

// roleARN is what MinIO makes of the role client's ID.
const roleARN = "arn:minio:iam:::role/ToS5DYSw08xQH0l2EOpBwvanbHo"

func keys(t *testing.T, u User, client, role string) (rawhttp.Keys, error) {
	t.Helper()
	req := rawhttp.NewRequest(world.Issuer, client)
	callback, err := rawhttp.Visit(t.Context(), req.Link(), u.Email, u.Password)
	if err != nil {
		t.Fatal(err)
	}
	token, err := req.Tokens(t.Context(), http.DefaultClient, callback)
	if err != nil {
		t.Fatal(err)
	}
	return rawhttp.AssumeRole(t.Context(), http.DefaultClient, world.Endpoint, token, role)
}

// may lists what the keys allow.
func may(t *testing.T, k rawhttp.Keys) string {
	t.Helper()
	client, err := minio.NewCore(world.endpointHost(), &minio.Options{
		Creds: credentials.NewStaticV4(k.AccessKeyID, k.SecretAccessKey, k.SessionToken),
	})
	if err != nil {
		t.Fatal(err)
	}
	var can []string
	try := func(what string, err error) {
		if err == nil {
			can = append(can, what)
		} else if minio.ToErrorResponse(err).Code != "AccessDenied" {
			t.Errorf("%s: %v", what, err)
		}
	}
	buckets, err := client.ListBuckets(t.Context())
	try(fmt.Sprintf("see %d buckets", len(buckets)), err)
	for _, bucket := range []string{Measurements, PartnerShare} {
		_, err = client.ListObjectsV2(bucket, "", "", "", "/", 1000)
		try("list "+bucket, err)
		_, err = client.Client.PutObject(t.Context(), bucket, "test", strings.NewReader(""), 0, minio.PutObjectOptions{})
		try("write "+bucket, err)
		if err == nil {
			try("delete from "+bucket, client.RemoveObject(t.Context(), bucket, "test", minio.RemoveObjectOptions{}))
		}
	}
	return strings.Join(can, ", ")
}

const everything = "see 7 buckets, list measurements, write measurements, delete from measurements, " +
	"list partner-share, write partner-share, delete from partner-share"

func TestUsers_permissions(t *testing.T) {
	for who, want := range map[User]string{
		Ada:    everything,
		Reader: "see 1 buckets, list measurements",
		NoList: "list partner-share, write partner-share, delete from partner-share",
	} {
		k, err := keys(t, who, ClaimClient, "")
		if err != nil {
			t.Fatal(who.Email, err)
		}
		if left := time.Until(k.Expiration); left > defaultTokenLife || left < defaultTokenLife/2 {
			t.Errorf("the keys of %s live %v more", who.Email, left)
		}
		if got := may(t, k); got != want {
			t.Errorf("%s may %s; want %s", who.Email, got, want)
		}
	}
	if _, err := keys(t, NoPolicy, ClaimClient, ""); err == nil || !strings.Contains(err.Error(), "no-such-policy") {
		t.Errorf("%s: %v", NoPolicy.Email, err)
	}
}

// In role mode every user has the permissions of the role.
func TestRoleMode_permissions(t *testing.T) {
	for _, who := range Users() {
		k, err := keys(t, who, RoleClient, roleARN)
		if err != nil {
			t.Fatal(who.Email, err)
		}
		if got := may(t, k); got != everything {
			t.Errorf("%s may %s", who.Email, got)
		}
	}
}

func TestBuckets_content(t *testing.T) {
	client := admin(t)
	for bucket, want := range map[string]int{
		Measurements: len(measurements()) + RawReadings, Pictures: len(pictures()), Names: len(names()),
		Archive: 3, Empty: 0, ManyBucket: 250,
	} {
		got := 0
		for o := range client.ListObjects(t.Context(), bucket, minio.ListObjectsOptions{Recursive: true}) {
			if o.Err != nil {
				t.Fatal(o.Err)
			}
			got++
		}
		if got != want {
			t.Errorf("%s has %d objects, want %d", bucket, got, want)
		}
	}
	versions := 0
	for o := range client.ListObjects(t.Context(), Archive, minio.ListObjectsOptions{Prefix: "plans/network.txt", WithVersions: true}) {
		if o.Err == nil {
			versions++
		}
	}
	if versions != 3 {
		t.Errorf("%d versions", versions)
	}
}

// An object made by a link is one like any other: it can be read, replaced and deleted, and the
// object that it was made of stays.
func TestLinkedObject_isIndependent(t *testing.T) {
	client := admin(t)
	first, second := fmt.Sprintf(many.name, 7), fmt.Sprintf(many.name, 107)
	if got := body(t, client, second); got != many.body(7) {
		t.Errorf("content %q", got)
	}
	if err := put(t.Context(), client, ManyBucket, []object{{second, text, "new"}}); err != nil {
		t.Fatal(err)
	}
	if got := body(t, client, second) + body(t, client, first); got != "new"+many.body(7) {
		t.Errorf("after a change: %q", got)
	}
	if err := client.RemoveObject(t.Context(), ManyBucket, first, minio.RemoveObjectOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := body(t, client, fmt.Sprintf(many.name, 207)); got != many.body(7) {
		t.Errorf("after a deletion: %q", got)
	}
	if err := put(t.Context(), client, ManyBucket, []object{{first, text, many.body(7)}}); err != nil {
		t.Fatal(err)
	}
}

func admin(t *testing.T) *minio.Client {
	t.Helper()
	client, err := world.Admin()
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func body(t *testing.T, client *minio.Client, key string) string {
	t.Helper()
	o, err := client.GetObject(t.Context(), ManyBucket, key, minio.GetObjectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	data, err := io.ReadAll(o)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestServers_restart(t *testing.T) {
	k, err := keys(t, Ada, ClaimClient, "")
	if err != nil {
		t.Fatal(err)
	}
	for what, again := range map[string]struct {
		stop    func() error
		start   func(context.Context) error
		address string
	}{
		"Dex":   {world.StopDex, world.StartDex, world.Issuer + "/healthz"},
		"MinIO": {world.StopMinIO, world.StartMinIO, world.Endpoint + "/minio/health/live"},
	} {
		for range 2 { // the second time there is nothing to stop
			if err := again.stop(); err != nil {
				t.Fatal(what, err)
			}
		}
		if process.Answers(t.Context(), again.address) {
			t.Errorf("%s still answers", what)
		}
		for range 2 { // the second time it runs already
			if err := again.start(t.Context()); err != nil {
				t.Fatal(what, err)
			}
		}
		if !process.Answers(t.Context(), again.address) {
			t.Errorf("%s does not answer", what)
		}
	}
	if got := may(t, k); got != everything {
		t.Errorf("after a restart: %s", got)
	}
}

// The output of a server that ends at once is quoted.
func TestStart_quotesServerThatExits(t *testing.T) {
	bin := t.TempDir()
	script := []byte("#!/bin/sh\necho the port is taken\nexit 1\n")
	if err := os.WriteFile(filepath.Join(bin, "dex"), script, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Options{Bin: bin})
	if err == nil || !strings.Contains(err.Error(), "the port is taken") {
		t.Errorf("got %v", err)
	}
}
