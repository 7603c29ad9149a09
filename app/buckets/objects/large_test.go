package objects

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"daypass/app/buckets"
)

// large answers for one object of a size that no request copies at once.
type large struct {
	*fake
	size int64
	mu   sync.Mutex
	// began is the request that began the copy, and ranges what its parts were taken from.
	began  http.Header
	ranges []string
	ended  string
	// failing is the range that is refused.
	failing string
	// noted are more names of metadata of the object.
	noted []string
	// etags are those of the looks at the object; the last stays.
	etags []string
}

func newLarge(t *testing.T, size int64) *large {
	l := &large{fake: newFake(t, "p/large"), size: size}
	l.fake.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		return l.answer(w, r)
	}
	return l
}

func (l *large) answer(w http.ResponseWriter, r *http.Request) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	q := r.URL.Query()
	switch {
	case r.Method == http.MethodHead && strings.HasSuffix(r.URL.Path, "/p/large"):
		for name, value := range map[string]string{
			"Content-Length": fmt.Sprint(l.size), "ETag": `"tag"`, "Last-Modified": "Tue, 24 Nov 2026 08:10:54 GMT",
			"Content-Type": "text/csv", "Cache-Control": "no-store", "X-Amz-Meta-Station": "Ridge", "X-Amz-Tagging-Count": "1",
			"X-Amz-Storage-Class": "STANDARD_IA",
		} {
			w.Header().Set(name, value)
		}
		if len(l.etags) > 0 {
			w.Header().Set("ETag", `"`+l.etags[0]+`"`)
			l.etags = l.etags[min(1, len(l.etags)-1):]
		}
		for _, name := range l.noted {
			w.Header().Set("X-Amz-Meta-"+name, "noted")
		}
	case q.Has("tagging"):
		io.WriteString(w, `<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>`)
	case q.Has("uploads"):
		l.began = r.Header.Clone()
		io.WriteString(w, `<InitiateMultipartUploadResult><UploadId>U</UploadId></InitiateMultipartUploadResult>`)
	case q.Has("partNumber"):
		from := r.Header.Get("X-Amz-Copy-Source-Range") + " if " + r.Header.Get("X-Amz-Copy-Source-If-Match")
		l.ranges = append(l.ranges, from)
		if l.failing != "" && strings.Contains(from, l.failing) {
			return deny(w, http.StatusPreconditionFailed, "PreconditionFailed")
		}
		io.WriteString(w, `<CopyPartResult><ETag>"part"</ETag></CopyPartResult>`)
	case q.Has("uploadId"):
		l.ended = r.Method
		if r.Method == http.MethodPost {
			io.WriteString(w, `<CompleteMultipartUploadResult><Bucket>lake</Bucket><Key>p/new</Key><ETag>"whole"</ETag></CompleteMultipartUploadResult>`)
		}
	default:
		return false
	}
	return true
}

// Large objects are copied in parts.
func TestCopy_largeInParts(t *testing.T) {
	l := newLarge(t, 6<<30)
	r, err := l.Rename(t.Context(), "lake", buckets.Entry{Key: "p/large", Size: l.size}, "new", CopyOptions{})
	if err != nil || r.Done != 1 || r.Bytes != l.size {
		t.Fatalf("%+v, %v", r, err)
	}
	if l.began.Get("Content-Type") != "text/csv" || l.began.Get("Cache-Control") != "no-store" ||
		l.began.Get("X-Amz-Meta-Station") != "Ridge" || l.began.Get("X-Amz-Tagging") != "k=v" ||
		l.began.Get("X-Amz-Storage-Class") != "STANDARD_IA" {
		t.Errorf("begun with %v", l.began)
	}
	slices.Sort(l.ranges)
	if len(l.ranges) != 6 || l.ranges[0] != "bytes=0-1073741823 if tag" || l.ended != http.MethodPost {
		t.Errorf("copied %q, ended with %s", l.ranges, l.ended)
	}
	if writes := l.writes(); !slices.Contains(writes, "DELETE /lake/p/large") {
		t.Errorf("it did %q", writes)
	}
}

// The multipart upload of a copy that fails is aborted.
func TestCopy_abortsFailedParts(t *testing.T) {
	l := newLarge(t, 6<<30)
	l.failing = "bytes=1073741824-"
	r, err := l.Rename(t.Context(), "lake", buckets.Entry{Key: "p/large", Size: l.size}, "new", CopyOptions{})
	if err != nil || r.Failures != 1 || r.Failed[0].Err.Kind != buckets.Changed {
		t.Fatalf("%+v, %v", r, err)
	}
	if writes := l.writes(); l.ended != http.MethodDelete || slices.Contains(writes, "DELETE /lake/p/large") {
		t.Errorf("ended with %s, it did %q", l.ended, writes)
	}
}

// A copy in one request keeps the class only where it is told, and then takes over nothing that is not told.
func TestCopy_storageClass(t *testing.T) {
	l := newLarge(t, 100)
	var copied http.Header
	l.fake.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			copied = r.Header.Clone()
			io.WriteString(w, `<CopyObjectResult><ETag>"new"</ETag></CopyObjectResult>`)
			return true
		}
		return l.answer(w, r)
	}
	if r, err := l.Rename(t.Context(), "lake", buckets.Entry{Key: "p/large", Size: l.size}, "new", CopyOptions{}); err != nil || r.Done != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	for name, want := range map[string]string{
		"X-Amz-Storage-Class": "STANDARD_IA", "X-Amz-Metadata-Directive": "REPLACE", "X-Amz-Tagging-Directive": "",
		"X-Amz-Meta-Station": "Ridge", "Content-Type": "text/csv", "Cache-Control": "no-store", "X-Amz-Copy-Source-If-Match": "tag",
	} {
		if got := copied.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// What the writer of an object noted on it stays a note, also where its name is that of an order to the server.
func TestCopy_metadataStaysMetadata(t *testing.T) {
	orders := []string{
		"X-Amz-Acl", "X-Amz-Grant-Full-Control", "X-Amz-Grant-Read", "X-Amz-Server-Side-Encryption", "X-Amz-Server-Side-Encryption-Customer-Algorithm",
		"X-Amz-Server-Side-Encryption-Customer-Key", "X-Amz-Object-Lock-Mode", "X-Amz-Object-Lock-Retain-Until-Date", "X-Amz-Checksum-Sha256",
		"X-Amz-Website-Redirect-Location", "X-Amz-Storage-Class", "X-Minio-Source-Etag", "Cache-Control", "X-Amz-Meta-Author",
	}
	for _, size := range []int64{100, 6 << 30} {
		l := newLarge(t, size)
		l.noted = orders
		var sent []http.Header
		l.fake.refuse = func(w http.ResponseWriter, r *http.Request) bool {
			l.mu.Lock()
			sent = append(sent, r.Header.Clone())
			l.mu.Unlock()
			if r.Method == http.MethodPut && !r.URL.Query().Has("partNumber") {
				l.began = r.Header.Clone()
				io.WriteString(w, `<CopyObjectResult><ETag>"new"</ETag></CopyObjectResult>`)
				return true
			}
			return l.answer(w, r)
		}
		if r, err := l.Rename(t.Context(), "lake", buckets.Entry{Key: "p/large", Size: size}, "new", CopyOptions{}); err != nil || r.Done != 1 {
			t.Fatalf("%d bytes: %+v, %v", size, r, err)
		}
		for _, name := range orders {
			for _, h := range sent {
				if slices.Contains(h[name], "noted") {
					t.Errorf("%d bytes: it was sent as %s", size, name)
				}
			}
			if got := l.began.Get("X-Amz-Meta-" + name); got != "noted" {
				t.Errorf("%d bytes: the copy's metadata %s is %q", size, name, got)
			}
		}
		if l.began.Get("X-Amz-Meta-Station") != "Ridge" || l.began.Get("X-Amz-Storage-Class") != "STANDARD_IA" {
			t.Errorf("%d bytes: copied with %v", size, l.began)
		}
	}
}
