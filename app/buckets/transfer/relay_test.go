package transfer

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/location"
)

// archive is a bench with a second server, of another connection.
func newArchive(t *testing.T) (b *bench, archive *fakeS3) {
	t.Helper()
	b, archive = newBench(t), newFakeS3(t)
	b.sessions.mu.Lock()
	defer b.sessions.mu.Unlock()
	b.sessions.archive = fakeArchive{endpoint: archive.URL, identity: "ada@archive", keys: 1}
	return b, archive
}

// copyTo asks for a copy into a folder of the archive.
func (b *bench) copyTo(folder string, keys ...string) app.TransferRequest {
	r := b.download(keys...)
	r.Direction, r.Folder = app.Copy, ""
	r.To = &app.TransferTarget{Connection: "archive", Location: location.Location{Bucket: fakeBucket, Prefix: folder}}
	return r
}

func (f *fakeS3) same(t *testing.T, key string, want []byte) {
	t.Helper()
	if got, there := f.get(key); !there || got != string(want) {
		t.Errorf("%s: there %t, %d bytes, want %d", key, there, len(got), len(want))
	}
}

// A copy between servers has the content and all metadata.
func TestRelay_keepsMetadata(t *testing.T) {
	for _, size := range []int{0, 100, piece, 5*piece + 7} {
		b, archive := newArchive(t)
		b.s3.has("p/x/a.txt", noise(size, 3))
		b.s3.has("p/empty/", nil)
		o := b.s3.objects["p/x/a.txt"]
		o.tags = "project=tides"
		o.header = http.Header{
			"Content-Type": {"text/odd"}, "Content-Encoding": {"br"}, "Cache-Control": {"no-store"}, "Content-Disposition": {"inline"},
			"X-Amz-Meta-Author": {"Ada"}, "X-Amz-Storage-Class": {"REDUCED_REDUNDANCY"},
		}
		r := b.copyTo("from lake/", "p/")
		r.Prefix = "p/"
		got := b.done(r)
		if got.Done != 2 || got.Progress.Done != int64(size) || got.To.Prefix != "from lake/" || got.Title != "p" {
			t.Errorf("%d bytes: %+v", size, got)
		}
		if keys := archive.keys(); !slices.Equal(keys, []string{"from lake/empty/", "from lake/x/a.txt"}) {
			t.Fatalf("%d bytes: %q", size, keys)
		}
		archive.same(t, "from lake/x/a.txt", o.data)
		copied := archive.objects["from lake/x/a.txt"]
		for name, want := range o.header {
			if copied.header.Get(name) != want[0] {
				t.Errorf("%d bytes: %s is %q", size, name, copied.header.Get(name))
			}
		}
		if copied.tags != o.tags || len(b.s3.keys()) != 2 {
			t.Errorf("%d bytes: tags %q, %q is left", size, copied.tags, b.s3.keys())
		}
	}
}

// A move between servers deletes only what has arrived.
func TestRelayMove_deletesOnlyCopied(t *testing.T) {
	b, archive := newArchive(t)
	big := noise(3*piece, 1)
	b.s3.has("a", []byte("a"))
	b.s3.has("b", []byte("b"))
	b.s3.has("big", big)
	b.s3.has("dir/", nil)
	archive.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/b") {
			refuse(w, http.StatusForbidden, "AccessDenied")
			return true
		}
		return false
	})
	r := b.copyTo("", "a", "b", "big", "dir/")
	r.Move = true
	id := b.begin(r)
	got := b.phase(id, app.TransferFailed)
	if got.Done != 3 || got.Failed != 1 || got.Failures[0].Problem.Code != "storage-denied" || !strings.Contains(got.Failures[0].Problem.English().Detail, "copy objects into this folder") {
		t.Errorf("got %+v", got)
	}
	if keys := b.s3.keys(); !slices.Equal(keys, []string{"b"}) {
		t.Errorf("%q is left", keys)
	}
	archive.failWith(nil)
	b.resumed(id)
	archive.same(t, "big", big)
	archive.same(t, "b", []byte("b"))
	if len(b.s3.keys()) != 0 {
		t.Errorf("%q is left", b.s3.keys())
	}
}

// Where the origin may only be read, the copy is there, the error is told, and trying again copies nothing twice.
func TestRelayMove_sourceIsReadOnly(t *testing.T) {
	b, archive := newArchive(t)
	b.s3.has("a", []byte("a"))
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodDelete {
			refuse(w, http.StatusForbidden, "AccessDenied")
		}
		return r.Method == http.MethodDelete
	})
	r := b.copyTo("", "a")
	r.Move = true
	id := b.begin(r)
	if got := b.phase(id, app.TransferFailed); !strings.Contains(got.Failures[0].Problem.English().Detail, "delete the object") {
		t.Errorf("got %+v", got.Failures)
	}
	archive.same(t, "a", []byte("a"))
	b.s3.failWith(nil)
	b.resumed(id)
	if n := archive.requests("PUT a"); n != 1 || len(b.s3.keys()) != 0 {
		t.Errorf("it was sent %d times, %q is left", n, b.s3.keys())
	}
}

// What somebody writes while it is moved is not deleted.
func TestRelayMove_keepsLaterWrites(t *testing.T) {
	b, archive := newArchive(t)
	b.s3.has("a", []byte("old"))
	archive.failWith(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			b.s3.has("a", []byte("new"))
		}
		return false
	})
	r := b.copyTo("", "a")
	r.Move = true
	if got := b.does(r); got.Phase != app.TransferFailed || got.Failures[0].Problem.Code != "transfer-not-deleted" {
		t.Errorf("got %+v", got)
	}
	b.s3.same(t, "a", []byte("new"))
}

// An object with content that replaces a folder's mark while that is moved is not deleted with it.
func TestRelayMove_keepsReplacedMarker(t *testing.T) {
	b, archive := newArchive(t)
	b.s3.has("dir/", nil)
	archive.failWith(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			b.s3.has("dir/", []byte("content"))
		}
		return false
	})
	r := b.copyTo("to/", "dir/")
	r.Move = true
	id := b.begin(r)
	if got := b.phase(id, app.TransferFailed); got.Failed != 1 || got.Failures[0].Problem.Code != "transfer-not-deleted" {
		t.Errorf("got %+v", got)
	}
	b.s3.same(t, "dir/", []byte("content"))
}

// A copy asks where a name is taken.
func TestRelay_asksOnConflict(t *testing.T) {
	b, archive := newArchive(t)
	for _, key := range []string{"p/a", "p/b", "p/c"} {
		b.s3.has(key, []byte("new "+key))
	}
	archive.has("to/p/a", []byte("old"))
	archive.has("to/p/b", []byte("old"))
	id := b.begin(b.copyTo("to/", "p/"))
	q := b.phase(id, app.TransferAsking).Question
	if q.Target != "lake/to/"+q.Name || q.Waiting != 2 || q.Existing.Size != 3 {
		t.Errorf("asked %+v", q)
	}
	archive.same(t, "to/p/a", []byte("old"))
	if err := b.AnswerConflict(t.Context(), id, app.ConflictAnswer{Question: q.ID, Choice: app.KeepBoth, ForAll: true}); err != nil {
		t.Fatal(err)
	}
	b.phase(id, app.TransferDone)
	if keys := archive.keys(); !slices.Equal(keys, []string{"to/p/a", "to/p/a (2)", "to/p/b", "to/p/b (2)", "to/p/c"}) {
		t.Errorf("got %q", keys)
	}
}

// Pieces that are there, and were noted, are neither fetched nor sent again by a new agent.
func TestRelay_resumesAfterRestart(t *testing.T) {
	b, archive := newArchive(t)
	data := noise(6*piece, 5)
	b.s3.has("big", data)
	hold := make(chan struct{})
	archive.failWith(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("partNumber") == "4" {
			select {
			case <-hold:
			case <-r.Context().Done():
			}
		}
		return false
	})
	id := b.begin(b.copyTo("", "big"))
	b.until(id, "part-way", func(t app.Transfer) bool { return t.Progress.Done >= 5*piece })
	until(t, "at its last part", func() bool {
		archive.mu.Lock()
		defer archive.mu.Unlock()
		return len(archive.uploads["upload-1"]) == 5
	})
	b.stop()
	close(hold)
	archive.failWith(nil)
	fetched, sent := b.s3.requests("GET big bytes="), archive.requests("PUT big")
	b.start()
	b.until(id, "done", func(t app.Transfer) bool { return t.Phase == app.TransferDone })
	archive.same(t, "big", data)
	if f, s := b.s3.requests("GET big bytes=")-fetched, archive.requests("PUT big")-sent; f != 1 || s != 1 {
		t.Errorf("%d pieces were fetched and %d sent: one was missing", f, s)
	}
}

// Both sides' keys are renewed in the middle, and one side is signed out for a while.
func TestRelay_throughRenewals(t *testing.T) {
	b, archive := newArchive(t)
	data := noise(8*piece, 7)
	b.s3.has("big", data)
	// expire ends the keys of one side after every second piece, up to four times, and renews them a moment later.
	expire := func(name string, current *atomic.Int64, become func(int)) func(http.ResponseWriter, *http.Request) bool {
		var served atomic.Int64
		current.Store(1)
		return func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.Contains(r.Header.Get("Authorization"), fmt.Sprint(name, current.Load(), "/")) {
				refuse(w, http.StatusForbidden, "ExpiredToken")
				return true
			}
			piece := r.URL.Query().Has("partNumber") || r.Header.Get("Range") != ""
			if piece && served.Add(1)%2 == 0 && current.Load() < 4 {
				current.Add(1)
				time.AfterFunc(20*time.Millisecond, func() { become(int(current.Load())) })
			}
			return false
		}
	}
	var ours, theirs atomic.Int64
	b.s3.failWith(expire("AK", &ours, func(n int) { b.sessions.become("ada", n) }))
	archive.failWith(expire("ARCHIVE", &theirs, func(n int) { b.sessions.archiveBecomes("ada@archive", n) }))
	b.done(b.copyTo("", "big"))
	archive.same(t, "big", data)
	if ours.Load() != 4 || theirs.Load() != 4 {
		t.Errorf("after %d and %d renewals", ours.Load()-1, theirs.Load()-1)
	}
}

// A copy waits until both sides are signed in.
func TestRelay_waitsForBothSides(t *testing.T) {
	b, archive := newArchive(t)
	b.s3.has("a", []byte("a"))
	b.sessions.archiveBecomes("", 0)
	id := b.begin(b.copyTo("", "a"))
	if got := b.phase(id, app.TransferWaiting); got.Problem == nil || got.Problem.Code != "storage-no-keys" {
		t.Errorf("it waits for %+v", got.Problem)
	}
	b.sessions.archiveBecomes("ada@archive", 2)
	b.phase(id, app.TransferDone)
	archive.same(t, "a", []byte("a"))
}

// The keys of somebody else who is signed in at the target are not used.
func TestRelay_otherUsersCredentials(t *testing.T) {
	b, archive := newArchive(t)
	b.s3.has("a", []byte("a"))
	b.stop()
	id := b.begin(b.copyTo("", "a"))
	b.sessions.archiveBecomes("grace@archive", 2)
	b.start()
	got := b.phase(id, app.TransferWaiting)
	if got.Problem.Code != "transfer-other-person" || !strings.Contains(got.Problem.English().NextStep, "ada@archive") {
		t.Errorf("it waits for %+v", got.Problem)
	}
	if n := archive.requests("PUT"); n != 0 {
		t.Errorf("%d objects were sent", n)
	}
	b.sessions.archiveBecomes("ada@archive", 3)
	b.phase(id, app.TransferDone)
}

// A piece that does not have the sum of the origin never becomes an object.
func TestRelay_damagedPart(t *testing.T) {
	for _, size := range []int{100, 3 * piece} {
		for _, kind := range []string{"ours", "etag", "sha256"} {
			b, archive := newArchive(t)
			b.s3.has("a", noise(size, 1))
			o := b.s3.objects["a"]
			switch kind {
			case "etag":
				o.sum = ""
			case "sha256":
				sum := sha256.Sum256(o.data)
				o.sum = ""
				o.header = http.Header{http.CanonicalHeaderKey(minio.ChecksumSHA256.Key()): {base64.StdEncoding.EncodeToString(sum[:])}, "X-Amz-Checksum-Type": {"FULL_OBJECT"}}
			}
			o.data = slices.Clone(o.data)
			o.data[size/2]++
			got := b.does(b.copyTo("", "a"))
			if got.Phase != app.TransferFailed || got.Failures[0].Problem.Code != "transfer-damaged" || len(archive.keys()) != 0 {
				t.Errorf("%d bytes, %s: %s, %+v, %q", size, kind, got.Phase, got.Failures, archive.keys())
			}
			if len(archive.uploads) != 0 {
				t.Errorf("%d bytes, %s: parts are left", size, kind)
			}
		}
	}
}

// Also where many objects at once meet a server without the class.
func TestRelay_unknownStorageClass(t *testing.T) {
	for size, objects := range map[int]int{10: 40, 2 * piece: 3} {
		b, archive := newArchive(t)
		var names []string
		for n := range objects {
			names = append(names, fmt.Sprintf("a%02d", n))
			b.s3.has(names[n], noise(size, uint64(n)))
			b.s3.objects[names[n]].header = http.Header{"X-Amz-Storage-Class": {"GLACIER_IR"}}
		}
		archive.failWith(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Header.Get("X-Amz-Storage-Class") != "" {
				refuse(w, http.StatusBadRequest, "InvalidStorageClass")
				return true
			}
			return false
		})
		b.done(b.copyTo("", names...))
		for _, name := range names {
			archive.same(t, name, b.s3.objects[name].data)
		}
	}
}
