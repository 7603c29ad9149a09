package edit

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

var ours = Section{Name: "daypass-lake", Text: "[profile daypass-lake]\ncredential_process = /usr/bin/daypass creds lake\ns3 =\n    addressing_style = path\n"}

var newer = Section{Name: "daypass-lake", Text: "[profile daypass-lake]\nregion = eu\n"}

const block = Marker + "\n[profile daypass-lake]\ncredential_process = /usr/bin/daypass creds lake\ns3 =\n    addressing_style = path\n"

// files are other users' files, of all the kinds that are known to trip editors.
var files = map[string]string{
	"none":                   "",
	"plain":                  "[default]\nregion = eu-central-1\n",
	"no final newline":       "[default]\nregion = eu-central-1",
	"CRLF":                   "[default]\r\nregion = eu-central-1\r\n",
	"CRLF, no final newline": "[default]\r\nregion = eu-central-1",
	"mixed":                  "[default]\r\nregion = eu\n\n\n",
	"comments":               "# mine\n; and mine\n\n[default] # really\nregion = eu\n# the end\n",
	"blanks at the end":      "[default]\nregion = eu\n\n   \n\t",
	"carriage return":        "[default]\rregion = eu\r",
	"byte order mark":        "\ufeff[default]\nregion = eu\n",
	"same prefix":            "[profile daypass-lake-2]\naws_access_key_id = X\n[profile daypass-la]\na = b\n",
	"mark alone":             Marker + "\n",
	"nested":                 "[default]\ns3 =\n  max_concurrent_requests = 20\n",
	"latin 1":                "# caf\xe9\n[default]\n",
}

// A section is added and removed, and the rest of the file stays as it was.
func TestRule30_sectionPutAndRemove(t *testing.T) {
	for name, file := range files {
		t.Run(name, func(t *testing.T) {
			with, err := ours.Put([]byte(file))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.HasPrefix(with, []byte(file)) {
				t.Fatalf("%q has changed in %q", file, with)
			}
			if lf := strings.ReplaceAll(string(with), "\r\n", "\n"); !strings.HasSuffix(lf, block) {
				t.Errorf("%q", with)
			}
			if has, err := ours.Has(with); !has || err != nil {
				t.Errorf("not found again: %v", err)
			}
			again, err := ours.Put(with)
			if err != nil || !bytes.Equal(again, with) {
				t.Errorf("putting twice: %v\n%q\n%q", err, with, again)
			}
			out, err := newer.Remove(with)
			if err != nil || string(out) != file {
				t.Errorf("%v: %q, want %q", err, out, file)
			}
		})
	}
}

// A section is replaced where it is.
func TestSection_replacedInPlace(t *testing.T) {
	file := "[a]\n\n" + block + "\n# other\n[b]\nx = y"
	got, err := newer.Put([]byte(file))
	want := "[a]\n\n" + Marker + "\n" + newer.Text + "\n# other\n[b]\nx = y"
	if err != nil || string(got) != want {
		t.Errorf("%v\n%q\n%q", err, got, want)
	}
	out, err := newer.Remove(got)
	if err != nil || string(out) != "[a]\n\n# other\n[b]\nx = y" {
		t.Errorf("%v %q", err, out)
	}
}

// The removal of a section joins no lines.
func TestSection_removalJoinsNoLines(t *testing.T) {
	file := "[a]\nx = y\n" + block + "[b]\n"
	out, err := ours.Remove([]byte(file))
	if err != nil || string(out) != "[a]\nx = y\n[b]\n" {
		t.Errorf("%v %q", err, out)
	}
}

// Lines of others are not touched.
func TestRule30_foreignLinesAreNotTouched(t *testing.T) {
	tests := map[string]struct {
		file string
		err  error
	}{
		"of the same name":     {"[profile daypass-lake]\naws_access_key_id = X\n", ErrForeign},
		"quoted":               {"[profile  \"daypass-lake\"]\n", ErrForeign},
		"in a credential file": {"[daypass-lake]\n", ErrForeign},
		"twice":                {block + block, ErrForeign},
		"comment in between":   {Marker + "\n# mine\n[profile daypass-lake]\n", ErrForeign},
		"a key added below":    {block + "\nregion = eu\n[b]\n", ErrMixed},
		"nothing but zeros":    {"\x00\x00", ErrNotText},
	}
	for name, tt := range tests {
		if _, err := ours.Put([]byte(tt.file)); !errors.Is(err, tt.err) {
			t.Errorf("%s: put gives %v", name, err)
		}
		if _, err := ours.Remove([]byte(tt.file)); !errors.Is(err, tt.err) {
			t.Errorf("%s: remove gives %v", name, err)
		}
	}
	if out, err := ours.Remove([]byte("[b]\n")); err != nil || string(out) != "[b]\n" {
		t.Errorf("removing what is not there: %v %q", err, out)
	}
}

// A variable is added and removed, and the rest of the file stays as it was.
func TestRule30_variablePutAndRemove(t *testing.T) {
	v, w := Variable{"MC_HOST_daypass_lake", "https://A:B:C@host"}, Variable{"MC_HOST_daypass_lake", "https://D"}
	for _, file := range []string{"", "\n", "MC_HOST_a=x\n", "MC_HOST_a=x", "MC_HOST_a=x\r\nB=y", "A=x\r\n", "A=x\r", "A\r\n\r", "MC_HOST_daypass_lake2=x\n"} {
		with, err := v.Put([]byte(file))
		if err != nil || !bytes.HasPrefix(with, []byte(file)) {
			t.Fatalf("%v %q", err, with)
		}
		changed, err := w.Put(with)
		if err != nil || string(changed) != strings.Replace(string(with), v.Value, w.Value, 1) {
			t.Errorf("%v %q", err, changed)
		}
		if out, err := v.Remove(changed); err != nil || string(out) != file {
			t.Errorf("%v: %q, want %q", err, out, file)
		}
	}
	if _, err := v.Put([]byte("MC_HOST_daypass_lake=x\nMC_HOST_daypass_lake=y\n")); !errors.Is(err, ErrForeign) {
		t.Errorf("twice: %v", err)
	}
}

func TestDiff_redacts(t *testing.T) {
	before := "1\n2\n3\n4\naws_secret_access_key = hush\n"
	after := before + "\n" + block
	want := `--- f
+++ f
@@ -3,3 +3,9 @@
 3
 4
 aws_secret_access_key = …
+
+` + strings.ReplaceAll(strings.TrimSuffix(block, "\n"), "\n", "\n+") + "\n"
	if got := Diff("f", []byte(before), []byte(after)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := Diff("f", nil, []byte("MC_HOST_x=https://hush\n")); got != "--- f\n+++ f\n@@ -0,0 +1,1 @@\n+MC_HOST_x= …\n" {
		t.Errorf("%s", got)
	}
	if got := Diff("f", []byte("a"), []byte("a\nb")); !strings.Contains(got, "-a\n\\ No newline") {
		t.Errorf("%s", got)
	}
}

// FuzzSection holds the rules of the package for any file at all.
func FuzzSection(f *testing.F) {
	for _, file := range files {
		f.Add([]byte(file))
	}
	f.Add([]byte("x\n\n" + block + "\n[b]"))
	f.Add([]byte("x" + strings.ReplaceAll(block, "\n", "\r\n") + "\r\n; c\r\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		has, err := ours.Has(file)
		with, putErr := ours.Put(file)
		without, removeErr := ours.Remove(file)
		if err != nil {
			if putErr == nil || removeErr == nil {
				t.Fatal("an unclear file was changed")
			}
			return
		}
		if has {
			onePart(t, file, with)
			onePart(t, file, without)
			if still, err := ours.Has(without); still || err != nil {
				t.Fatalf("not gone: %v", err)
			}
			return
		}
		if !bytes.HasPrefix(with, file) || !bytes.Equal(without, file) {
			t.Fatalf("foreign lines changed: %q", with)
		}
		if back, err := newer.Remove(with); err != nil || !bytes.Equal(back, file) {
			t.Fatalf("%v: %q became %q", err, file, back)
		}
		changed, _ := newer.Put(with)
		if direct, _ := newer.Put(file); !bytes.Equal(changed, direct) {
			t.Fatalf("%q is not %q", changed, direct)
		}
	})
}

// FuzzVariable does the same for files of variables.
func FuzzVariable(f *testing.F) {
	for _, file := range []string{"", "A=1\n", "A=1", "A\r\nB=\r", "MC_HOST_daypass_lake=x", "\r\nMC_HOST_daypass_lake=x"} {
		f.Add([]byte(file))
	}
	v := Variable{"MC_HOST_daypass_lake", "v"}
	f.Fuzz(func(t *testing.T, file []byte) {
		has, err := v.Has(file)
		if err != nil {
			return
		}
		with, err := v.Put(file)
		if err != nil {
			t.Fatal(err)
		}
		if has {
			if cut := replaced(file, with); strings.Contains(cut, "\n") {
				t.Fatalf("more than a value went: %q", cut)
			}
			return
		}
		if back, err := v.Remove(with); err != nil || !bytes.Equal(back, file) || !bytes.HasPrefix(with, file) {
			t.Fatalf("%v: %q became %q", err, file, back)
		}
	})
}

// onePart fails unless b is a with one contiguous part replaced in which there was no header but ours.
func onePart(t *testing.T, a, b []byte) {
	t.Helper()
	for l := range strings.Lines(replaced(a, b)) {
		if kindOf(l) == header && strings.Contains(l, "]") && headerName(l) != ours.Name {
			t.Fatalf("a foreign section went from %q", a)
		}
	}
}

// replaced returns the part of a that is not in b.
func replaced(a, b []byte) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	a, b = a[at:], b[at:]
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return string(a)
}
