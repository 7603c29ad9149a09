// Package hostile has the built agent move files from a storage server that means harm. It needs no other server than its
// own.
package hostile

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daypass/sandbox/headless"
)

const (
	program = "../../build/bin/daypass"
	limit   = time.Minute
	// size is that of an object that is read in several parts.
	size = 96 << 20
)

// storage gives everybody credentials, ignores If-Match, replaces "big" each time that a part of it is read, and lists
// without an end what is below "endless/".
type storage struct {
	reads, pages atomic.Int64
}

// ServeHTTP implements http.Handler.
func (s *storage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch prefix := r.URL.Query().Get("prefix"); {
	case r.Method == http.MethodPost:
		fmt.Fprintf(w, `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>`+
			`<AccessKeyId>AK</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>%s</Expiration>`+
			`</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`, time.Now().Add(time.Hour).UTC().Format(time.RFC3339))
	case r.URL.Query().Has("list-type") && strings.HasPrefix(prefix, "endless/"):
		fmt.Fprintf(w, `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t%d</NextContinuationToken><Contents><Key>endless/a</Key>`+
			`<Size>0</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>`, s.pages.Add(1))
	case r.URL.Query().Has("list-type"):
		fmt.Fprint(w, `<ListBucketResult><Contents><Key>elsewhere/a</Key><Size>0</Size></Contents></ListBucketResult>`)
	case r.URL.Path == "/lake/big":
		s.big(w, r)
	case r.URL.Path == "/lake/endless/a":
		w.Header().Set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
	default:
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `<Error><Code>NoSuchKey</Code></Error>`)
	}
}

// big answers with a part of a version of its own each time.
func (s *storage) big(w http.ResponseWriter, r *http.Request) {
	version := int64(0)
	if r.Header.Get("Range") != "" {
		version = s.reads.Add(1)
	}
	w.Header().Set("ETag", fmt.Sprintf(`"version-%d"`, version))
	w.Header().Set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
	var from, to int64 = 0, size - 1
	if _, err := fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-%d", &from, &to); err == nil {
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to, size))
	}
	w.Header().Set("Content-Length", fmt.Sprint(to-from+1))
	if from > 0 || to < size-1 {
		w.WriteHeader(http.StatusPartialContent)
	}
	if r.Method == http.MethodGet {
		_, _ = io.Copy(w, io.LimitReader(strings.NewReader(strings.Repeat(string(rune('a'+version%26)), int(to-from+1))), to-from+1))
	}
}

// signIn signs in by `daypass login`, at a provider that asks nothing.
func signIn(ctx context.Context, t *testing.T, r *headless.Rig) {
	t.Helper()
	cmd := r.Command(ctx, r.Program, "login", "lake")
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if link := regexp.MustCompile(`http://\S+`).FindString(lines.Text()); link != "" {
			res, err := http.Get(link)
			must(t, err)
			must(t, res.Body.Close())
			break
		}
	}
	_, _ = io.Copy(io.Discard, out)
	must(t, cmd.Wait())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A hostile server cannot create a file.
func TestRule43_hostileServerMakesNoFile(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	hostile, login := &storage{}, newIssuer(t)
	server := httptest.NewServer(hostile)
	defer server.Close()
	r, err := headless.New(ctx, headless.Options{Program: program, NoKeyring: true})
	must(t, err)
	defer func() { must(t, r.Close()) }()
	must(t, r.AddConnection("lake", fmt.Appendf(nil, "version = 1\nname = \"Lake\"\nendpoint = %q\n\n[login]\nissuer = %q\nclient_id = %q\n", server.URL, login.URL, clientID)))
	must(t, r.Start(ctx))
	signIn(ctx, t, r)
	for key, want := range map[string]string{"big": "transfer-changed", "endless/": "storage-endless", "other/": "storage-outside"} {
		folder := t.TempDir()
		id, err := r.StartTransfer(ctx, headless.Request{Connection: "lake", Direction: "download", Bucket: "lake", Folder: folder, Objects: []headless.Object{{Key: key}}})
		must(t, err)
		got, err := r.WaitTransfer(ctx, id, headless.Transfer.Ended)
		must(t, err)
		code := ""
		switch {
		case len(got.Failures) > 0:
			code = got.Failures[0].Problem.Code
		case got.Problem != nil:
			code = got.Problem.Code
		}
		if got.Phase != "failed" || code != want {
			t.Errorf("%s: it ended %s: %+v, %+v", key, got.Phase, got.Problem, got.Failures)
		}
		if _, err := os.Stat(filepath.Join(folder, "big")); err == nil {
			t.Errorf("%s: there is a file of %d versions", key, hostile.reads.Load())
		}
	}
	if n := hostile.pages.Load(); n > 3 {
		t.Errorf("%d pages of an endless listing were read", n)
	}
}
