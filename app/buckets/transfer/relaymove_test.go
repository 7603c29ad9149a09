package transfer

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"daypass/app"
)

// oneServer is a bench whose two connections lead to one server, by these names of its host.
func oneServer(t *testing.T, lake, archive string) *bench {
	t.Helper()
	b, _ := newArchive(t)
	b.sessions.mu.Lock()
	defer b.sessions.mu.Unlock()
	_, port, _ := strings.Cut(strings.TrimPrefix(b.s3.URL, "http://"), ":")
	b.sessions.endpoint = "http://" + lake + ":" + port
	b.sessions.archive.endpoint = "http://" + archive + ":" + port
	return b
}

// Nothing is copied onto itself.
func TestRelay_refusesOntoItself(t *testing.T) {
	b := oneServer(t, "localhost", "localhost")
	b.s3.has("p/a", []byte("a"))
	for _, to := range []string{"p/", "p/q/"} {
		r := b.copyTo(to, "p/")
		r.Prefix, r.Move, r.Conflicts = "p/", true, app.Replace
		if got := b.does(r); got.Phase != app.TransferFailed || got.Problem.Code != "transfer-into-itself" {
			t.Errorf("to %s: %+v", to, got)
		}
		b.s3.same(t, "p/a", []byte("a"))
	}
	r := b.copyTo("q/", "p/a")
	r.Prefix = "p/"
	b.done(r)
	b.s3.same(t, "q/a", []byte("a"))
}

// Two names of one server are not always seen to be that. What is moved onto itself then is still there afterwards.
func TestRelayMove_sameServerOtherName(t *testing.T) {
	for _, size := range []int{10, 2 * piece} {
		for _, policy := range []app.ConflictPolicy{app.Ask, app.Skip, app.Replace, app.KeepBoth} {
			b := oneServer(t, "127.0.0.1", "localhost")
			data := noise(size, 1)
			b.s3.has("a", data)
			b.s3.clock = time.Now().UTC().Truncate(time.Second).Add(time.Minute) // all is written in one second
			b.s3.objects["a"].modified = b.s3.clock
			r := b.copyTo("", "a")
			r.Move, r.Conflicts = true, policy
			id := b.begin(r)
			if policy == app.Ask {
				q := b.phase(id, app.TransferAsking).Question
				if err := b.AnswerConflict(t.Context(), id, app.ConflictAnswer{Question: q.ID, Choice: app.Replace}); err != nil {
					t.Fatal(err)
				}
			}
			got := b.phase(id, app.TransferFailed)
			if policy != app.Skip && (got.Failed != 1 || got.Failures[0].Problem.Code != "transfer-into-itself") {
				t.Errorf("%d bytes, %s: %+v", size, policy, got)
			}
			b.s3.same(t, "a", data)
		}
	}
}

// A move of a folder onto itself, under another name of the server, deletes nothing.
func TestRelayMove_folderOntoItself(t *testing.T) {
	b := oneServer(t, "127.0.0.1", "localhost")
	b.s3.has("dir/", nil)
	b.s3.has("dir/a", []byte("a"))
	r := b.copyTo("", "dir/")
	r.Move = true
	id := b.begin(r)
	q := b.phase(id, app.TransferAsking).Question
	if err := b.AnswerConflict(t.Context(), id, app.ConflictAnswer{Question: q.ID, Choice: app.Skip}); err != nil {
		t.Fatal(err)
	}
	got := b.phase(id, app.TransferFailed)
	if got.Failed != 1 || got.Failures[0].Problem.Code != "transfer-into-itself" {
		t.Errorf("got %+v", got)
	}
	if keys := b.s3.keys(); !slices.Equal(keys, []string{"dir/", "dir/a"}) {
		t.Errorf("%q is left", keys)
	}
}

// Clearing a copy removes unfinished uploads at the target.
func TestRelay_clearRemovesParts(t *testing.T) {
	b, archive := newArchive(t)
	b.s3.has("big", noise(4*piece, 1))
	hold := make(chan struct{})
	archive.failWith(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("partNumber") == "2" {
			select {
			case <-hold:
			case <-r.Context().Done():
			}
		}
		return false
	})
	id := b.begin(b.copyTo("", "big"))
	b.until(id, "part-way", func(t app.Transfer) bool { return t.Progress.Done >= piece })
	if err := b.CancelTransfer(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.phase(id, app.TransferCanceled)
	close(hold)
	until(t, "idle", func() bool { return b.ClearTransfers(t.Context(), []string{id}) != nil })
	until(t, "tidy", func() bool {
		archive.mu.Lock()
		defer archive.mu.Unlock()
		return len(archive.uploads) == 0
	})
}

// What the writer of an object noted on it stays a note, also where its name is that of an order to a server.
func TestRelay_metadataStaysMetadata(t *testing.T) {
	orders := []string{
		"X-Amz-Acl", "X-Amz-Grant-Full-Control", "X-Amz-Grant-Read", "X-Amz-Server-Side-Encryption", "X-Amz-Server-Side-Encryption-Customer-Algorithm",
		"X-Amz-Server-Side-Encryption-Customer-Key", "X-Amz-Object-Lock-Mode", "X-Amz-Object-Lock-Retain-Until-Date", "X-Amz-Checksum-Sha256",
		"X-Amz-Checksum-Crc32c", "X-Amz-Checksum-Type", "X-Amz-Website-Redirect-Location", "X-Amz-Replication-Status", "X-Amz-Storage-Class",
		"X-Amz-Metadata-Directive", "X-Minio-Source-Etag", "Cache-Control", "X-Amz-Meta-Author",
	}
	for _, size := range []int{10, 2 * piece} {
		b, archive := newArchive(t)
		b.s3.has("a", noise(size, 1))
		header := http.Header{"X-Amz-Meta-Station": {"Ridge"}}
		for _, name := range orders {
			header["X-Amz-Meta-"+name] = []string{"noted"}
		}
		b.s3.objects["a"].header = header
		var sent []http.Header
		archive.failWith(func(_ http.ResponseWriter, r *http.Request) bool {
			archive.mu.Lock()
			defer archive.mu.Unlock()
			sent = append(sent, r.Header.Clone())
			return false
		})
		b.done(b.copyTo("", "a"))
		for _, name := range orders {
			for _, h := range sent {
				if slices.Contains(h[name], "noted") {
					t.Errorf("%d bytes: it was sent as %s", size, name)
				}
			}
		}
		for name := range header {
			if got := archive.objects["a"].header.Get(name); got != header.Get(name) {
				t.Errorf("%d bytes: the copy's %s is %q", size, name, got)
			}
		}
	}
}

// An object under retention or legal hold is not moved to where it would have neither.
func TestRelayMove_leavesProtected(t *testing.T) {
	for _, size := range []int{100, 3 * piece} {
		b, archive := newArchive(t)
		b.s3.has("a", noise(size, 1))
		b.s3.objects["a"].header = http.Header{"X-Amz-Object-Lock-Legal-Hold": {"ON"}}
		r := b.copyTo("", "a")
		r.Move = true
		got := b.does(r)
		if got.Phase != app.TransferFailed || len(got.Failures) != 1 || got.Failures[0].Problem.Code != "transfer-protected" {
			t.Errorf("%d bytes: %s, %+v", size, got.Phase, got.Failures)
		}
		if len(archive.keys()) != 0 || len(b.s3.keys()) != 1 {
			t.Errorf("%d bytes: there is %q, and %q is left", size, archive.keys(), b.s3.keys())
		}
		r.Move = false
		b.done(r)
		archive.same(t, "a", b.s3.objects["a"].data)
	}
}
