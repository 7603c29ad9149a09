package transfer

import (
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/buckets/transfer/remote"
)

// without makes a server that refuses checksums of the newer kind with a status, and counts the errors.
func without(b *bench, status int, code string) *atomic.Int64 {
	var denials atomic.Int64
	b.s3.noChecksums = true
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		for name := range r.Header {
			if strings.HasPrefix(name, "X-Amz-Checksum-") || name == "X-Amz-Sdk-Checksum-Algorithm" {
				denials.Add(1)
				refuse(w, status, code)
				return true
			}
		}
		return false
	})
	return &denials
}

func TestUpload_serverRefusesChecksums(t *testing.T) {
	for _, c := range []struct {
		status int
		code   string
	}{{http.StatusBadRequest, "InvalidArgument"}, {http.StatusNotImplemented, "NotImplemented"}, {http.StatusBadRequest, "XAmzContentSHA256Mismatch"}} {
		b := newBench(t)
		denials := without(b, c.status, c.code)
		small, big := noise(1000, 1), noise(bigFrom+2*remote.PartSize+5, 2)
		b.write("small", small)
		b.write("big", big)
		b.done(b.upload("", "small"))
		b.done(b.upload("", "big"))
		b.s3.same(t, "small", small)
		b.s3.same(t, "big", big)
		b.folder = t.TempDir()
		b.done(b.download("small", "big"))
		b.hasFile("small", small)
		b.hasFile("big", big)
		if n := denials.Load(); n > 3 {
			t.Errorf("%s: it was refused %d times", c.code, n)
		}
	}
}

// Without checksums of the newer kind, the server verifies the MD5 sum of each request.
func TestUpload_verifiesMD5(t *testing.T) {
	b := newBench(t)
	data := noise(1000, 1)
	b.write("a", data)
	want := md5.Sum(data)
	refusing := without(b, http.StatusBadRequest, "InvalidArgument")
	checks := b.s3.fault
	sent := ""
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if checks(w, r) {
			return true
		}
		if r.Method == http.MethodPut {
			sent = r.Header.Get("Content-Md5")
		}
		return false
	})
	b.done(b.upload("", "a"))
	if sent != base64.StdEncoding.EncodeToString(want[:]) || refusing.Load() == 0 {
		t.Errorf("sent %q, want %s", sent, hex.EncodeToString(want[:]))
	}
}

// A server that verifies an upload in parts by the checksum of the parts' checksums gets that.
func TestUpload_compositeChecksums(t *testing.T) {
	b := newBench(t)
	b.s3.compositeOnly = true
	data := noise(bigFrom+2*remote.PartSize+5, 2)
	b.write("big", data)
	b.write("other", data)
	b.done(b.upload("", "big"))
	b.done(b.upload("", "other"))
	b.s3.same(t, "big", data)
	b.s3.same(t, "other", data)
	if n := b.s3.requests("POST big"); n != 3 { // begun, refused, completed
		t.Errorf("%d requests to begin and to complete", n)
	}
	if n := b.s3.requests("POST other"); n != 2 {
		t.Errorf("it was not remembered: %d requests to begin and to complete", n)
	}
}

// The time at which a file was last modified goes up, and comes down again, whether in one request or in parts.
func TestModTime_roundTrip(t *testing.T) {
	b := newBench(t)
	at := time.Date(2019, 3, 4, 5, 6, 7, 123456000, time.UTC)
	for name, size := range map[string]int{"small": 10, "big": bigFrom + remote.PartSize} {
		b.write(name, noise(size, 1))
		if err := os.Chtimes(filepath.Join(b.folder, name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	b.done(b.upload("", "small", "big"))
	b.folder = t.TempDir()
	b.done(b.download("small", "big"))
	for _, name := range []string{"small", "big"} {
		if got := b.s3.objects[name].header.Get("X-Amz-Meta-Mtime"); got != "1551675967.123456" {
			t.Errorf("%s: the server has the time %q", name, got)
		}
		info, err := os.Stat(filepath.Join(b.folder, name))
		if err != nil || !info.ModTime().Equal(at) {
			t.Errorf("%s is of %v, %v", name, info.ModTime(), err)
		}
	}
}

// The content type of an upload is that of its extension.
func TestUpload_contentType(t *testing.T) {
	b := newBench(t)
	b.write("a.csv", []byte("a,b"))
	if got := b.done(b.upload("", "a.csv")); got.Phase != app.TransferDone || b.s3.objects["a.csv"].mime != "text/csv" {
		t.Errorf("%+v, sent as %s", got, b.s3.objects["a.csv"].mime)
	}
}
