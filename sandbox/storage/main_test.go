// Package storage tests what Daypass does with buckets and objects against a real MinIO, with keys that
// real people have got from a real sign-in.
package storage

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/auth/secret"
	"daypass/sandbox/rawhttp"
	"daypass/sandbox/servers"
)

// world is the sandbox that the tests share.
var world *servers.Sandbox

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	var err error
	world, err = servers.Start(ctx, servers.Options{Bin: filepath.Join("..", "..", "build", "bin"), IDTokenLife: 20 * time.Minute})
	if err != nil {
		fmt.Fprintln(os.Stderr, "the sandbox does not start (make sandbox-bin builds it):", err)
		return 1
	}
	defer world.Close()
	return m.Run()
}

// user is somebody who is signed in, and their way to the storage.
type user struct {
	*buckets.Client
	*objects.Store
	keys app.Credentials
}

func signIn(t *testing.T, u servers.User) user {
	t.Helper()
	req := rawhttp.NewRequest(world.Issuer, "daypass")
	callback, err := rawhttp.Visit(t.Context(), req.Link(), u.Email, u.Password)
	if err != nil {
		t.Fatal(err)
	}
	token, err := req.Tokens(t.Context(), http.DefaultClient, callback)
	if err != nil {
		t.Fatal(err)
	}
	k, err := rawhttp.AssumeRole(t.Context(), http.DefaultClient, world.Endpoint, token, "")
	if err != nil {
		t.Fatal(err)
	}
	return with(t, app.Credentials{
		AccessKeyID: k.AccessKeyID, SecretAccessKey: secret.New(k.SecretAccessKey), SessionToken: secret.New(k.SessionToken), ExpiresAt: k.Expiration,
	})
}

func with(t *testing.T, k app.Credentials) user {
	t.Helper()
	c, err := buckets.Open(buckets.Server{Endpoint: world.Endpoint}, func(context.Context) (app.Credentials, error) { return k, nil })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return user{c, objects.New(c), k}
}

// newBucket makes a bucket for one test, with versions or without, that goes when the test ends.
func newBucket(t *testing.T, ada user, versions bool) string {
	t.Helper()
	name := "test-" + strings.ToLower(strings.NewReplacer("/", "-", "_", "-").Replace(t.Name()))
	name = name[:min(len(name), 60)]
	if err := ada.NewBucket(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		page, err := ada.Page(ctx, name, "", "", 1000)
		if err == nil {
			_, err = ada.DeleteForever(ctx, name, append(page.Entries, buckets.Entry{Folder: true}), nil)
		}
		if err := errors.Join(err, ada.DeleteBucket(ctx, name)); err != nil {
			t.Error(err)
		}
	})
	if versions {
		if err := ada.Core().EnableVersioning(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	return name
}

func put(t *testing.T, p user, bucket, key, content string, o minio.PutObjectOptions) {
	t.Helper()
	if _, err := p.Core().Client.PutObject(t.Context(), bucket, key, strings.NewReader(content), int64(len(content)), o); err != nil {
		t.Fatalf("%q: %v", key, err)
	}
}

func content(t *testing.T, p user, r objects.Ref) string {
	t.Helper()
	c, err := p.Store.Open(t.Context(), r, "", 0, 1<<20)
	if err != nil {
		t.Fatalf("%q: %v", r.Key, err)
	}
	defer c.Close()
	data := make([]byte, 1<<20)
	n, _ := c.Read(data)
	return string(data[:n])
}

// names are those of everything in a place, in the order of the listing.
func names(t *testing.T, p user, bucket, prefix string) (all []string) {
	t.Helper()
	for next := ""; ; {
		page, err := p.Page(t.Context(), bucket, prefix, next, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page.Entries {
			all = append(all, strings.TrimPrefix(e.Key, prefix))
		}
		if next = page.Next; next == "" {
			return all
		}
	}
}

func kindOf(err error) buckets.Kind {
	var e *buckets.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}
