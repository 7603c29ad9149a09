package transfer

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daypass/app"
	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/remote"
)

// Every name that rule 34 speaks of comes down into the chosen folder, and nowhere else.
func TestRule34_hostileNamesStayInFolder(t *testing.T) {
	b := newBench(t)
	outside := filepath.Dir(b.folder)
	long := strings.Repeat("long/", 100) + strings.Repeat("n", 1024-500)
	for _, key := range []string{
		"../../.bashrc", "/etc/passwd", "C:/Windows/x", "CON", "NUL.txt", "a\x00b", "line\nbreak", "gnp.\u202eexe", "./x", "a//b",
		"case", "CASE", "file", "file/below", `..\..\y`, ".daypass-1-2.part", long,
	} {
		b.s3.has(key, []byte(key))
	}
	got := b.done(b.download(""))
	if got.Done != 17 {
		t.Errorf("got %+v", got)
	}
	want := map[string]string{
		"%2E%2E/%2E%2E/.bashrc": "../../.bashrc", "%2F/etc/passwd": "/etc/passwd", "C:/Windows/x": "C:/Windows/x", "%43ON": "CON",
		"%4EUL.txt": "NUL.txt", "a%00b": "a\x00b", "line%0Abreak": "line\nbreak", "gnp.%E2%80%AEexe": "gnp.\u202eexe",
		"%2E/x": "./x", "a/%2F/b": "a//b", "case": "case", "CASE": "CASE", "file": "file", "file%2F/below": "file/below",
		"..%5C..%5Cy": `..\..\y`, "%2Edaypass-1-2.part": ".daypass-1-2.part",
	}
	for name, content := range want {
		b.hasFile(name, []byte(content))
	}
	for _, f := range b.files() {
		if disk.IsTemp(filepath.Base(f)) || strings.ContainsAny(f, "\x00\n\\") {
			t.Errorf("there is %q", f)
		}
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) != 2 { // the state lies beside it
		t.Errorf("outside: %v, %v", entries, err)
	}
	again := b.download("")
	again.Conflicts = app.Skip
	if got := b.done(again); got.Skipped != 17 {
		t.Errorf("the same keys have other names the second time: %+v", got)
	}
}

// No symbolic link leads out of the folder.
func TestRule34_symlinksAreNotFollowed(t *testing.T) {
	b := newBench(t)
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(b.folder, "out")); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(outside, "secret")
	if err := os.WriteFile(secret, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(b.folder, "link")); err != nil {
		t.Fatal(err)
	}
	b.s3.has("out/x", []byte("x"))
	b.s3.has("link", []byte("new"))
	b.s3.has("good", []byte("good"))
	r := b.download("")
	r.Conflicts = app.Replace
	got := b.does(r)
	if got.Phase != app.TransferFailed || got.Failed != 1 || got.Failures[0].Problem.Code != "leads-out" {
		t.Errorf("got %+v", got)
	}
	if entries, _ := os.ReadDir(outside); len(entries) != 1 || readAll(t, secret) != "mine" {
		t.Errorf("outside: %v", entries)
	}
	b.hasFile("link", []byte("new"))
	if info, err := os.Lstat(filepath.Join(b.folder, "link")); err != nil || !info.Mode().IsRegular() {
		t.Errorf("the link itself was not replaced: %v, %v", info, err)
	}
	b.hasFile("good", []byte("good"))
}

// Nothing is overwritten without asking.
func TestRule34_overwritesNothingUnasked(t *testing.T) {
	tests := []struct {
		policy app.ConflictPolicy
		want   map[string]string
	}{
		{app.Skip, map[string]string{"a": "old", "b": "new"}},
		{app.Replace, map[string]string{"a": "new", "b": "new"}},
		{app.KeepBoth, map[string]string{"a": "old", "a (2)": "new", "b": "new"}},
	}
	for _, tt := range tests {
		b := newBench(t)
		b.s3.has("a", []byte("new"))
		b.s3.has("b", []byte("new"))
		b.write("a", []byte("old"))
		r := b.download("a", "b")
		r.Conflicts = tt.policy
		b.done(r)
		for name, content := range tt.want {
			b.hasFile(name, []byte(content))
		}
		if files := b.files(); len(files) != len(tt.want) {
			t.Errorf("%s: %q", tt.policy, files)
		}
	}
}

// A question waits while the rest of the transfer goes on.
func TestConflict_waitsWhileRestGoesOn(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"a", "b", "c", "d"} {
		b.s3.has(name, []byte("new "+name))
	}
	for _, name := range []string{"a", "b", "c"} {
		b.write(name, []byte("old"))
	}
	id := b.begin(b.download(""))
	got := b.until(id, "asking for three", func(t app.Transfer) bool { return t.Phase == app.TransferAsking && t.Question.Waiting == 3 })
	b.hasFile("d", []byte("new d"))
	q := got.Question
	if q.Existing.Size != 3 || q.Incoming.Size != 5 || q.Target != filepath.Join(b.folder, q.Name) {
		t.Errorf("the question: %+v", q)
	}
	if err := b.AnswerConflict(t.Context(), id, app.ConflictAnswer{Question: "another", Choice: app.Skip}); err == nil {
		t.Error("an answer to another question was taken")
	}
	answer := func(choice app.ConflictPolicy, all bool) {
		if err := b.AnswerConflict(t.Context(), id, app.ConflictAnswer{Question: q.ID, Choice: choice, ForAll: all}); err != nil {
			t.Fatal(err)
		}
	}
	first := q.Name
	answer(app.Skip, false)
	q = b.until(id, "asking again", func(t app.Transfer) bool { return t.Question != nil && t.Question.ID != q.ID }).Question
	answer(app.Replace, true)
	end := b.phase(id, app.TransferDone)
	if end.Skipped != 1 || end.Done != 3 || end.Question != nil {
		t.Errorf("it ended %+v", end)
	}
	b.hasFile(first, []byte("old"))
}

// A restart in the middle of a question asks it again, and keeps the answers given.
func TestConflict_survivesRestart(t *testing.T) {
	b := newBench(t)
	b.s3.has("a", []byte("new"))
	b.write("a", []byte("old"))
	id := b.begin(b.download("a"))
	b.phase(id, app.TransferAsking)
	b.stop()
	b.start()
	q := b.phase(id, app.TransferAsking).Question
	if err := b.AnswerConflict(t.Context(), id, app.ConflictAnswer{Question: q.ID, Choice: app.KeepBoth, ForAll: true}); err != nil {
		t.Fatal(err)
	}
	b.phase(id, app.TransferDone)
	if files := b.files(); !slices.Equal(files, []string{"a", "a (2)"}) {
		t.Errorf("got %q", files)
	}
}

// What breaks off, is damaged or is stopped never has the name of a whole file.
func TestRule35_partialFilesAreTemporary(t *testing.T) {
	data := noise(bigFrom+remote.PartSize, 3)
	tests := []struct {
		name  string
		fault func(w http.ResponseWriter, r *http.Request, object []byte) bool
		code  string
	}{
		{"damaged on the way", func(w http.ResponseWriter, r *http.Request, object []byte) bool {
			bad := slices.Clone(object)
			bad[len(bad)/2] ^= 1
			sum := newObject(object).sum
			w.Header().Set("X-Amz-Checksum-Crc32c", sum)
			w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:00:00 GMT")
			w.Header().Set("Content-Length", fmt.Sprint(len(bad)))
			w.Write(bad)
			return true
		}, "transfer-damaged"},
		{"a refusal", func(w http.ResponseWriter, _ *http.Request, _ []byte) bool {
			refuse(w, http.StatusForbidden, "AccessDenied")
			return true
		}, "storage-denied"},
	}
	for _, tt := range tests {
		b := newBench(t)
		small := data[:100_000]
		b.s3.has("small", small)
		b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
			return r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/small") && tt.fault(w, r, small)
		})
		got := b.does(b.download("small"))
		if got.Phase != app.TransferFailed || got.Failures[0].Problem.Code != tt.code {
			t.Errorf("%s: %+v", tt.name, got)
		}
		if files := b.files(); len(files) != 0 {
			t.Errorf("%s: left %q", tt.name, files)
		}
		b.s3.failWith(nil)
		b.resumed(got.ID)
		b.hasFile("small", small)
	}
}

// onlyTemps fails where anything in the folder has a real name.
func (b *bench) onlyTemps() {
	b.t.Helper()
	for _, f := range b.files() {
		if !disk.IsTemp(filepath.Base(f)) {
			b.t.Errorf("%s looks whole", f)
		}
	}
}

// A download that is stopped leaves only a temporary file.
func TestRule35_stoppedDownload(t *testing.T) {
	b := newBench(t)
	data := noise(bigFrom+4*remote.PartSize, 4)
	b.s3.has("big", data)
	hold := make(chan struct{})
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasPrefix(r.Header.Get("Range"), "bytes=33554432-") {
			select {
			case <-hold:
			case <-r.Context().Done():
			}
		}
		return false
	})
	id := b.begin(b.download("big"))
	b.until(id, "part-way", func(t app.Transfer) bool { return t.Progress.Done >= 5*remote.PartSize })
	b.onlyTemps()
	if err := b.PauseTransfer(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.phase(id, app.TransferPaused)
	b.onlyTemps()
	close(hold)
	if err := b.ResumeTransfer(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.phase(id, app.TransferDone)
	b.hasFile("big", data)
	if n := b.s3.requests("GET big bytes="); n > 8 {
		t.Errorf("%d ranges were asked for: what was there was fetched again", n)
	}
	if files := b.files(); !slices.Equal(files, []string{"big"}) {
		t.Errorf("got %q", files)
	}
}

// An object whose key ends in a slash and that has content is listed by nobody but downloaded like any other, and so is what
// lies in a folder without a name.
func TestDownload_emptyNames(t *testing.T) {
	b := newBench(t)
	b.s3.has("a/", []byte("content"))
	b.s3.has("a//b.txt", []byte("below"))
	b.s3.has("empty/", nil)
	b.done(b.download("a/", "empty/"))
	b.hasFile("a/%2F", []byte("content"))
	b.hasFile("a/%2F%2F/b.txt", []byte("below"))
	one := b.download("a/")
	one.Prefix, one.Objects[0].Size = "a/", 7
	b.folder = t.TempDir()
	one.Folder = b.folder
	b.done(one)
	if files := b.files(); len(files) != 1 || files[0] != "%2F" {
		t.Errorf("one object came down as %q", files)
	}
}
