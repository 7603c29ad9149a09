package e2e

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// listen records every message on the desk's session bus, until the function it gives is called.
func (s *scene) listen() func() []byte {
	s.t.Helper()
	cmd := s.Command("dbus-monitor", "--session", "--pcap")
	var out bytes.Buffer
	cmd.Stdout = &out
	s.must(cmd.Start())
	time.Sleep(300 * time.Millisecond)
	return func() []byte {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
		return out.Bytes()
	}
}

// processes is the command line and the environment of every process.
func processes() []byte {
	var all []byte
	for _, pattern := range []string{"/proc/[0-9]*/cmdline", "/proc/[0-9]*/environ"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			content, _ := os.ReadFile(file) // which may have ended
			all = append(append(all, content...), '\n')
		}
	}
	return all
}

var copiedSecret = regexp.MustCompile(`(?:AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)='?([^'\n]+)`)

// keptToItself checks that the keys that were on the clipboard were nowhere else in the meantime: not in a
// file, an argument, an environment or a message on the session bus.
func (s *scene) keptToItself(keys string, processes, messages []byte) {
	s.t.Helper()
	places := map[string][]byte{"the processes": processes, "the session bus": messages}
	s.must(filepath.WalkDir(s.Dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			places[path], _ = os.ReadFile(path) // which may be gone
		}
		return nil
	}))
	secrets := copiedSecret.FindAllStringSubmatch(keys, -1)
	if len(secrets) != 2 {
		s.t.Fatalf("%d secrets were copied", len(secrets))
	}
	for name, content := range places {
		for _, secret := range secrets {
			if bytes.Contains(content, []byte(secret[1])) {
				s.t.Errorf("%s holds a copied secret", name)
			}
		}
	}
	if !bytes.Contains(processes, []byte("agent\x00clipboard")) || !bytes.Contains(messages, []byte("com.canonical.dbusmenu")) {
		s.t.Error("the processes or the session bus were not seen")
	}
	if log := places[s.Path("config", "state", "agent.log")]; !bytes.Contains(log, []byte("level=DEBUG")) {
		s.t.Error("there is no verbose log")
	}
}
