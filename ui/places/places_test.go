package places_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"daypass/ui/places"
)

func TestBook(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "places.json")
	b := places.Open(dir)
	b.Visit("lake", "s3://a/")
	b.Visit("lake", "s3://b/x/")
	b.Visit("lake", "s3://a/")
	b.Visit("other", "s3://c/")
	b.Toggle("lake", "s3://b/x/")
	b.Toggle("lake", "s3://a/")
	b.Toggle("lake", "s3://b/x/")
	b.SetFolder("lake", "/home/ada")
	b.Flush()
	b = places.Open(dir)
	if got := b.Recent("lake"); !slices.Equal(got, []string{"s3://a/", "s3://b/x/"}) {
		t.Errorf("recent: %q", got)
	}
	if b.Last("lake") != "s3://a/" || b.Last("other") != "s3://c/" || b.Last("none") != "" {
		t.Error("the last places are not remembered")
	}
	if !b.IsFavourite("lake", "s3://a/") || b.IsFavourite("lake", "s3://b/x/") || !slices.Equal(b.Favourites("lake"), []string{"s3://a/"}) {
		t.Errorf("favourites: %q", b.Favourites("lake"))
	}
	if b.Folder("lake") != "/home/ada" {
		t.Errorf("folder: %q", b.Folder("lake"))
	}
	b.Forget("lake")
	b.Flush()
	if b.Last("lake") != "" || b.Last("other") == "" {
		t.Error("forgot the wrong one")
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

func TestBookIsBounded(t *testing.T) {
	b := places.Open("")
	for i := range 100 {
		b.Visit("lake", fmt.Sprint(i))
		b.Toggle("lake", fmt.Sprint(i))
	}
	if n, f := len(b.Recent("lake")), len(b.Favourites("lake")); n != 8 || f != 50 {
		t.Errorf("%d recent, %d favourites", n, f)
	}
}

// A file that cannot be read is an empty book, and the next save mends it.
func TestDamagedBook(t *testing.T) {
	for _, text := range []string{"", "{", `{"lake":null}`, `[1]`} {
		dir := t.TempDir()
		file := filepath.Join(dir, "places.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		b := places.Open(dir)
		b.Visit("lake", "s3://a/")
		b.Flush()
		if places.Open(dir).Last("lake") != "s3://a/" {
			t.Errorf("%q is not mended", text)
		}
	}
}
