package transfer

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daypass/app"
	"daypass/app/buckets/transfer/remote"
)

// holdAt keeps every request of a kind waiting until the test lets go.
func (b *bench) holdAt(is func(*http.Request) bool) (release func()) {
	hold := make(chan struct{})
	b.s3.failWith(func(_ http.ResponseWriter, r *http.Request) bool {
		if is(r) {
			select {
			case <-hold:
			case <-r.Context().Done():
			}
		}
		return false
	})
	return func() { close(hold); b.s3.failWith(nil) }
}

// A new agent goes on where the last one ended, and looks again at what it finds.
func TestDownload_resumesAfterRestart(t *testing.T) {
	b := newBench(t)
	data := noise(bigFrom+4*remote.PartSize, 5)
	b.s3.has("p/big", data)
	for _, name := range []string{"p/a", "p/c"} {
		b.s3.has(name, []byte(name))
	}
	release := b.holdAt(func(r *http.Request) bool { return strings.HasPrefix(r.Header.Get("Range"), "bytes=33554432-") })
	r := b.download("p/")
	r.Prefix = "p/"
	id := b.begin(r)
	b.until(id, "part-way", func(t app.Transfer) bool { return t.Progress.Done >= 5*remote.PartSize+6 && t.Done == 2 })
	b.stop()
	release()
	before := b.s3.requests("GET p/big bytes=")

	// Somebody has written into what is there already: that part does not count.
	temps, err := filepath.Glob(filepath.Join(b.folder, ".daypass-*"))
	if err != nil || len(temps) != 1 {
		t.Fatalf("%q, %v", temps, err)
	}
	f, err := os.OpenFile(temps[0], os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte("damage"), 100); err != nil {
		t.Fatal(err)
	}
	f.Close()

	b.start()
	got := b.phase(id, app.TransferDone)
	if got.Phase != app.TransferDone || got.Done != 3 {
		t.Fatalf("got %+v", got)
	}
	b.hasFile("big", data)
	if n := b.s3.requests("GET p/big bytes=") - before; n != 2 {
		t.Errorf("%d ranges were fetched: one was damaged and one missing", n)
	}
	if n := b.s3.requests("GET p/a"); n != 1 {
		t.Errorf("a small file was fetched %d times", n)
	}
	if files := b.files(); !slices.Equal(files, []string{"a", "big", "c"}) {
		t.Errorf("got %q", files)
	}
}

// Uploads go on after a restart.
func TestUpload_resumesAfterRestart(t *testing.T) {
	b := newBench(t)
	data := noise(bigFrom+4*remote.PartSize, 6)
	b.write("in/big", data)
	b.write("in/a", []byte("a"))
	release := b.holdAt(func(r *http.Request) bool { return r.URL.Query().Get("partNumber") == "3" })
	id := b.begin(b.upload("", "in"))
	b.until(id, "part-way", func(t app.Transfer) bool { return t.Progress.Done >= 5*remote.PartSize+1 && t.Done == 1 })
	b.until(id, "at its last part", func(app.Transfer) bool { return b.parts() == 5 })
	b.stop()
	release()
	before := b.s3.requests("PUT in/big")
	b.start()
	if got := b.phase(id, app.TransferDone); got.Phase != app.TransferDone || got.Done != 2 {
		t.Fatalf("got %+v", got)
	}
	if got, _ := b.s3.get("in/big"); got != string(data) {
		t.Error("the object has other content")
	}
	if n := b.s3.requests("PUT in/big") - before; n != 1 {
		t.Errorf("%d parts were sent: one was missing", n)
	}
	if n := b.s3.requests("PUT in/a"); n != 1 {
		t.Errorf("a small file was sent %d times", n)
	}
}

// parts counts the parts of unfinished uploads.
func (b *bench) parts() (n int) {
	b.s3.mu.Lock()
	defer b.s3.mu.Unlock()
	for _, u := range b.s3.uploads {
		n += len(u)
	}
	return n
}

// An agent that is killed between a success and its note of it does not ask about its own file.
func TestResume_recognizesOwnFile(t *testing.T) {
	b := newBench(t)
	b.s3.has("a", []byte("content"))
	b.write("up", []byte("sent before"))
	down, up := b.done(b.download("a")), b.done(b.upload("", "up"))
	b.stop()
	for _, id := range []string{down.ID, up.ID} {
		file := filepath.Join(b.state, id+".journal")
		var kept []string
		for line := range strings.Lines(readAll(t, file)) {
			if !strings.Contains(line, `"placed"`) && !strings.Contains(line, `"done":true`) && !strings.Contains(line, `"phase"`) {
				kept = append(kept, line)
			}
		}
		if err := os.WriteFile(file, []byte(strings.Join(kept, "")+`{"item":"broken o`), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.start()
	for _, id := range []string{down.ID, up.ID} {
		if got := b.phase(id, app.TransferDone); got.Phase != app.TransferDone || got.Done != 1 {
			t.Errorf("got %+v", got)
		}
	}
	if files := b.files(); !slices.Equal(files, []string{"a", "up"}) {
		t.Errorf("got %q", files)
	}
}

// An object that has changed in the meantime is noticed.
func TestResume_changedObject(t *testing.T) {
	b := newBench(t)
	b.s3.has("big", noise(bigFrom+2*remote.PartSize, 7))
	newer := noise(bigFrom+2*remote.PartSize, 8)
	b.s3.failWith(func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasPrefix(r.Header.Get("Range"), "bytes=33554432-") {
			b.s3.has("big", newer)
		}
		return false
	})
	got := b.does(b.download("big"))
	if got.Phase != app.TransferFailed || got.Failures[0].Problem.Code != "transfer-changed" {
		t.Fatalf("got %+v", got)
	}
	if files := b.files(); len(files) != 0 {
		t.Errorf("left %q", files)
	}
	b.s3.failWith(nil)
	b.resumed(got.ID)
	b.hasFile("big", newer)
}

// A file that has changed in the meantime is noticed.
func TestResume_changedFile(t *testing.T) {
	b := newBench(t)
	b.write("big", noise(bigFrom+remote.PartSize, 9))
	b.s3.failWith(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("partNumber") == "1" {
			b.write("big", noise(bigFrom+remote.PartSize, 10))
		}
		return false
	})
	got := b.does(b.upload("", "big"))
	if got.Phase != app.TransferFailed || got.Failures[0].Problem.Code != "file-changed" {
		t.Fatalf("got %+v", got)
	}
	if keys := b.s3.keys(); len(keys) != 0 || b.parts() != 0 {
		t.Errorf("left %q and %d parts", keys, b.parts())
	}
}

// Clearing a transfer takes away what it has left half-way, here and on the server.
func TestClear_removesLeftovers(t *testing.T) {
	b := newBench(t)
	b.s3.has("big", noise(bigFrom+2*remote.PartSize, 11))
	b.write("up", noise(bigFrom+2*remote.PartSize, 12))
	release := b.holdAt(func(r *http.Request) bool {
		return r.URL.Query().Get("partNumber") == "3" || strings.HasPrefix(r.Header.Get("Range"), "bytes=33554432-")
	})
	down, up := b.begin(b.download("big")), b.begin(b.upload("", "up"))
	until(t, "a part to be stored", func() bool { return b.parts() > 0 })
	for _, id := range []string{down, up} {
		b.until(id, "part-way", func(t app.Transfer) bool { return t.Progress.Done >= 3*remote.PartSize })
		if err := b.CancelTransfer(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		b.phase(id, app.TransferCanceled)
	}
	release()
	if b.parts() == 0 || len(b.files()) != 2 {
		t.Fatalf("there is nothing to resume: %d parts, %q", b.parts(), b.files())
	}
	if err := b.ClearTransfers(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	until(t, "tidy", func() bool { return b.parts() == 0 && slices.Equal(b.files(), []string{"up"}) })
	if remaining, _ := filepath.Glob(filepath.Join(b.state, "*")); len(remaining) != 0 {
		t.Errorf("journals are left: %q", remaining)
	}
	if err := b.ResumeTransfer(t.Context(), down); err == nil {
		t.Error("a transfer that was cleared is still known")
	}
}
