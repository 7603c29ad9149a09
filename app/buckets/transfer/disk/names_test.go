package disk

import (
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// hostile are the parts of keys that rules 34 and 46 speak of, and their names.
var hostile = []struct{ part, unix, windows string }{
	{"readings.parquet", "readings.parquet", "readings.parquet"},
	{"100 %", "100 %", "100 %"},
	{"a%41", "a%2541", "a%2541"},
	{"", "%2F", "%2F"},
	{".", "%2E", "%2E"},
	{"..", "%2E%2E", "%2E%2E"},
	{"...", "...", "..%2E"},
	{"C:", "C:", "C%3A"},
	{"CON", "%43ON", "%43ON"},
	{"con.txt", "%63on.txt", "%63on.txt"},
	{"NUL .tar.gz", "%4EUL .tar.gz", "%4EUL .tar.gz"},
	{"COM¹", "%43OM¹", "%43OM¹"},
	{"COM10", "COM10", "COM10"},
	{"a\x00b", "a%00b", "a%00b"},
	{"a\nb\r", "a%0Ab%0D", "a%0Ab%0D"},
	{"invoice\u202Efdp.exe", "invoice%E2%80%AEfdp.exe", "invoice%E2%80%AEfdp.exe"},
	{"\u2067isolate", "%E2%81%A7isolate", "%E2%81%A7isolate"},
	{"fill\u3164er", "fill%E3%85%A4er", "fill%E3%85%A4er"},
	{"soft\u00adhyphen", "soft%C2%ADhyphen", "soft%C2%ADhyphen"},
	{"lake\ufe0f", "lake%EF%B8%8F", "lake%EF%B8%8F"},
	{"tag\U000e0041", "tag%F3%A0%81%81", "tag%F3%A0%81%81"},
	{"❤\ufe0f", "❤\ufe0f", "❤\ufe0f"},
	{`..\..\x`, `..%5C..%5Cx`, `..%5C..%5Cx`},
	{"\xff\xfe", "%FF%FE", "%FF%FE"},
	{"what?*", "what?*", "what%3F%2A"},
	{"ends in a dot.", "ends in a dot.", "ends in a dot%2E"},
	{"ends in a space ", "ends in a space ", "ends in a space%20"},
	{"測定値", "測定値", "測定値"},
	{"👩\u200d🔬", "👩\u200d🔬", "👩\u200d🔬"},
	{"نمونه\u200cها", "نمونه\u200cها", "نمونه\u200cها"},
	{".daypass-x-y.part", "%2Edaypass-x-y.part", "%2Edaypass-x-y.part"},
	{".bashrc", ".bashrc", ".bashrc"},
}

// Hostile names become safe ones.
func TestRules34And46_hostileNamesBecomeSafe(t *testing.T) {
	for _, tt := range hostile {
		if got := localPart(tt.part, false); got != tt.unix {
			t.Errorf("%q: got %q, want %q", tt.part, got, tt.unix)
		}
		if got := localPart(tt.part, true); got != tt.windows {
			t.Errorf("%q on Windows: got %q, want %q", tt.part, got, tt.windows)
		}
		if back := keyPart(localPart(tt.part, true)); back != tt.part {
			t.Errorf("%q comes back as %q", tt.part, back)
		}
	}
}

func TestRule34_longNamesAreCut(t *testing.T) {
	long := strings.Repeat("é", 500) + ".tar.zst"
	got := localPart(long, false)
	if len(got) > maxName || !utf8.ValidString(got) || !strings.HasSuffix(got, ".zst") {
		t.Errorf("got %q (%d bytes)", got, len(got))
	}
	if other := localPart("x"+long[1:], false); other == got {
		t.Error("two names became one")
	}
	if again := localPart(long, false); again != got {
		t.Error("one name became two")
	}
	if got := localPart(strings.Repeat("\n", 500), false); len(got) > maxName || strings.Contains(strings.ReplaceAll(got, "%0A", ""), "%") {
		t.Errorf("cut through an escape: %q", got)
	}
}

func FuzzLocalPart(f *testing.F) {
	for _, tt := range hostile {
		f.Add(tt.part, true)
		f.Add(tt.part, false)
	}
	f.Fuzz(func(t *testing.T, part string, windows bool) {
		part = strings.ReplaceAll(part, "/", "_")
		name := localPart(part, windows)
		if name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\\\x00\n") || len(name) > maxName {
			t.Fatalf("%q became %q", part, name)
		}
		if !filepath.IsLocal(name) || isDevice(name) || IsTemp(name) || !utf8.ValidString(name) {
			t.Fatalf("%q became %q", part, name)
		}
		if !strings.Contains(name, "~") && keyPart(name) != part {
			t.Fatalf("%q became %q and comes back as %q", part, name, keyPart(name))
		}
	})
}

// The object that marks a folder makes it no file.
func TestNamer_folderMarkers(t *testing.T) {
	n := newNamer(false, false)
	for _, tt := range [][2]string{{"a", "a"}, {"b/", "b"}, {"b/c", "b/c"}, {"b/d/", "b/d"}, {"b/d/e", "b/d/e"}, {"f", "f"}, {"f/", "f%2F"}, {"f/g", "f%2F/g"}} {
		got := ""
		if rel, folder := strings.CutSuffix(tt[0], "/"); folder {
			got = n.Folder(rel)
		} else {
			got = n.Local(rel)
		}
		if got != tt[1] {
			t.Errorf("%q: got %q, want %q", tt[0], got, tt[1])
		}
	}
}

func TestRule34_noTwoKeysShareAPath(t *testing.T) {
	tests := []struct {
		name  string
		folds bool
		keys  []string
		want  []string
	}{
		{"case matters here", false, []string{"A.txt", "a.txt"}, []string{"A.txt", "a.txt"}},
		{"only in case", true, []string{"A.TXT", "A.txt", "a.TXT", "a.txt"}, []string{"A.TXT", "%41.txt", "%61.TXT", "%61%2Etxt"}},
		{"folders only in case", true, []string{"A/x", "A/y", "a/x"}, []string{"A/x", "A/y", "%61/x"}},
		{"only in composition", true, []string{"e\u0301", "\u00e9"}, []string{"e\u0301", "%C3%A9"}},
		{"a file and a folder", false, []string{"a", "a.b", "a/b", "a/b/c", "ab"}, []string{"a", "a.b", "a%2F/b", "a%2F/b%2F/c", "ab"}},
		{"empty parts", false, []string{"/a", "a//b"}, []string{"%2F/a", "a/%2F/b"}},
		{"climbing", false, []string{"../../.bashrc", "/etc/passwd"}, []string{"%2E%2E/%2E%2E/.bashrc", "%2F/etc/passwd"}},
	}
	for _, tt := range tests {
		n := newNamer(false, tt.folds)
		for i, key := range tt.keys {
			if got := n.Local(key); got != tt.want[i] {
				t.Errorf("%s: %q: got %q, want %q", tt.name, key, got, tt.want[i])
			}
		}
	}
}

// keyPart is the inverse of localPart for every name that was not cut.
func keyPart(name string) string {
	if name == noName {
		return ""
	}
	if !strings.Contains(name, "%") {
		return name
	}
	var out strings.Builder
	for i := 0; i < len(name); i++ {
		if isEscape(name[i:]) {
			b, _ := hex.DecodeString(name[i+1 : i+3]) // isEscape has looked at the digits
			out.WriteByte(b[0])
			i += 2
			continue
		}
		out.WriteByte(name[i])
	}
	return out.String()
}
