package transfer

import (
	"bytes"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"daypass/app"
	"daypass/app/buckets/transfer/remote"
)

// deaf makes a server that ignores If-Match, and replaces an object each time that a part of it is read. stamp, where it
// is not nil, changes what the answer says of the object.
func deaf(b *bench, key string, size int, stamp func(o *fakeObject, n int)) {
	var n atomic.Int64
	b.s3.failWith(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Range") == "" {
			return false
		}
		r.Header.Del("If-Match")
		i := int(n.Add(1))
		o := newObject(noise(size, uint64(i)))
		o.sum = ""
		if stamp != nil {
			stamp(o, i)
		}
		b.s3.mu.Lock()
		defer b.s3.mu.Unlock()
		b.s3.objects[key] = o
		return false
	})
}

// onlyVersions leaves the version as the only thing that tells the objects apart.
func onlyVersions(o *fakeObject, n int) {
	o.etag = "always-the-same"
	o.header = http.Header{"X-Amz-Version-Id": {string(rune('a' + n))}}
}

// onlyTimes leaves the time as the only thing that tells the objects apart.
func onlyTimes(o *fakeObject, n int) {
	o.etag, o.modified = "", o.modified.AddDate(0, 0, n)
}

// A server that ignores If-Match, and replaces the object while it is read, makes no file of several versions.
func TestRule43_downloadIsOfOneObject(t *testing.T) {
	const size = bigFrom + 4*remote.PartSize
	for name, stamp := range map[string]func(*fakeObject, int){"etag": nil, "version": onlyVersions, "time": onlyTimes} {
		b := newBench(t)
		first := newObject(noise(size, 0))
		first.sum = ""
		if stamp != nil {
			stamp(first, 0)
		}
		b.s3.mu.Lock()
		b.s3.objects["big"] = first
		b.s3.mu.Unlock()
		deaf(b, "big", size, stamp)
		got := b.does(b.download("big"))
		if got.Phase != app.TransferFailed || len(got.Failures) != 1 || got.Failures[0].Problem.Code != "transfer-changed" {
			t.Errorf("%s: it ended %s: %+v", name, got.Phase, got.Failures)
		}
		if files := b.files(); len(files) != 0 {
			t.Errorf("%s: it left %q", name, files)
		}
	}
}

// All parts of a copy are of one object.
func TestRule43_relayIsOfOneObject(t *testing.T) {
	const size = 6 * piece
	b, other := newArchive(t)
	b.s3.has("big", noise(size, 0))
	deaf(b, "big", size, nil)
	got := b.does(b.copyTo("", "big"))
	if got.Phase != app.TransferFailed || len(got.Failures) != 1 || got.Failures[0].Problem.Code != "transfer-changed" {
		t.Errorf("it ended %s: %+v", got.Phase, got.Failures)
	}
	if _, there := other.get("big"); there {
		t.Error("the copy is there")
	}
}

// What an earlier attempt has of another object is not taken up, even where no ETag tells.
func TestRule43_resumesSameObjectOnly(t *testing.T) {
	const size = bigFrom + 2*remote.PartSize
	b := newBench(t)
	old := newObject(noise(size, 1))
	old.sum, old.etag = "", ""
	old.modified = old.modified.AddDate(0, 0, -1)
	b.s3.mu.Lock()
	b.s3.objects["big"] = old
	b.s3.mu.Unlock()
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Range") == "bytes=33554432-50331647" {
			refuse(w, http.StatusForbidden, "AccessDenied")
			return true
		}
		return false
	})
	id := b.begin(b.download("big"))
	b.phase(id, app.TransferDone)
	fresh := newObject(noise(size, 2))
	fresh.sum, fresh.etag = "", ""
	b.s3.mu.Lock()
	b.s3.objects["big"], b.s3.fault = fresh, nil
	b.s3.mu.Unlock()
	b.resumed(id)
	if got := readAll(t, b.folder+"/big"); !bytes.Equal([]byte(got), fresh.data) {
		t.Error("the file is made of two objects")
	}
}

// A listing that never ends ends the transfer, and not the disk (rule 43).
func TestRule43_endlessListing(t *testing.T) {
	for name, page := range map[string]string{
		"the same page": `<Contents><Key>p/a</Key><Size>1</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>`,
		"empty pages":   ``,
		"outside of it": `<Contents><Key>q/a</Key><Size>1</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>`,
	} {
		b, archive := newArchive(t)
		b.s3.has("p/a", []byte("1"))
		var questions atomic.Int64
		b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
			if !r.URL.Query().Has("list-type") {
				return false
			}
			fmt.Fprintf(w, `<ListBucketResult>%s<IsTruncated>true</IsTruncated><NextContinuationToken>t%d</NextContinuationToken></ListBucketResult>`, page, questions.Add(1))
			return true
		})
		for _, r := range []app.TransferRequest{b.download("p/"), b.copyTo("", "p/")} {
			questions.Store(0)
			got := b.does(r)
			if got.Phase != app.TransferFailed || got.Problem == nil || questions.Load() > 3 {
				t.Errorf("%s: %s after %d pages: %+v", name, got.Phase, questions.Load(), got.Problem)
			}
		}
		if n := len(archive.keys()); n > 1 {
			t.Errorf("%s: %d copies", name, n)
		}
	}
}
