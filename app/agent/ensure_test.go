package agent

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func TestNewer_versions(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2030, 1, d, 0, 0, 0, 0, time.UTC) }
	tests := []struct {
		name string
		a, b Info
		want bool
	}{
		{"patch", Info{Version: "v1.2.4"}, Info{Version: "v1.2.3"}, true},
		{"minor beats patch", Info{Version: "v1.3.0"}, Info{Version: "v1.2.9"}, true},
		{"numbers, not letters", Info{Version: "1.10.0"}, Info{Version: "v1.9.0"}, true},
		{"older", Info{Version: "v1.2.3"}, Info{Version: "v1.2.4"}, false},
		{"older in spite of its commit", Info{Version: "v1.2.3", Committed: day(2)}, Info{Version: "v1.2.4", Committed: day(1)}, false},
		{"the same", Info{Version: "v1.2.3"}, Info{Version: "v1.2.3"}, false},
		{"a later commit", Info{Version: "v1.2.3-4-gabc", Committed: day(2)}, Info{Version: "v1.2.3", Committed: day(1)}, true},
		{"an earlier commit", Info{Version: "abc", Committed: day(1)}, Info{Version: "def", Committed: day(2)}, false},
		{"a later commit without versions", Info{Version: "dev", Committed: day(2)}, Info{Version: "v1.0.0", Committed: day(1)}, true},
		{"nothing known of the other", Info{Version: "abc", Committed: day(1)}, Info{Version: "def"}, false},
		{"nothing known", Info{Version: "abc"}, Info{Version: "def"}, false},
		{"protocol before all", Info{Version: "v1.0.0", Protocol: 2}, Info{Version: "v2.0.0", Protocol: 1}, true},
		{"an older protocol", Info{Version: "v3.0.0", Protocol: 1}, Info{Version: "v2.0.0", Protocol: 2}, false},
	}
	for _, tt := range tests {
		if got := newer(tt.a, tt.b); got != tt.want {
			t.Errorf("%s: got %t", tt.name, got)
		}
		if tt.want && newer(tt.b, tt.a) {
			t.Errorf("%s: each is newer than the other", tt.name)
		}
	}
}

func TestFindAgentBinary_searchOrder(t *testing.T) {
	name := "daypass"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	self, _ := os.Executable()
	if got, err := FindAgentBinary(); err != nil || filepath.Base(got) != filepath.Base(self) {
		t.Errorf("nothing else: %q %v", got, err)
	}
	want := filepath.Join(dir, name)
	if err := os.WriteFile(want, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if got, err := FindAgentBinary(); err != nil || got != want {
		t.Errorf("on the PATH: %q %v", got, err)
	}
}
