package transfer

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/buckets/transfer/flow"
	"daypass/app/buckets/transfer/remote"
)

// An outage shows as waiting, and then everything goes on from where it was.
func TestOutage_isWaitedOut(t *testing.T) {
	for _, kind := range []string{"refused", "reset", "busy"} {
		b := newBench(t)
		b.s3.has("a", noise(bigFrom+2*remote.PartSize, 1))
		b.write("up", noise(bigFrom+2*remote.PartSize, 2))
		var out atomic.Bool
		out.Store(true)
		b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
			data := r.URL.Query().Has("partNumber") || r.Header.Get("Range") != "" || kind == "refused"
			switch {
			case !out.Load() || !data:
				return false
			case kind == "busy":
				refuse(w, http.StatusServiceUnavailable, "SlowDown")
			default:
				panic(http.ErrAbortHandler)
			}
			return true
		})
		down, up := b.begin(b.download("a")), b.begin(b.upload("", "up"))
		for _, id := range []string{down, up} {
			got := b.phase(id, app.TransferWaiting)
			if got.Problem == nil || got.Problem.English().Title == "" || got.Problem.English().Detail == "" {
				t.Errorf("%s: waits without a word: %+v", kind, got.Problem)
			}
		}
		out.Store(false)
		for _, id := range []string{down, up} {
			if got := b.phase(id, app.TransferDone); got.Phase != app.TransferDone || got.Problem != nil {
				t.Errorf("%s: %+v", kind, got)
			}
		}
	}
}

// A range that broke off is continued behind what has come.
func TestDownload_continuesBrokenRange(t *testing.T) {
	b := newBench(t)
	data := noise(bigFrom+remote.PartSize, 3)
	b.s3.has("big", data)
	var broken atomic.Bool
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Range") != "bytes=16777216-33554431" || broken.Swap(true) {
			return false
		}
		w.Header().Set("Content-Range", fmt.Sprintf("bytes 16777216-33554431/%d", len(data)))
		w.Header().Set("Content-Length", "16777216")
		w.Header().Set("Last-Modified", time.Now().UTC().Format(http.TimeFormat))
		w.WriteHeader(http.StatusPartialContent)
		w.Write(data[16777216 : 16777216+5_000_000])
		panic(http.ErrAbortHandler)
	})
	b.done(b.download("big"))
	b.hasFile("big", data)
	if n := b.s3.requests("GET big bytes=16777216-"); n != 1 {
		t.Errorf("the range was asked for %d times from its beginning", n)
	}
}

// New keys are taken up by the next request; those that the server no longer knows are waited over.
func TestTransfer_throughRenewals(t *testing.T) {
	b := newBench(t)
	for i := range 300 {
		b.s3.has(fmt.Sprint("p/", i), []byte("x"))
	}
	var current, served atomic.Int64
	current.Store(1)
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(r.Header.Get("Authorization"), fmt.Sprintf("Credential=AK%d/", current.Load())) {
			refuse(w, http.StatusForbidden, "ExpiredToken")
			return true
		}
		if n := served.Add(1); n%80 == 0 && current.Load() < 4 {
			next := current.Add(1)
			time.AfterFunc(50*time.Millisecond, func() { b.sessions.become("ada", int(next)) })
		}
		return false
	})
	got := b.done(b.download("p/"))
	if got.Done != 300 || current.Load() != 4 {
		t.Errorf("after %d renewals: %+v", current.Load()-1, got)
	}
}

// Without credentials a transfer waits for a sign-in.
func TestTransfer_waitsForSignIn(t *testing.T) {
	b := newBench(t)
	b.s3.has("a", []byte("a"))
	b.sessions.become("", 0)
	id := b.begin(b.download("a"))
	if got := b.phase(id, app.TransferWaiting); got.Problem == nil || got.Problem.Code != "storage-no-keys" {
		t.Errorf("it waits for %+v", got.Problem)
	}
	b.sessions.become("ada", 1)
	b.phase(id, app.TransferDone)
	b.hasFile("a", []byte("a"))
}

// Nobody's transfer goes on with somebody else's keys.
func TestTransfer_otherUsersCredentials(t *testing.T) {
	b := newBench(t)
	b.s3.has("a", []byte("a"))
	b.stop()
	id := b.begin(b.download("a"))
	b.sessions.become("grace", 2)
	b.start()
	got := b.phase(id, app.TransferWaiting)
	if got.Problem.Code != "transfer-other-person" || !strings.Contains(got.Problem.English().Detail, "grace") || !strings.Contains(got.Problem.English().NextStep, "ada") {
		t.Errorf("it waits for %+v", got.Problem)
	}
	if n := b.s3.requests("GET"); n != 0 {
		t.Errorf("%d requests were made", n)
	}
	b.sessions.become("ada", 3)
	b.phase(id, app.TransferDone)
}

// The credentials of another server are not used.
func TestTransfer_otherServersCredentials(t *testing.T) {
	b := newBench(t)
	b.s3.has("a", []byte("a"))
	b.sessions.become("ada", 0)
	id := b.begin(b.download("a"))
	b.phase(id, app.TransferWaiting)
	other := newFakeS3(t)
	b.sessions.mu.Lock()
	b.sessions.endpoint = other.URL
	b.sessions.mu.Unlock()
	b.sessions.become("ada", 1)
	if got := b.phase(id, app.TransferFailed); got.Phase != app.TransferFailed || got.Problem.Code != "transfer-other-server" {
		t.Errorf("got %+v", got)
	}
	if b.s3.requests("") != 0 || other.requests("") != 0 {
		t.Error("requests were made with the new keys")
	}
}

// Where everything is refused, not everything is tried.
func TestTransfer_stopsWhenAllRefused(t *testing.T) {
	b := newBench(t)
	for i := range 500 {
		b.write(fmt.Sprint("in/", i), []byte("x"))
	}
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			refuse(w, http.StatusForbidden, "AccessDenied")
		}
		return r.Method == http.MethodPut
	})
	got := b.does(b.upload("", "in"))
	if got.Phase != app.TransferFailed || got.Problem == nil || got.Problem.Code != "storage-denied" || got.Problem.English().Admin == "" {
		t.Errorf("got %+v", got)
	}
	const most = maxDenials + flow.DefaultMax // a slow answer lets more requests be on their way than there are to begin with
	if got.Failed > most {
		t.Errorf("%d files were tried", got.Failed)
	}
	if n := b.s3.requests("PUT"); n > most {
		t.Errorf("%d requests", n)
	}
	b.s3.failWith(nil)
	b.resumed(got.ID)
	if n := len(b.s3.keys()); n != 500 {
		t.Errorf("%d objects", n)
	}
}

// One failure does not stop the rest.
func TestTransfer_oneFailure(t *testing.T) {
	b := newBench(t)
	for i := range 50 {
		b.s3.has(fmt.Sprint("p/", i), []byte("x"))
	}
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		bad := strings.HasSuffix(r.URL.Path, "/p/7")
		if bad {
			refuse(w, http.StatusForbidden, "AccessDenied")
		}
		return bad
	})
	got := b.does(b.download("p/"))
	if got.Phase != app.TransferFailed || got.Done != 49 || got.Failed != 1 || len(got.Failures) != 1 || got.Failures[0].Name != "p/7" {
		t.Errorf("got %+v", got)
	}
	b.s3.failWith(nil)
	before := b.s3.requests("GET p/")
	if got := b.resumed(got.ID); got.Done != 50 || got.Failed != 0 || len(got.Failures) != 0 {
		t.Errorf("resumed: %+v", got)
	}
	if n := b.s3.requests("GET p/") - before; n != 1 {
		t.Errorf("%d objects were fetched again", n)
	}
}

// The bucket of a transfer does not exist.
func TestTransfer_missingBucket(t *testing.T) {
	b := newBench(t)
	b.s3.failWith(func(w http.ResponseWriter, _ *http.Request) bool {
		refuse(w, http.StatusNotFound, "NoSuchBucket")
		return true
	})
	if got := b.does(b.download("p/")); got.Problem == nil || got.Problem.Code != "storage-no-bucket" {
		t.Errorf("got %+v", got)
	}
	if err := os.RemoveAll(b.folder); err != nil {
		t.Fatal(err)
	}
	if got := b.does(b.upload("", "gone")); got.Problem == nil || got.Problem.Code != "file-gone" {
		t.Errorf("got %+v", got)
	}
}

// Only so many transfers work at once; the others have their turn.
func TestQueue_limitsRunning(t *testing.T) {
	b := newBench(t)
	b.s3.has("a", []byte("a"))
	release := b.holdAt(func(*http.Request) bool { return true })
	ids := make([]string, 0, running+2)
	for i := range running + 2 {
		r := b.download("a")
		r.As = fmt.Sprint("file-", i)
		ids = append(ids, b.begin(r))
	}
	for _, id := range ids[:running] {
		b.phase(id, app.TransferRunning)
	}
	for _, id := range ids[running:] {
		b.phase(id, app.TransferQueued)
	}
	if err := b.CancelTransfer(t.Context(), ids[running]); err != nil {
		t.Fatal(err)
	}
	b.phase(ids[running], app.TransferCanceled)
	release()
	for i, id := range ids {
		if i != running {
			b.phase(id, app.TransferDone)
		}
	}
}

// While nothing moves, no list goes out.
func TestWatchTransfers_onlyChanges(t *testing.T) {
	b := newBench(t)
	b.s3.has("a", []byte("new"))
	b.write("a", []byte("old"))
	id := b.begin(b.download("a"))
	b.phase(id, app.TransferAsking)
	lists := b.WatchTransfers(t.Context())
	<-lists
	select {
	case list := <-lists:
		t.Errorf("it was no news: %+v", list)
	case <-time.After(4 * pace):
	}
	if _, err := b.job("nobody"); err == nil {
		t.Error("a transfer that is not there was found")
	}
}

func TestLocalError_texts(t *testing.T) {
	at := func(err error) error { return &fs.PathError{Op: "write", Path: "a\nb", Err: err} }
	tests := []struct {
		err    error
		code   string
		halts  bool
		detail string
	}{
		{at(syscall.ENOSPC), "disk-full", true, `“a\nb”`},
		{at(syscall.EDQUOT), "disk-full", true, `“a\nb”`},
		{at(syscall.EACCES), "disk-permission", false, `“a\nb”`},
		{at(syscall.EROFS), "disk-read-only", true, `“a\nb”`},
		{at(syscall.ENAMETOOLONG), "name-too-long", false, `“a\nb”`},
		{at(syscall.ENOTDIR), "in-the-way", false, `“a\nb”`},
		{at(syscall.ENOENT), "file-gone", false, `“a\nb”`},
		{&os.LinkError{Op: "link", Old: "x", New: "y", Err: syscall.EPERM}, "disk-permission", false, "“y”"},
		{remote.ErrDamaged, "transfer-damaged", false, "checksum"},
		{remote.ErrStalled, "transfer-stalled", false, "half a minute"},
		{remote.ErrFileChanged, "file-changed", false, "this computer"},
		{fmt.Errorf("odd"), "transfer-failed", false, "odd"},
	}
	for _, tt := range tests {
		p := problemOf(tt.err)
		if p.Code != tt.code || p.English().Title == "" || p.English().NextStep == "" || !strings.Contains(p.English().Detail, tt.detail) || haltsAll(tt.err) != tt.halts {
			t.Errorf("%v: %+v, halts %v", tt.err, p, haltsAll(tt.err))
		}
	}
}
