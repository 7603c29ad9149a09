// Package logfile is the agent's log in a file, at the level that the user has selected.
package logfile

import (
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"sync"

	"daypass/app/settings"
)

// maxSize is the size in bytes at which a log makes way for a new one. One old log is kept.
const maxSize = 4 << 20

// off is above every level.
const off = slog.Level(math.MaxInt)

var levels = map[settings.LogLevel]slog.Level{
	settings.LogError: slog.LevelError, settings.LogWarn: slog.LevelWarn, settings.LogInfo: slog.LevelInfo, settings.LogDebug: slog.LevelDebug,
}

// File is a log in a file. Nothing is written, and no file made, until Set asks for it.
type File struct {
	path  string
	level slog.LevelVar

	mu   sync.Mutex
	file *os.File
	size int64
}

// New returns the log in the file at path; an empty path is a log that is never written.
func New(path string) *File {
	f := &File{path: path}
	f.level.Set(off)
	return f
}

// Handler returns what writes into the log.
func (f *File) Handler() slog.Handler {
	return slog.NewTextHandler(f, &slog.HandlerOptions{Level: &f.level})
}

// Set changes the level to wanted.
func (f *File) Set(wanted settings.LogLevel) error {
	level, on := levels[wanted]
	f.mu.Lock()
	defer f.mu.Unlock()
	if !on || f.path == "" {
		f.level.Set(off)
		return f.close()
	}
	if err := f.open(); err != nil {
		f.level.Set(off)
		return fmt.Errorf("the log cannot be written: %w", err)
	}
	f.level.Set(level)
	return nil
}

// Close ends the log.
func (f *File) Close() error { return f.Set(settings.LogOff) }

// Write implements io.Writer for the handler, which writes whole lines.
func (f *File) Write(line []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.file == nil {
		return len(line), nil // ended between the handler's look and now
	}
	if f.size+int64(len(line)) > maxSize {
		if err := f.turn(); err != nil {
			return 0, err
		}
	}
	n, err := f.file.Write(line)
	f.size += int64(n)
	return n, err
}

func (f *File) open() error {
	if f.file != nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(f.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	f.file, f.size = file, 0
	if info, err := file.Stat(); err == nil {
		f.size = info.Size()
	}
	return nil
}

func (f *File) close() error {
	if f.file == nil {
		return nil
	}
	file := f.file
	f.file = nil
	return file.Close()
}

// turn puts the full log aside and begins a new one.
func (f *File) turn() error {
	if err := f.close(); err != nil {
		return err
	}
	if err := os.Rename(f.path, f.path+".old"); err != nil {
		return err
	}
	return f.open()
}
