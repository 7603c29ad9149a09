//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"testing"

	"daypass/app/tools"
)

// Tools can run daypass from a folder with spaces in its name.
func TestStableProgram_folderWithSpaces(t *testing.T) {
	plain, spaces := t.TempDir(), filepath.Join(t.TempDir(), "Ada B's files")
	program := filepath.Join(spaces, "daypass")
	for name, tt := range map[string]struct{ state, runtime, want string }{
		"a program in such a folder":       {plain, spaces, filepath.Join(plain, "bin", "daypass")},
		"all that is the user's in such a": {spaces, plain, filepath.Join(plain, "bin", "daypass")},
		"nothing without":                  {spaces, spaces, program},
	} {
		t.Setenv("DAYPASS_STATE_DIR", tt.state)
		t.Setenv("DAYPASS_RUNTIME_DIR", tt.runtime)
		for _, version := range []string{"first", "updated"} {
			if err := os.MkdirAll(spaces, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(program, []byte("#!/bin/sh\necho "+version+"\n"), 0o700); err != nil {
				t.Fatal(err)
			}
			got := stableProgram(program)
			if got != tt.want {
				t.Errorf("%s: %s, want %s", name, got, tt.want)
			}
			if text, err := os.ReadFile(got); err != nil || string(text) != "#!/bin/sh\necho "+version+"\n" {
				t.Errorf("%s: %q %v", name, text, err)
			}
			_, err := tools.AWSProfile(tools.Access{Connection: "lake"}, tools.CredsCommand(got, "lake"))
			if (err == nil) != (got != program) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if got := stableProgram("/usr/bin/daypass"); got != "/usr/bin/daypass" {
		t.Errorf("%s", got)
	}
	moved := filepath.Join(spaces, "other place", "daypass")
	t.Setenv("DAYPASS_STATE_DIR", plain)
	if target, err := os.Readlink(stableProgram(moved)); err != nil || target != moved {
		t.Errorf("the link leads to %s: %v", target, err)
	}
}
