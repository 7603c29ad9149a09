package journal

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"daypass/app"
)

func read(t *testing.T, name string) *Record {
	t.Helper()
	r, err := Read(filepath.Join("testdata", name+extension))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRead_download(t *testing.T) {
	r := read(t, "download")
	if r.Request.Direction != app.Download || r.Request.Folder != "/home/ada/data" || r.Owner != "ada" || r.Phase != app.TransferFailed || r.Ended.IsZero() {
		t.Errorf("%+v", r)
	}
	if want := (Counts{Files: 4, Done: 2, Failed: 2, Size: 50331655, Bytes: 4}); r.Counts != want {
		t.Errorf("%+v", r.Counts)
	}
	if !r.IsDone("a") || !r.IsDone("dir/d") || r.IsDone("big") || r.IsDone("dir/c") || len(r.Placing) != 0 || len(r.Choices) != 0 {
		t.Errorf("%+v", r)
	}
	if len(r.Failures) != 2 || r.Failures[0].Name != "dir/c" || r.Failures[0].Problem.Code != "storage-denied" {
		t.Errorf("%+v", r.Failures)
	}
	if words := r.Failures[0].Problem.Current(); words.Title != "You may not do this" || words.NextStep != "Ask your administrator for the right to download it." {
		t.Errorf("the words of an earlier version: %+v", words)
	}
	if big := r.Big["big"]; big == nil || big.PartSize != 16<<20 || big.Target != "big" || big.Parts[1] != "kTINdw==" {
		t.Errorf("%+v", big)
	}
	if _, there := r.Folders["dir"]; !there || len(r.Folders) != 2 {
		t.Errorf("%v", r.Folders)
	}
}

func TestRead_copy(t *testing.T) {
	r := read(t, "copy")
	if r.ToOwner != "ada@archive" || r.Request.To == nil || r.Request.To.Prefix != "to/" || r.Phase != app.TransferRunning {
		t.Errorf("%+v", r)
	}
	big := r.Big["big"]
	if big == nil || big.Upload != "upload-1" || len(big.Parts) != 2 || big.Parts[4] != "4zAaLA==" || big.ObjectSums[4] != "UHbgKAElYFQ=" {
		t.Errorf("%+v", big)
	}
}

// A last line that broke off counts for nothing.
func TestRead_brokenOff(t *testing.T) {
	r := read(t, "upload")
	if r.Phase != app.TransferRunning || !r.IsDone("/home/ada/up/x") || r.Big["/home/ada/up/big"] == nil {
		t.Errorf("%+v", r)
	}
}

// What is written now is what the journals of earlier versions hold, byte for byte.
func TestWrite_formatUnchanged(t *testing.T) {
	for _, name := range []string{"download", "copy"} {
		want, err := os.ReadFile(filepath.Join("testdata", name+extension))
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		f := New(dir, name)
		for lines := bufio.NewScanner(bytes.NewReader(want)); lines.Scan(); {
			var e Entry
			if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
				t.Fatal(err)
			}
			if e.Big != nil { // what is known of the parts has entries of its own
				e.Big.Parts, e.Big.ObjectSums = map[int]string{1: "sum"}, map[int]string{1: "sum"}
			}
			if err := f.Write(e); err != nil {
				t.Fatal(err)
			}
		}
		f.Sync()
		if got, err := os.ReadFile(filepath.Join(dir, name+extension)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v: got\n%s\nwant\n%s", name, err, got, want)
		}
		if err := f.Remove(); err != nil {
			t.Error(err)
		}
		if err := f.Write(Entry{Run: true}); err != nil {
			t.Error(err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
			t.Errorf("after its removal: %v, %v", left, err)
		}
	}
}

// A journal that cannot be read is set aside, and hides no other.
func TestReadAll_setsUnreadableAside(t *testing.T) {
	dir := t.TempDir()
	good, err := os.ReadFile("testdata/copy" + extension)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"good": good, "bad": []byte("{}\n")} {
		if err := os.WriteFile(filepath.Join(dir, name+extension), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all, errs := ReadAll(dir)
	if len(all) != 1 || all["good"] == nil || len(errs) != 1 {
		t.Errorf("%v, %v", all, errs)
	}
	if _, err := os.Stat(filepath.Join(dir, "bad"+extension+".unreadable")); err != nil {
		t.Error(err)
	}
}
