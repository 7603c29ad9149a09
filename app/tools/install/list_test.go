package install

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"daypass/app/tools"
)

// A Python package is found beside the Python that is on the PATH, in an environment, and among the user's own.
func TestLocate_pythonPackage(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("programs need an ending there")
	}
	dir := t.TempDir()
	at := func(parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }
	write(t, at("usr", "bin", "python3"), "#!/bin/sh\n")
	makeRunnable(t, at("usr", "bin", "python3"))
	t.Setenv("PATH", at("usr", "bin"))
	env := map[string]string{}
	getenv := func(name string) string { return env[name] }
	polars := tools.Find("polars")
	if got := locate(polars, getenv); got != "" {
		t.Errorf("polars is found at %s", got)
	}
	for _, tt := range []struct{ variable, value, folder string }{
		{"HOME", at("home"), at("home", ".local", "lib", "python3.13", "site-packages", "polars")},
		{"", "", at("usr", "lib", "python3", "dist-packages", "polars")},
		{"VIRTUAL_ENV", at("venv"), at("venv", "lib", "python3.13", "site-packages", "polars")},
	} {
		env[tt.variable] = tt.value
		write(t, filepath.Join(tt.folder, "__init__.py"), "")
		if got := locate(polars, getenv); got != tt.folder {
			t.Errorf("polars is found at %s, want %s", got, tt.folder)
		}
	}
	write(t, at("usr", "bin", "tofu"), "#!/bin/sh\n")
	makeRunnable(t, at("usr", "bin", "tofu"))
	if got := locate(tools.Find("terraform"), getenv); got != at("usr", "bin", "tofu") {
		t.Errorf("OpenTofu is found at %s", got)
	}
	if got := locate(tools.Find("exec"), getenv); got != "" {
		t.Errorf("any program is found at %s", got)
	}
}

func makeRunnable(t *testing.T, path string) {
	t.Helper()
	if err := os.Chmod(path, 0o700); err != nil {
		t.Fatal(err)
	}
}
