package connection

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"daypass/app/durable"
	"daypass/app/messages"
	"daypass/app/oserror"
)

// ErrNotFound means that no connection has this ID.
var ErrNotFound = errors.New("there is no such connection")

// FileError is a connection file that cannot be used.
type FileError struct {
	// File is the file's name without its folder.
	File string
	// Err says why; a *FieldError where it is about one key.
	Err error
}

// Error implements error.
func (e *FileError) Error() string { return e.File + ": " + e.Err.Error() }

// ID returns the ID that a connection in this file has.
func (e *FileError) ID() string { return strings.TrimSuffix(e.File, Extension) }

// Messages returns sentences on which file it is and what is wrong with it.
func (e *FileError) Messages() []messages.Message {
	file := messages.Message{ID: "agent.connection.file", Args: map[string]string{"File": e.File}}
	if field, ok := errors.AsType[*FieldError](e.Err); ok {
		file = messages.Message{ID: "agent.connection.file-field", Args: map[string]string{"File": e.File, "Field": field.Field}}
		return []messages.Message{file, field.Reason}
	}
	if known, ok := errors.AsType[*messages.Error](e.Err); ok {
		return []messages.Message{file, known.Text}
	}
	if system, ok := oserror.Message(e.Err); ok {
		return []messages.Message{system}
	}
	return []messages.Message{{ID: "agent.connection.file-error", Args: map[string]string{"File": e.File, "Error": e.Err.Error()}}}
}

// Unwrap returns the cause.
func (e *FileError) Unwrap() error { return e.Err }

// Store is a folder of connection files. Its methods may be called from several goroutines; among
// processes, one (the agent) writes.
type Store struct {
	dir string
	mu  sync.Mutex
}

// Open returns the store in dir, an absolute path. The folder need not be there yet; Save makes it.
func Open(dir string) *Store { return &Store{dir: dir} }

// Load reads every connection file in the folder as it is now, in the order of their names. Each file
// that cannot be used gives a *FileError and hides no other. Names are numbered where another connection
// is found by them too.
func (s *Store) Load() ([]Definition, []error) {
	ids, errs := s.ids()
	var defs []Definition
	for _, id := range ids {
		def, err := s.Get(id)
		if err != nil {
			errs = append(errs, &FileError{id + Extension, err})
			continue
		}
		defs = append(defs, def)
	}
	distinct(defs)
	return defs, errs
}

// ids lists the IDs in the folder.
func (s *Store) ids() ([]string, []error) {
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, []error{messages.NewError(err, "agent.error.connections-folder-not-readable")}
	}
	var ids []string
	var errs []error
	for _, e := range entries {
		id, ours := strings.CutSuffix(e.Name(), Extension)
		switch {
		case !ours || e.IsDir() || strings.HasPrefix(id, "."):
		case !ValidID(id):
			errs = append(errs, &FileError{e.Name(), messages.NewError(nil, "agent.connection.file-name")})
		default:
			ids = append(ids, id)
		}
	}
	return ids, errs
}

// Get reads one connection. ErrNotFound where there is none.
func (s *Store) Get(id string) (Definition, error) {
	if !ValidID(id) {
		return Definition{}, ErrNotFound
	}
	def, err := ReadFile(s.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return Definition{}, ErrNotFound
	}
	def.ID = id
	return def, err
}

// Save writes d, normalized and without its client secret, over the connection with the same ID, or as a new one where d has no ID.
// It returns the ID. A definition that cannot be used gives a *FieldError and changes nothing. When
// Save returns, the file is on disk as a whole.
func (s *Store) Save(d Definition) (string, error) {
	d = d.Normalized()
	if err := d.Validate(); err != nil {
		return "", err
	}
	if d.ID != "" && !ValidID(d.ID) {
		return "", ErrNotFound
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return "", messages.NewError(err, "agent.error.connection-not-saved")
	}
	others, _ := s.Load()
	if problem := d.NameInUse(others); problem != nil {
		return "", problem
	}
	if d.ID == "" {
		taken, _ := s.ids()
		d.ID = freeID(d.Name, taken)
	}
	data := d.Shared().Format()
	if len(data) > MaxFileSize {
		return "", messages.NewError(nil, "agent.error.connection-too-long", "MaxSize", strconv.Itoa(MaxFileSize))
	}
	if err := durable.WriteFile(s.path(d.ID), data); err != nil {
		return "", messages.NewError(err, "agent.error.connection-not-saved")
	}
	return d.ID, nil
}

// Remove deletes one connection. ErrNotFound where there is none.
func (s *Store) Remove(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !ValidID(id) {
		return ErrNotFound
	}
	err := os.Remove(s.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotFound
	}
	if err != nil {
		return messages.NewError(err, "agent.error.connection-not-removed")
	}
	return nil
}

func (s *Store) path(id string) string { return filepath.Join(s.dir, id+Extension) }

// ReadFile reads the connection file at path, such as one that a colleague sent. It reads at most
// MaxFileSize bytes and runs nothing; show the Summary before the first use.
func ReadFile(path string) (Definition, error) {
	// A named pipe would block in Open.
	if info, err := os.Stat(path); err != nil {
		return Definition{}, err
	} else if !info.Mode().IsRegular() {
		return Definition{}, messages.NewError(nil, "agent.connection.file-irregular")
	}
	f, err := os.Open(path)
	if err != nil {
		return Definition{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxFileSize+1))
	if err != nil {
		return Definition{}, err
	}
	return Parse(data)
}
