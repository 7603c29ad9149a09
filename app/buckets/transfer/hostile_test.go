package transfer

import (
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets/transfer/remote"
)

// sized is a request for an object of which the list has said that it is large.
func sized(r app.TransferRequest, size int64) app.TransferRequest {
	r.Objects[0].Size = size
	return r
}

// failsWith carries a transfer out of which the one object must fail, with a code.
func (b *bench) failsWith(r app.TransferRequest, code string) {
	b.t.Helper()
	if got := b.does(r); got.Failed != 1 || got.Failures[0].Problem.Code != code {
		b.t.Errorf("%s: want %s, got %+v", r.Direction, code, got)
	}
}

// A size that no object has takes no memory for it.
func TestDownload_impossibleSize(t *testing.T) {
	for _, size := range []int64{math.MaxInt64, remote.MaxObject + 1} {
		b, archive := newArchive(t)
		b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method != http.MethodHead {
				return false
			}
			w.Header().Set("Content-Length", fmt.Sprint(size))
			w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:10:54 GMT")
			return true
		})
		b.failsWith(sized(b.copyTo("", "a"), 1<<40), "transfer-impossible-size")
		b.failsWith(sized(b.download("a"), 1<<40), "transfer-impossible-size")
		if n := archive.requests("POST"); n != 0 {
			t.Errorf("%d uploads were begun", n)
		}
	}
}

// What has grown too large for the pieces in memory is refused before any is fetched.
func TestRelay_objectTooLargeForMemory(t *testing.T) {
	b, _ := newArchive(t)
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("Content-Length", fmt.Sprint(int64(remote.MaxObject)))
		w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:10:54 GMT")
		return r.Method == http.MethodHead
	})
	b.failsWith(sized(b.copyTo("", "a"), 1<<40), "transfer-too-large")
	if n := b.s3.requests("GET a"); n != 0 {
		t.Errorf("it was asked for %d times", n)
	}
}

// An object without a length is refused.
func TestDownload_withoutLength(t *testing.T) {
	b, _ := newArchive(t)
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodHead {
			w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:10:54 GMT")
			w.(http.Flusher).Flush()
		}
		return r.Method == http.MethodHead
	})
	b.failsWith(sized(b.copyTo("", "a"), 1<<40), "transfer-no-length")
	b.failsWith(sized(b.download("a"), 1<<40), "transfer-no-length")
}

// An object may have become smaller, or empty, since it was listed.
func TestRelay_objectBecameSmall(t *testing.T) {
	for _, size := range []int{0, 10} {
		b, archive := newArchive(t)
		b.s3.has("a", noise(size, 1))
		b.done(sized(b.copyTo("", "a"), 1<<40))
		archive.same(t, "a", noise(size, 1))
	}
}

// A server whose two answers about a size differ is not asked forever.
func TestRelay_inconsistentSize(t *testing.T) {
	b, _ := newArchive(t)
	b.s3.has("a", noise(2*piece, 1))
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodHead {
			w.Header().Set("Content-Length", "10")
			w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:10:54 GMT")
		}
		return r.Method == http.MethodHead
	})
	b.failsWith(sized(b.copyTo("", "a"), 1<<40), "transfer-changed")
}

// Lists of parts that cannot be true are refused.
func TestRelay_impossibleParts(t *testing.T) {
	const size = 3 * piece
	for name, parts := range map[string]string{
		"empty":     fmt.Sprintf("<Part><Size>0</Size></Part><Part><Size>%d</Size></Part>", size),
		"negative":  fmt.Sprintf("<Part><Size>-1</Size></Part><Part><Size>%d</Size></Part>", size+1),
		"too long":  fmt.Sprintf("<Part><Size>%d</Size></Part>", size+1),
		"overflow":  fmt.Sprintf("<Part><Size>%d</Size></Part><Part><Size>%d</Size></Part>", math.MaxInt64, math.MaxInt64),
		"endless":   "<IsTruncated>true</IsTruncated><NextPartNumberMarker>1</NextPartNumberMarker>" + strings.Repeat("<Part><Size>1</Size></Part>", 1000),
		"too many":  strings.Repeat("<Part><Size>1</Size></Part>", remote.MaxParts+1),
		"one empty": "<IsTruncated>true</IsTruncated><Part><Size>0</Size></Part>",
	} {
		t.Run(name, func(t *testing.T) {
			b, _ := newArchive(t)
			b.s3.has("a", noise(size, 1))
			b.s3.objects["a"].kind = minio.ChecksumCompositeMode.String()
			b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
				if !r.URL.Query().Has("attributes") {
					return false
				}
				w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:10:54 GMT")
				fmt.Fprintf(w, "<GetObjectAttributesResponse><ObjectParts>%s</ObjectParts></GetObjectAttributesResponse>", parts)
				return true
			})
			b.failsWith(sized(b.copyTo("", "a"), 1<<40), "transfer-impossible-parts")
			if n := b.s3.requests("GET a"); n > remote.MaxParts/1000+1 {
				t.Errorf("it was asked %d times", n)
			}
		})
	}
}

// Cut makes no more parts than a server allows.
func TestCut_maxParts(t *testing.T) {
	for _, size := range []int64{1, remote.PartSize, 1 << 40, 5<<40 + 1, remote.MaxObject} {
		parts := remote.Cut(size, max(piece, remote.MinPartSize(size)))
		last := parts[len(parts)-1]
		if len(parts) > remote.MaxParts || last.Offset+last.Size != size {
			t.Errorf("%d bytes: %d parts up to %d", size, len(parts), last.Offset+last.Size)
		}
	}
}

// A list of the parts that are there is not read forever.
func TestListParts_endless(t *testing.T) {
	b, archive := newArchive(t)
	b.s3.has("a", noise(2*piece, 1))
	archive.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPost && r.URL.Query().Has("uploadId") {
			refuse(w, http.StatusForbidden, "AccessDenied")
			return true
		}
		return false
	})
	id := b.begin(b.copyTo("", "a"))
	b.phase(id, app.TransferFailed)
	archive.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodGet || !r.URL.Query().Has("uploadId") {
			return false
		}
		fmt.Fprint(w, "<ListPartsResult><IsTruncated>true</IsTruncated><NextPartNumberMarker>7</NextPartNumberMarker></ListPartsResult>")
		return true
	})
	b.resumed(id)
	archive.same(t, "a", noise(2*piece, 1))
}
