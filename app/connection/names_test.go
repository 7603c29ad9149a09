package connection_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daypass/app/connection"
)

func named(name string) connection.Definition {
	return connection.Definition{
		Name: name, Endpoint: "https://minio.example", Provider: connection.Provider{Issuer: "https://login.example", ClientID: "desktop-app"},
	}
}

// alike are names that a user takes for "Research lake".
var alike = []string{"Research lake", "research LAKE", "Research  lake", "RESEARCH LAKE", "Ｒesearch lake", "Reſearch lake", "Rеsеаrсh lаkе", "Research lαkε"}

// A name that is taken is refused.
func TestRule46_refusesTakenName(t *testing.T) {
	s := connection.Open(t.TempDir())
	first, err := s.Save(named("Research lake"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.Save(named("Pond"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(alike, "RESEARCH-LAKE", "pond") {
		var field *connection.FieldError
		if _, err := s.Save(named(name)); !errors.As(err, &field) || field.Field != "name" || !strings.HasSuffix(field.Error(), ".") {
			t.Errorf("%q is added: %v", name, err)
		}
	}
	edited := named("research lake")
	edited.ID = second
	if _, err := s.Save(edited); err == nil {
		t.Error("another one is renamed to it")
	}
	edited.ID = first
	if _, err := s.Save(edited); err != nil {
		t.Errorf("its own name in other letters: %v", err)
	}
}

// Invisible characters are refused.
func TestRule46_refusesInvisibleCharacters(t *testing.T) {
	for _, r := range []rune{0x3164, 0x115f, 0x1160, 0xffa0, 0xfe0f, 0xad, 0x034f, 0x17b4, 0x180b, 0x200b, 0x200d, 0x202e, 0x2800, 0xe0041, 0xe0100} {
		var field *connection.FieldError
		if err := named("Research lake" + string(r)).Validate(); !errors.As(err, &field) || field.Field != "name" {
			t.Errorf("%U is taken: %v", r, err)
		}
	}
	if err := named("Übersicht отчёт 測定値 தமிழ்").Validate(); err != nil {
		t.Error(err)
	}
}

// Files that have the same name are numbered.
func TestRule46_numbersFilesWithOneName(t *testing.T) {
	dir := t.TempDir()
	for i, name := range alike {
		put(t, dir, "f"+string(rune('a'+i)), name)
	}
	put(t, dir, "b", "FA") // the ID of another one
	put(t, dir, "c", "C")  // its own
	defs, errs := connection.Open(dir).Load()
	if len(errs) != 0 || len(defs) != len(alike)+2 {
		t.Fatalf("%d, %v", len(defs), errs)
	}
	seen := map[string]string{}
	for _, d := range defs {
		key := connection.NameKey(d.Name)
		if seen[key] != "" {
			t.Errorf("%s and %s are both found by %q", seen[key], d.ID, key)
		}
		seen[key] = d.ID
	}
	if seen["research lake"] != "fa" || seen["research lake (2)"] != "fb" || seen["fa (2)"] != "b" || seen["c"] != "c" {
		t.Errorf("%v", seen)
	}
}

func put(t *testing.T, dir, id, name string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, id+connection.Extension), named(name).Format(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A numbered name is not too long.
func TestFreeName_numberedNameFits(t *testing.T) {
	long := strings.Repeat("ä", 80)
	free := connection.FreeName(long, []connection.Definition{{ID: "x", Name: long}})
	if d := named(free); d.Validate() != nil || free == long || !strings.HasSuffix(free, " (2)") {
		t.Errorf("%q: %v", free, d.Validate())
	}
}
