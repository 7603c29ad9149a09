package memory

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"time"

	"daypass/app/durable"
)

const (
	// FileName is the name of the file in its folder.
	FileName = "window.json"
	// maxFile bounds what is read of the file, in bytes.
	maxFile = 64 << 10
	// saveAfter is how long a change waits for others before the record is written: a window or a column that is
	// resized changes many times a second.
	saveAfter = time.Second
)

// Store is the record and its file. Get and Update belong to the UI thread; the file is written elsewhere.
type Store struct {
	path   string
	record Record
	others map[string]json.RawMessage

	mu    sync.Mutex
	dirty []byte // what is not written yet; nil for nothing
	timer *time.Timer
}

// Open reads the record in a folder. One that is not there, or is damaged, has its defaults: nothing in it is worth
// stopping for. Without a folder nothing is remembered beyond the end of the program.
func Open(dir string) *Store {
	if dir == "" {
		return &Store{}
	}
	s := &Store{path: filepath.Join(dir, FileName)}
	if data, err := durable.ReadFile(s.path, maxFile); err == nil {
		s.record, s.others = parse(data)
	}
	return s
}

// Get returns the record. What is in its maps must not be changed.
func (s *Store) Get() Record { return s.record }

// Update changes the record, and has it written a moment later.
func (s *Store) Update(change func(*Record)) {
	changed := s.record.clone()
	change(&changed)
	s.record = changed.valid()
	if s.path == "" {
		return
	}
	data, err := format(s.record, s.others)
	if err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dirty = data; s.timer == nil {
		s.timer = time.AfterFunc(saveAfter, s.Flush)
	}
}

// Flush writes the record now, if it has changed, and returns once that is done.
func (s *Store) Flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.timer != nil {
		s.timer.Stop()
		s.timer = nil
	}
	if s.dirty == nil {
		return
	}
	// What cannot be written is not worth telling.
	if os.MkdirAll(filepath.Dir(s.path), 0o700) == nil {
		_ = durable.WriteFile(s.path, s.dirty)
	}
	s.dirty = nil
}
