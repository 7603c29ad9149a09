package objects

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"daypass/app/buckets"
)

// locked makes the object of a large be under retention; honored is whether the server protects copies as it is told.
func locked(t *testing.T, size int64, honored bool) *large {
	l := newLarge(t, size)
	protection := http.Header{
		"X-Amz-Object-Lock-Mode": {"COMPLIANCE"}, "X-Amz-Object-Lock-Legal-Hold": {"ON"},
		"X-Amz-Object-Lock-Retain-Until-Date": {time.Now().Add(24 * time.Hour).UTC().Format(time.RFC3339)},
	}
	copied := false
	l.fake.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		isCopy := strings.HasSuffix(r.URL.Path, "/p/new")
		switch {
		case r.Method == http.MethodHead && isCopy && !copied:
			w.Header().Set("X-Minio-Error-Code", "NoSuchKey")
			w.WriteHeader(http.StatusNotFound)
			return true
		case r.Method == http.MethodHead && (!isCopy || honored):
			for name, values := range protection {
				w.Header()[name] = values
			}
		case r.Method == http.MethodPut && isCopy && !r.URL.Query().Has("partNumber"):
			copied, l.began = true, r.Header.Clone()
			io.WriteString(w, `<CopyObjectResult><ETag>"new"</ETag></CopyObjectResult>`)
			return true
		}
		if r.Method == http.MethodHead {
			w.Header().Set("Content-Length", "100")
			w.Header().Set("ETag", `"tag"`)
			w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:10:54 GMT")
			return true
		}
		return l.answer(w, r)
	}
	return l
}

// An object under retention or legal hold is moved with its protection, or not at all.
func TestMove_keepsProtection(t *testing.T) {
	for name, c := range map[string]struct {
		keep, honored bool
		done          int
		copied, moved bool
	}{
		"unasked":                   {false, true, 0, false, false},
		"with its protection":       {true, true, 1, true, true},
		"where that is not honored": {true, false, 0, true, false},
		"unasked and not honored":   {false, false, 0, false, false},
	} {
		l := locked(t, 100, c.honored)
		r, err := l.Rename(t.Context(), "lake", buckets.Entry{Key: "p/large", Size: 100}, "new", CopyOptions{KeepProtection: c.keep})
		if err != nil || r.Done != c.done || r.Done == 0 && (r.Failures != 1 || r.Failed[0].Err.Kind != buckets.Protected) {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
		writes := l.writes()
		if copied := l.began != nil; copied != c.copied || slices.Contains(writes, "DELETE /lake/p/large") != c.moved {
			t.Errorf("%s: it did %q", name, writes)
		}
		if c.moved && (l.began.Get("X-Amz-Object-Lock-Mode") != "COMPLIANCE" || l.began.Get("X-Amz-Object-Lock-Legal-Hold") != "ON" ||
			l.began.Get("X-Amz-Object-Lock-Retain-Until-Date") == "") {
			t.Errorf("%s: copied with %v", name, l.began)
		}
		if c.copied && !c.moved && !slices.Contains(writes, "DELETE /lake/p/new") {
			t.Errorf("%s: an unprotected copy is left: %q", name, writes)
		}
		if r.Failures == 1 && !strings.Contains(r.Failed[0].Err.Problem.English().Detail, "a retention (COMPLIANCE) until") {
			t.Errorf("%s: %s", name, r.Failed[0].Err.Problem.English().Detail)
		}
	}
}

// A retention that has ended does not count.
func TestMove_endedRetention(t *testing.T) {
	h := http.Header{"X-Amz-Object-Lock-Mode": {"GOVERNANCE"}, "X-Amz-Object-Lock-Retain-Until-Date": {"2020-01-01T00:00:00Z"}, "X-Amz-Object-Lock-Legal-Hold": {"OFF"}}
	if got, found := Protection(h); found {
		t.Error(got)
	}
}

// Markers of folders are made again under the new name, and the old ones go last.
func TestRename_folderMarkers(t *testing.T) {
	f := newFake(t, "p/", "p/a", "p/sub/", "p/sub/b")
	f.sizes = map[string]int{"p/": 0, "p/sub/": 0}
	f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/") && (r.Method == http.MethodHead && strings.HasPrefix(r.URL.Path, "/lake/p/") || r.Header.Get("X-Amz-Copy-Source") != "") {
			return deny(w, http.StatusNotFound, "NoSuchKey")
		}
		return false
	}
	r, err := f.Rename(t.Context(), "lake", buckets.Entry{Key: "p/", Folder: true}, "q", CopyOptions{Overwrite: true})
	if err != nil || r.Done != 4 || r.Failures != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	writes := f.writes()
	for _, want := range []string{"PUT /lake/q/", "PUT /lake/q/sub/", "PUT /lake/q/a from lake/p/a", "DELETE /lake/p/", "DELETE /lake/p/sub/", "DELETE /lake/p/a"} {
		if !slices.Contains(writes, want) {
			t.Errorf("%s is missing in %q", want, writes)
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if at := slices.Index(f.requests, "DELETE /lake/p/"); at < slices.Index(f.requests, "DELETE /lake/p/sub/") || at < slices.Index(f.requests, "DELETE /lake/p/a") {
		t.Errorf("the outer marker went before what is in it: %q", f.requests)
	}
}

// The marker of a new folder carries no hash of pieces of its content.
func TestNewFolder_emptyObject(t *testing.T) {
	f := newFake(t)
	var sent http.Header
	length := int64(-1)
	f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			sent, length = r.Header.Clone(), r.ContentLength
		}
		return false
	}
	if err := f.NewFolder(t.Context(), "lake", "p/", "new"); err != nil {
		t.Fatal(err)
	}
	if hash := sent.Get("X-Amz-Content-Sha256"); hash != "UNSIGNED-PAYLOAD" || length != 0 || sent.Get("X-Amz-Trailer") != "" || sent.Get("X-Amz-Checksum-Crc32c") != "" {
		t.Errorf("sent %d bytes with %v", length, sent)
	}
}

// A folder that a server still lists when all in it is deleted is deleted by its own key, and those in it before.
func TestDelete_folderThatStays(t *testing.T) {
	f := newFake(t, "p/f/a")
	f.stays = []string{"p/f/", "p/f/sub/"}
	if r, err := f.Delete(t.Context(), "lake", []buckets.Entry{{Key: "p/f/", Folder: true}}, nil); err != nil || r.Done != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	writes := f.writes()
	if !slices.Contains(writes, "DELETE /lake/p/f/") || !slices.Contains(writes, "DELETE /lake/p/f/sub/") {
		t.Errorf("it did %q", writes)
	}
	other := newFake(t, "p/f/a")
	if _, err := other.Delete(t.Context(), "lake", []buckets.Entry{{Key: "p/f/", Folder: true}}, nil); err != nil || slices.Contains(other.writes(), "DELETE /lake/p/f/") {
		t.Errorf("a folder that is gone was deleted: %q, %v", other.writes(), err)
	}
}

// A server that does not delete many objects at once deletes them one by one, and nothing is left out.
func TestDelete_withoutBulkDelete(t *testing.T) {
	for _, status := range []int{http.StatusNotImplemented, http.StatusMethodNotAllowed, http.StatusBadRequest} {
		var keys []string
		for i := range 1500 {
			keys = append(keys, "p/"+strings.Repeat("x", 1+i/100)+string(rune('a'+i%26))+time.Duration(i).String())
		}
		slices.Sort(keys)
		f := newFake(t, keys...)
		bulk := 0
		f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
			if !r.URL.Query().Has("delete") {
				return false
			}
			bulk++
			return deny(w, status, "NotImplemented")
		}
		r, err := f.Delete(t.Context(), "lake", []buckets.Entry{{Key: "p/", Folder: true}}, nil)
		if err != nil || r.Done != len(keys) || r.Failures != 0 || bulk != 1 {
			t.Errorf("%d: %d done, %d failed, %d requests for many, %v", status, r.Done, r.Failures, bulk, err)
		}
	}
}

// Neither a file takes the name of a folder nor a folder that of a file: on some servers the one hides the other.
func TestNames_fileAndFolder(t *testing.T) {
	f := newFake(t, "p/a", "p/data/x", "p/file")
	exists := func(what string, err error) {
		t.Helper()
		var e *buckets.Error
		if !errors.As(err, &e) || e.Kind != buckets.Exists {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err := f.Rename(t.Context(), "lake", buckets.Entry{Key: "p/a", Size: 5}, "data", CopyOptions{})
	exists("a file like a folder", err)
	_, err = f.Rename(t.Context(), "lake", buckets.Entry{Key: "p/data/", Folder: true}, "file", CopyOptions{})
	exists("a folder like a file", err)
	exists("a new folder like a file", f.NewFolder(t.Context(), "lake", "p/", "file"))
	if writes := f.writes(); len(writes) != 0 {
		t.Errorf("it did %q", writes)
	}
}
