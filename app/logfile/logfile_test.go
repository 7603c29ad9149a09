package logfile

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daypass/app/settings"
)

func contents(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return string(data)
}

// The log has as much as the settings say.
func TestFile_holdsSelectedLevel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "agent.log")
	f := New(path)
	log := slog.New(f.Handler())
	log.Error("before")
	if _, err := os.Stat(path); err == nil {
		t.Error("a log that nobody asked for")
	}
	for _, wanted := range []settings.LogLevel{settings.LogWarn, settings.LogDebug, settings.LogOff, settings.LogInfo} {
		if err := f.Set(wanted); err != nil {
			t.Fatal(err)
		}
		for _, level := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn} {
			log.Log(t.Context(), level, string(wanted))
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	log.Error("after")
	text := contents(t, path)
	for word, want := range map[string]int{"before": 0, "msg=warn": 1, "msg=debug": 3, "msg=off": 0, "msg=info": 2, "after": 0} {
		if got := strings.Count(text, word); got != want {
			t.Errorf("%q is there %d times, want %d", word, got, want)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

// The log does not grow without limit.
func TestFile_isBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "agent.log")
	f := New(path)
	if err := f.Set(settings.LogInfo); err != nil {
		t.Fatal(err)
	}
	line := []byte(strings.Repeat("x", 1<<20-1) + "\n")
	for range 10 {
		if _, err := f.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if now, old := len(contents(t, path)), len(contents(t, path+".old")); now != 2<<20 || old != maxSize {
		t.Errorf("%d and %d bytes", now, old)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	again := New(path) // which goes on where the last one ended
	if err := again.Set(settings.LogInfo); err != nil || again.size != 2<<20 {
		t.Errorf("%v, size %d", err, again.size)
	}
	_ = again.Close()
}

// A log without a path is none.
func TestFile_withoutPathWritesNothing(t *testing.T) {
	f := New("")
	if err := f.Set(settings.LogDebug); err != nil {
		t.Error(err)
	}
	slog.New(f.Handler()).Error("lost")
}

// A log that cannot be written is reported.
func TestFile_reportsWriteError(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "taken")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f := New(filepath.Join(dir, "agent.log"))
	if err := f.Set(settings.LogDebug); err == nil {
		t.Error("no error")
	}
	slog.New(f.Handler()).Error("lost")
}
