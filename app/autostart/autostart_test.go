package autostart

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var agent = Entry{Program: "/opt/day pass/daypass", Args: []string{"agent"}}

// The entry is created and removed, and twice is the same as once.
func TestEntry_setAndUnset(t *testing.T) {
	dir := t.TempDir()
	f := agent.desktopEntry(dir)
	for range 2 {
		if err := f.set(true); err != nil {
			t.Fatal(err)
		}
	}
	want := `[Desktop Entry]
Type=Application
Name=Daypass
Comment=Keeps you signed in to your storage
Comment[de]=Hält Sie bei Ihrem Speicher angemeldet
Comment[fr]=Vous garde connecté à votre stockage
Comment[es]=Mantiene iniciada la sesión en su almacenamiento
Comment[ja]=ストレージへのサインイン状態を維持します
Comment[zh_CN]=让你保持登录存储
Exec="/opt/day pass/daypass" "agent"
Icon=daypass
Terminal=false
NoDisplay=true
X-GNOME-Autostart-enabled=true
`
	path := filepath.Join(dir, "autostart", desktopEntryName)
	if got := read(t, path); got != want {
		t.Errorf("got\n%s", got)
	}
	for range 2 {
		if err := f.set(false); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("it is still there: %v", err)
	}
}

// The user's changes stay until the program moves.
func TestEntry_keepsUserChanges(t *testing.T) {
	dir := t.TempDir()
	f := agent.desktopEntry(dir)
	if err := f.set(true); err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(read(t, f.path), "enabled=true", "enabled=false", 1)
	if err := os.WriteFile(f.path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.set(true); err != nil || read(t, f.path) != changed {
		t.Errorf("%v, it is now\n%s", err, read(t, f.path))
	}
	moved := Entry{Program: "/usr/bin/daypass", Args: []string{"agent"}}.desktopEntry(dir)
	if err := moved.set(true); err != nil || !strings.Contains(read(t, f.path), `Exec="/usr/bin/daypass" "agent"`) {
		t.Errorf("%v, it is now\n%s", err, read(t, f.path))
	}
}

// An entry that cannot be written is an error.
func TestEntry_reportsWriteError(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "taken")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := agent.desktopEntry(dir).set(true); err == nil {
		t.Error("no error")
	}
}

func TestExecValue_quoting(t *testing.T) {
	tests := map[string]string{
		`/plain/daypass`: `"/plain/daypass"`,
		`/a "b"`:         `"/a \\"b\\""`,
		"/a`b$c":         "\"/a\\\\`b\\\\$c\"",
		`/a\b`:           `"/a\\\\b"`,
		`/100%`:          `"/100%%"`,
	}
	for path, want := range tests {
		if got := execValue([]string{path}); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestLaunchAgent_plist(t *testing.T) {
	f := Entry{Program: "/Applications/Day & <pass>/daypass", Args: []string{"agent"}}.launchAgent("/Users/ada")
	if f.path != "/Users/ada/Library/LaunchAgents/io.github.daypass.Daypass.plist" {
		t.Error(f.path)
	}
	var texts []string
	for d := xml.NewDecoder(strings.NewReader(string(f.text))); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, ok := token.(xml.CharData); ok && strings.TrimSpace(string(text)) != "" {
			texts = append(texts, string(text))
		}
	}
	want := []string{
		"Label", label, "ProgramArguments", "/Applications/Day & <pass>/daypass", "agent", "RunAtLoad", "ProcessType", "Interactive",
	}
	if !slices.Equal(texts, want) {
		t.Errorf("%q", texts)
	}
	if !strings.Contains(string(f.text), string(f.starts)) {
		t.Error("it does not find itself")
	}
}

func TestCommandLine_quoting(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{[]string{`C:\Program Files\Daypass\daypass.exe`, "agent"}, `"C:\Program Files\Daypass\daypass.exe" "agent"`},
		{[]string{`C:\ends with\`}, `"C:\ends with\\"`},
		{[]string{`a"b`, `a\"b`}, `"a\"b" "a\\\"b"`},
	}
	for _, tt := range tests {
		if got := commandLine(tt.args); got != tt.want {
			t.Errorf("%q: %s", tt.args, got)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
