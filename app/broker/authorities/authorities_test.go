package authorities

import (
	"os"
	"path/filepath"
	"testing"
)

// A bundle has the system's authorities and the private one, and follows a change.
func TestWrite_bundleOfSystemAndOwn(t *testing.T) {
	dir := t.TempDir()
	system, own := filepath.Join(dir, "system.pem"), filepath.Join(dir, "own.pem")
	getenv := func(name string) string { return map[string]string{"SSL_CERT_FILE": system}[name] }
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(system, "SYSTEM")
	for _, text := range []string{"OWN\n", "NEW\n"} {
		write(own, text)
		path, err := Write(getenv, filepath.Join(dir, "made"), "lake", own)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != "SYSTEM\n"+text || path != filepath.Join(dir, "made", "lake.pem") {
			t.Errorf("%s: %q %v", path, got, err)
		}
	}
	if _, err := Write(getenv, dir, "lake", filepath.Join(dir, "none.pem")); err == nil {
		t.Error("a bundle without the connection's own")
	}
}
