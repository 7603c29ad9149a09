package transfer

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daypass/app"
	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/journal"
	"daypass/app/buckets/transfer/remote"
)

func TestDownload_folderTree(t *testing.T) {
	b := newBench(t)
	b.s3.has("p/a.txt", []byte("a"))
	b.s3.has("p/sub/", nil)
	b.s3.has("p/sub/b.txt", []byte("bb"))
	b.s3.has("p/sub/deep/c.txt", nil)
	b.s3.has("p/empty/", nil)
	b.s3.has("q", []byte("not asked for"))
	r := b.download("p/")
	r.Prefix = "p/"
	got := b.done(r)
	want := []string{"a.txt", "empty/", "sub/", "sub/b.txt", "sub/deep/", "sub/deep/c.txt"}
	if files := b.files(); !slices.Equal(files, want) {
		t.Errorf("got %q", files)
	}
	b.hasFile("sub/b.txt", []byte("bb"))
	if got.Files != 5 || got.Done != 5 || got.Progress.Done != 3 || got.Progress.Size != 3 || got.Title != "p" {
		t.Errorf("got %+v", got)
	}
}

func TestDownload_underAnotherName(t *testing.T) {
	b := newBench(t)
	b.s3.has("p/a.txt", []byte("a"))
	r := b.download("p/a.txt")
	r.Prefix, r.As = "p/", "z.txt"
	got := b.done(r)
	b.hasFile("z.txt", []byte("a"))
	if want := filepath.Join(b.folder, "z.txt"); got.Path != want {
		t.Errorf("path %q, want %q", got.Path, want)
	}
}

// Big files are transferred in parts.
func TestTransfer_bigFilesInParts(t *testing.T) {
	b := newBench(t)
	data := noise(bigFrom+3*remote.PartSize+1234, 1)
	b.write("big.bin", data)
	up := b.done(b.upload("in/", "big.bin"))
	if got, _ := b.s3.get("in/big.bin"); got != string(data) {
		t.Fatal("the object has other content")
	}
	if n := b.s3.requests("PUT in/big.bin"); n != 6 {
		t.Errorf("%d requests for parts", n)
	}
	if up.Progress.Done != int64(len(data)) {
		t.Errorf("progress %+v", up.Progress)
	}
	r := b.download("in/big.bin")
	r.Prefix, r.As = "in/", "back.bin"
	b.done(r)
	b.hasFile("back.bin", data)
	if n := b.s3.requests("GET in/big.bin bytes="); n != 6 {
		t.Errorf("%d requests for ranges", n)
	}
}

func TestUpload_folderTree(t *testing.T) {
	b := newBench(t)
	b.write("tree/a.json", []byte("{}"))
	b.write("tree/sub/b", []byte("bb"))
	b.write("tree/sub/empty/x", nil)
	b.write("other.csv", noise(smallTo+5, 2))
	got := b.done(b.upload("in/", "tree", "other.csv"))
	want := []string{"in/other.csv", "in/tree/a.json", "in/tree/sub/b", "in/tree/sub/empty/x"}
	if keys := b.s3.keys(); !slices.Equal(keys, want) {
		t.Errorf("got %q", keys)
	}
	if got.Files != 4 || got.Done != 4 || got.More != 1 || got.Title != "tree" {
		t.Errorf("got %+v", got)
	}
	if o := b.s3.objects["in/tree/a.json"]; o.mime != "application/json" {
		t.Errorf("content type %q", o.mime)
	}
}

func TestTransfer_manySmallFiles(t *testing.T) {
	b := newBench(t)
	for i := range 2500 {
		b.s3.has(fmt.Sprintf("p/%04d", i), []byte(fmt.Sprint(i)))
	}
	r := b.download("p/")
	r.Prefix = "p/"
	if got := b.done(r); got.Done != 2500 {
		t.Errorf("got %+v", got)
	}
	b.hasFile("2499", []byte("2499"))
	for _, f := range b.files() {
		if disk.IsTemp(f) {
			t.Errorf("%s was left", f)
		}
	}
	up := b.upload("", filepath.Base(b.folder))
	up.Paths = []string{b.folder}
	up.Prefix = "copy/"
	if got := b.done(up); got.Done != 2500 {
		t.Errorf("got %+v", got)
	}
	n := 0
	for _, k := range b.s3.keys() {
		if strings.HasPrefix(k, "copy/") {
			n++
		}
	}
	if n != 2500 {
		t.Errorf("%d objects", n)
	}
}

func TestJournal_holdsNoSecret(t *testing.T) {
	b := newBench(t)
	b.s3.has("a", []byte("a"))
	b.done(b.download("a"))
	files, err := filepath.Glob(filepath.Join(b.state, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	record, err := journal.Read(files[0])
	if err != nil || record.Phase != app.TransferDone || !record.IsDone("a") || record.Owner != "ada" {
		t.Errorf("%+v, %v", record, err)
	}
	if text := readAll(t, files[0]); strings.Contains(text, "hush") || strings.Contains(text, "AK1") {
		t.Errorf("the journal: %s", text)
	}
}
