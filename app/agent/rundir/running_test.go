package rundir

import (
	"os"
	"path/filepath"
	"testing"
)

// A note is read as it was written.
func TestReadRunning_roundTrip(t *testing.T) {
	dir := t.TempDir()
	want := Running{Dir: filepath.Join(dir, "run"), PID: os.Getpid(), Started: StartOf(os.Getpid())}
	if err := os.WriteFile(RunningPath(dir), want.Text(), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := ReadRunning(dir); err != nil || got != want {
		t.Errorf("%+v %v, want %+v", got, err, want)
	}
}

// A note that somebody else may have written is not read.
func TestReadRunning_refusesOthersNotes(t *testing.T) {
	good := Running{Dir: "/run", PID: 7}.Text()
	for name, write := range map[string]func(path string) error{
		"others may write": func(p string) error {
			return firstError(os.WriteFile(p, good, 0o600), os.Chmod(p, 0o622))
		},
		"a link":          func(p string) error { return firstError(os.WriteFile(p+"2", good, 0o600), os.Symlink(p+"2", p)) },
		"a folder":        func(p string) error { return os.Mkdir(p, 0o700) },
		"of no text":      func(p string) error { return os.WriteFile(p, nil, 0o600) },
		"of another kind": func(p string) error { return os.WriteFile(p, []byte("x\n/run\n7\n\n"), 0o600) },
		"relative":        func(p string) error { return os.WriteFile(p, Running{Dir: "run", PID: 7}.Text(), 0o600) },
		"of every process": func(p string) error {
			return os.WriteFile(p, Running{Dir: "/run", PID: -1}.Text(), 0o600)
		},
	} {
		dir := t.TempDir()
		if err := write(RunningPath(dir)); err != nil {
			t.Fatal(err)
		}
		if got, err := ReadRunning(dir); err == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
