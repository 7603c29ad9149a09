package journey

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
)

// transcript is what a command says while it runs.
type transcript struct {
	mu    sync.Mutex
	said  bytes.Buffer
	ended chan struct{}
}

// listen reads all that a command says.
func listen(r io.Reader) *transcript {
	t := &transcript{ended: make(chan struct{})}
	go func() {
		defer close(t.ended)
		_, _ = io.Copy(t, r)
	}()
	return t
}

// Write implements io.Writer.
func (t *transcript) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.said.Write(p)
}

// text is what has been said so far, and all what had been said at the end.
func (t *transcript) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.said.String()
}

func (t *transcript) all() string {
	<-t.ended
	return t.text()
}

// lines counts the lines of a file of the user's; one that is not there has none.
func (u *User) lines(name string) int {
	data, err := os.ReadFile(u.Path(name))
	if err != nil {
		return 0
	}
	return bytes.Count(data, []byte("\n"))
}

// lastWords is the end of the agent's log.
func (u *User) lastWords() string {
	data, err := os.ReadFile(u.Log())
	if err != nil {
		return err.Error()
	}
	lines := slices.DeleteFunc(strings.Split(strings.TrimSpace(string(data)), "\n"), func(line string) bool { return strings.Contains(line, "level=DEBUG msg=request") })
	return strings.Join(lines[max(0, len(lines)-40):], "\n")
}

// stringIn is a string in a JSON object, empty where there is none.
func stringIn(object []byte, name string) string {
	var fields map[string]any
	if json.Unmarshal(object, &fields) != nil {
		return ""
	}
	value, _ := fields[name].(string)
	return value
}
