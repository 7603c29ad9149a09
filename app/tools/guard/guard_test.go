package guard_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daypass/app/tools/guard"
)

func TestScriptText_bounds(t *testing.T) {
	const most = 1 << 20
	dir := t.TempDir()
	if got := guard.ScriptText(filepath.Join(dir, "missing")) + guard.ScriptText(dir); got != "" {
		t.Errorf("what is no file has a text of %d bytes", len(got))
	}
	script := "#!/bin/sh\naws s3 ls\n"
	tests := []struct{ name, content, want string }{
		{"a script", script, script},
		{"no content", "", ""},
		{"a long script", script + strings.Repeat("# more\n", 1000), script + strings.Repeat("# more\n", 1000)},
		{"the longest script", strings.Repeat("x", most), strings.Repeat("x", most)},
		{"a file too long for a script", strings.Repeat("x", most+1), ""},
		{"a program", "\x7fELF\x02\x01\x01\x00" + strings.Repeat("x", 1000), ""},
	}
	for _, tt := range tests {
		file := filepath.Join(dir, "program")
		if err := os.WriteFile(file, []byte(tt.content), 0o700); err != nil {
			t.Fatal(err)
		}
		if got := guard.ScriptText(file); got != tt.want {
			t.Errorf("%s has a text of %d bytes, want %d", tt.name, len(got), len(tt.want))
		}
	}
}
