package objects

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"testing"

	"daypass/app/buckets"
	"daypass/app/location"
)

// The first look at the object has another ETag than the later ones: the server ignores If-Match.
func TestRule43_copyInPartsIsOfOneObject(t *testing.T) {
	l := newLarge(t, 6<<30)
	l.etags = []string{"one", "two"}
	r, err := l.CopyInto(t.Context(), location.Location{Bucket: "lake", Prefix: "p/"}, []buckets.Entry{{Key: "p/large", Size: l.size}}, location.Location{Bucket: "lake", Prefix: "q/"}, CopyOptions{Overwrite: true})
	if err != nil || r.Done != 0 || r.Failures != 1 || r.Failed[0].Err.Kind != buckets.Changed || l.ended != http.MethodDelete {
		t.Errorf("%+v, %v, ended with %s", r, err, l.ended)
	}
}

// What was written again after it was copied is not deleted.
func TestRule43_moveDeletesOnlyCopied(t *testing.T) {
	l := newLarge(t, 100)
	l.etags = []string{"one", "two"}
	r, err := l.Rename(t.Context(), "lake", buckets.Entry{Key: "p/large", Size: l.size}, "new", CopyOptions{Overwrite: true})
	if err != nil || r.Failures != 1 || r.Failed[0].Err.Kind != buckets.Changed || slices.Contains(l.writes(), "DELETE /lake/p/large") {
		t.Errorf("%+v, %v, it did %q", r, err, l.writes())
	}
}

// Two reads that make one thing are of one object, also where the server ignores If-Match or Range.
func TestRule43_readsAreOfOneObject(t *testing.T) {
	for name, c := range map[string]struct {
		header map[string]string
		kind   buckets.Kind
	}{
		"the same":      {map[string]string{"Etag": `"one"`, "Content-Range": "bytes 10-13/14"}, ""},
		"another":       {map[string]string{"Etag": `"two"`, "Content-Range": "bytes 10-13/14"}, buckets.Changed},
		"without ETag":  {map[string]string{"Content-Range": "bytes 10-13/14"}, buckets.Changed},
		"all of it":     {map[string]string{"Etag": `"one"`}, buckets.Unsupported},
		"another range": {map[string]string{"Etag": `"one"`, "Content-Range": "bytes 0-3/14"}, buckets.Unsupported},
	} {
		f := newFake(t)
		f.refuse = func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:10:54 GMT")
			for name, value := range c.header {
				w.Header().Set(name, value)
			}
			w.WriteHeader(http.StatusPartialContent)
			io.WriteString(w, "data")
			return true
		}
		content, err := f.Open(t.Context(), Ref{Bucket: "lake", Key: "a"}, "one", 10, 4)
		var e *buckets.Error
		switch {
		case c.kind == "" && err != nil, c.kind != "" && (!errors.As(err, &e) || e.Kind != c.kind):
			t.Errorf("%s: %v", name, err)
		case err == nil:
			content.Close()
		}
	}
}
