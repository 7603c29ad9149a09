package settings

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"

	"daypass/app/connection"
	"daypass/app/durable"
	"daypass/app/messages"
)

// FileName is the name of the settings file in Daypass's configuration folder.
const FileName = "settings.toml"

// maxFileSize bounds the settings file, in bytes.
const maxFileSize = 64 << 10

// DamagedError is a settings file that could not be read as a whole and was set aside.
type DamagedError struct {
	// SetAside is the file's name now, in the same folder; empty where it could not be renamed.
	SetAside string
	// Err says what is wrong with it.
	Err error
}

// Error implements error.
func (e *DamagedError) Error() string { return FileName + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *DamagedError) Unwrap() error { return e.Err }

// Store is the settings file. Its methods may be called from several goroutines; among processes,
// one (the agent) writes.
type Store struct {
	path string

	mu sync.Mutex
	// others are keys that this version does not know, kept for the one that does.
	others map[string]any
}

// Path returns the settings file of this user: settings.toml in Daypass's configuration folder.
func Path() (string, error) {
	dir, err := connection.ConfigDir()
	return filepath.Join(dir, FileName), err
}

// Open returns the store in the file at path. The file need not be there yet; Save makes it.
func Open(path string) *Store { return &Store{path: path} }

// Load reads the file. What it does not say has its default. The errors are what could not be
// taken from it: a *ValueError for each setting with a value it cannot have, or one *DamagedError
// for a file that is no TOML and was set aside, so that saving loses nothing somebody wrote.
func (s *Store) Load() (Settings, []error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data, err := read(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return Default(), nil
	}
	if err != nil {
		return Default(), []error{messages.NewError(err, "agent.error.settings-not-readable")}
	}
	settings, others, errs := parse(data)
	if damaged, ok := errors.AsType[*DamagedError](errors.Join(errs...)); ok {
		damaged.SetAside = s.setAside()
	}
	s.others = others
	return settings, errs
}

// Peek returns the settings in the file at path, and the defaults for what cannot be read. It leaves the file as it is:
// where that is damaged, the agent sets it aside.
func Peek(path string) Settings {
	data, err := read(path)
	if err != nil {
		return Default()
	}
	settings, _, _ := parse(data)
	return settings
}

func read(path string) ([]byte, error) {
	// A named pipe would block in Open.
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, messages.NewError(nil, "agent.connection.file-irregular")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFileSize+1))
}

// parse reads a settings file, and the keys in it that this version does not know.
func parse(data []byte) (_ Settings, others map[string]any, errs []error) {
	settings := Default()
	if len(data) > maxFileSize {
		return settings, nil, []error{&DamagedError{Err: messages.NewError(nil, "agent.error.file-too-large", "MaxSize", strconv.Itoa(maxFileSize))}}
	}
	if _, err := toml.Decode(string(data), &others); err != nil {
		return settings, nil, []error{&DamagedError{Err: tomlError(err)}}
	}
	for _, k := range keys {
		value, there := others[k.name]
		if !there {
			continue
		}
		delete(others, k.name)
		changed := settings
		if !k.set(&changed, value) || k.check(changed) != nil {
			errs = append(errs, &ValueError{k.name, k.reason})
			continue
		}
		settings = changed
	}
	return settings, others, errs
}

func tomlError(err error) error {
	if p, ok := errors.AsType[toml.ParseError](err); ok {
		return messages.NewError(nil, "agent.connection.toml-line", "Line", strconv.Itoa(p.Position.Line), "Error", p.Message)
	}
	return messages.NewError(nil, "agent.connection.toml", "Error", strings.TrimPrefix(err.Error(), "toml: "))
}

// setAside renames the file and returns its new name.
func (s *Store) setAside() string {
	name := FileName + time.Now().Format(".damaged-20060102-150405")
	if os.Rename(s.path, filepath.Join(filepath.Dir(s.path), name)) != nil {
		return ""
	}
	return name
}

// Save writes the settings, and the keys that this version did not know when it loaded them. An
// error of a value is a *ValueError and changes nothing. When Save returns, the file is on disk as a
// whole.
func (s *Store) Save(settings Settings) error {
	if err := settings.Validate(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	data, err := format(settings, s.others)
	if err != nil {
		return messages.NewError(err, "agent.error.settings-not-saved")
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return messages.NewError(err, "agent.error.settings-not-saved")
	}
	if err := durable.WriteFile(s.path, data); err != nil {
		return messages.NewError(err, "agent.error.settings-not-saved")
	}
	return nil
}

// format writes a settings file: our keys, and below them those of others.
func format(settings Settings, others map[string]any) ([]byte, error) {
	var b bytes.Buffer
	for _, k := range keys {
		if err := toml.NewEncoder(&b).Encode(map[string]any{k.name: k.get(settings)}); err != nil {
			return nil, err
		}
	}
	if len(others) == 0 {
		return b.Bytes(), nil
	}
	b.WriteByte('\n')
	err := toml.NewEncoder(&b).Encode(others)
	return b.Bytes(), err
}
