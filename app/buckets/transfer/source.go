package transfer

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"unicode/utf8"

	"daypass/app"
)

// source is a file or folder that is uploaded. What lies in a folder is opened through os.Root, so
// that no link in it brings something along from elsewhere.
type source struct {
	path string // as the user gave it
	name string // its name in the bucket
	// root is the folder; nil where the source is a single file.
	root *os.Root
}

func openSource(given, as string) (*source, error) {
	s := &source{path: filepath.Clean(given), name: filepath.Base(given)}
	if as != "" {
		s.name = as
	}
	info, err := os.Stat(s.path)
	if err == nil && info.IsDir() {
		s.root, err = os.OpenRoot(s.path)
	}
	return s, err
}

func (s *source) close() {
	if s.root != nil {
		_ = s.root.Close()
	}
}

// open opens a file of the source.
func (s *source) open(local string) (file *os.File, info fs.FileInfo, err error) {
	if s.root == nil {
		file, err = os.Open(s.path) // the user chose it, also where it is a link
	} else {
		file, err = s.root.Open(local)
	}
	if err != nil {
		return nil, nil, err
	}
	info, err = file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: local, Err: errNoFile}
	}
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, info, nil
}

var errNoFile = errors.New("it is no file")

// each returns every file of the source, and every folder with nothing in it. take stops the walk by
// reporting false.
func (s *source) each(take func(*item) bool, odd func(local string, err error)) error {
	if s.root == nil {
		info, err := os.Stat(s.path)
		switch {
		case err != nil:
			odd("", err)
		case !info.Mode().IsRegular():
			odd("", &fs.PathError{Op: "upload", Path: s.path, Err: errNoFile})
		default:
			take(&item{source: s, id: s.path, name: s.name, size: info.Size(), modified: info.ModTime()})
		}
		return nil
	}
	_, err := s.walk(".", take, odd)
	return err
}

// walk goes through one folder. It keeps no more of it in memory than the names of its folders.
func (s *source) walk(dir string, take func(*item) bool, odd func(string, error)) (goOn bool, err error) {
	d, err := s.root.Open(dir)
	if err != nil {
		return true, err
	}
	defer d.Close()
	var folders []string
	empty := true
	for {
		entries, err := d.ReadDir(512)
		for _, e := range entries {
			empty = false
			local := path.Join(dir, e.Name())
			if e.IsDir() {
				folders = append(folders, local)
			} else if !s.one(local, e, take, odd) {
				return false, nil
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return true, err
		}
	}
	if empty {
		return take(s.item(dir, nil)), nil
	}
	for _, folder := range folders {
		if goOn, err := s.walk(folder, take, odd); !goOn {
			return false, nil
		} else if err != nil {
			odd(folder, err)
		}
	}
	return true, nil
}

// one returns one entry of a folder. A link counts as what it leads to, as long as that is a file
// within the source.
func (s *source) one(local string, e fs.DirEntry, take func(*item) bool, odd func(string, error)) bool {
	info, err := e.Info()
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		info, err = s.root.Stat(local)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && e.Type()&fs.ModeSymlink == 0:
		return true // deleted since the folder was read
	case err != nil:
		odd(local, err)
	case !info.Mode().IsRegular():
		odd(local, &fs.PathError{Op: "upload", Path: local, Err: errNoFile})
	default:
		return take(s.item(local, info))
	}
	return true
}

// item makes the item for a file, or without info for an empty folder.
func (s *source) item(local string, info fs.FileInfo) *item {
	it := &item{source: s, id: filepath.Join(s.path, local), local: local, name: path.Join(s.name, filepath.ToSlash(local))}
	if info == nil {
		it.folder = true
		it.name += "/"
		return it
	}
	it.size, it.modified = info.Size(), info.ModTime()
	return it
}

// oddFile is the reason for which something is not uploaded.
func (j *job) oddFile(err error) app.Problem {
	p := app.Problem{Code: "not-uploaded", Title: "It was left out", At: now(), NextStep: "Upload it by itself if you need it."}
	switch {
	case errors.Is(err, errNoFile):
		p.Detail = "It is no file but a device, a pipe, a socket or a link to a folder."
	case escapes(err):
		p.Detail = "It is a link that leads out of the folder you chose."
	case errors.Is(err, fs.ErrNotExist):
		p.Detail = "It is a link that leads nowhere."
	default:
		return j.problemOf(err)
	}
	return p
}

// checkKey refuses names that no bucket takes, before anything is sent.
func checkKey(key string) error {
	switch {
	case !utf8.ValidString(key):
		return &failure{
			code: "name-not-unicode", title: "The name is not Unicode",
			detail: "Names in buckets are Unicode text, and the name of this file on the disk is not.", next: "Rename the file, and resume.",
		}
	case len(key) > 1024:
		return &failure{
			code: "name-too-long", title: "The name is too long",
			detail: "With the folders it lies in, it has more than the 1,024 bytes that a bucket takes.", next: "Choose a shorter folder or name.",
		}
	}
	return nil
}
