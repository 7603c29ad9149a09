package bookmarks_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"daypass/ui/bookmarks"
)

func TestStore_visitsAndBookmarks(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "places.json")
	b := bookmarks.Open(dir)
	b.Visit("lake", "s3://a/")
	b.Visit("lake", "s3://b/x/")
	b.Visit("lake", "s3://a/")
	b.Visit("other", "s3://c/")
	b.Toggle("lake", "s3://b/x/")
	b.Toggle("lake", "s3://a/")
	b.Toggle("lake", "s3://b/x/")
	b.SetFolder("lake", "/home/ada")
	b.Flush()
	b = bookmarks.Open(dir)
	if got := b.Recent("lake"); !slices.Equal(got, []string{"s3://a/", "s3://b/x/"}) {
		t.Errorf("recent: %q", got)
	}
	if b.Last("lake") != "s3://a/" || b.Last("other") != "s3://c/" || b.Last("none") != "" {
		t.Error("the last locations are not remembered")
	}
	if !b.Has("lake", "s3://a/") || b.Has("lake", "s3://b/x/") || !slices.Equal(b.List("lake"), []string{"s3://a/"}) {
		t.Errorf("bookmarks: %q", b.List("lake"))
	}
	if b.Folder("lake") != "/home/ada" {
		t.Errorf("folder: %q", b.Folder("lake"))
	}
	b.Remove("lake")
	b.Flush()
	if b.Last("lake") != "" || b.Last("other") == "" {
		t.Error("removed the wrong one")
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

func TestStore_isBounded(t *testing.T) {
	b := bookmarks.Open("")
	for i := range 100 {
		b.Visit("lake", fmt.Sprint(i))
		b.Toggle("lake", fmt.Sprint(i))
	}
	if n, f := len(b.Recent("lake")), len(b.List("lake")); n != 8 || f != 50 {
		t.Errorf("%d recent, %d bookmarks", n, f)
	}
}

// A file that cannot be read is an empty store, and the next save replaces it.
func TestOpen_damaged(t *testing.T) {
	for _, text := range []string{"", "{", `{"lake":null}`, `[1]`} {
		dir := t.TempDir()
		file := filepath.Join(dir, "places.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		b := bookmarks.Open(dir)
		b.Visit("lake", "s3://a/")
		b.Flush()
		if bookmarks.Open(dir).Last("lake") != "s3://a/" {
			t.Errorf("%q is not replaced", text)
		}
	}
}
