package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"
)

// File is one file of a source, or a folder with nothing in it.
type File struct {
	// Path is its path on this computer, and local the one below its source.
	Path, Local string
	// Name is its path below the folder that it is uploaded to, with "/" between folders and at the end of a folder's.
	Name     string
	IsFolder bool
	Size     int64
	Modified time.Time
}

// Source is a file or folder that is uploaded. What lies in a folder is opened through os.Root, so
// that no link in it brings something along from elsewhere.
type Source struct {
	Path string // as the user gave it
	Name string // its name in the bucket
	// root is the folder; nil where the source is a single file.
	root *os.Root
}

// OpenSource opens what is uploaded; as, where it is not empty, is its name in the bucket.
func OpenSource(path, as string) (*Source, error) {
	s := &Source{Path: filepath.Clean(path), Name: filepath.Base(path)}
	if as != "" {
		s.Name = as
	}
	info, err := os.Stat(s.Path)
	if err == nil && info.IsDir() {
		s.root, err = os.OpenRoot(s.Path)
	}
	return s, err
}

// IsFolder reports whether the source is a folder.
func (s *Source) IsFolder() bool { return s.root != nil }

// Close lets go of the source.
func (s *Source) Close() {
	if s.root != nil {
		_ = s.root.Close()
	}
}

// Open opens a file of the source.
func (s *Source) Open(local string) (file *os.File, info fs.FileInfo, err error) {
	if s.root == nil {
		file, err = os.Open(s.Path) // the user chose it, also where it is a link
	} else {
		file, err = s.root.Open(local)
	}
	if err != nil {
		return nil, nil, err
	}
	info, err = file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: local, Err: ErrNotAFile}
	}
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, info, nil
}

// ErrNotAFile is what is neither a file nor a folder, or a link to a folder.
var ErrNotAFile = errors.New("it is no file")

// Each returns every file of the source, and every folder with nothing in it. take stops the walk by
// reporting false.
func (s *Source) Each(take func(File) bool, odd func(local string, err error)) error {
	if s.root == nil {
		info, err := os.Stat(s.Path)
		switch {
		case err != nil:
			odd("", err)
		case !info.Mode().IsRegular():
			odd("", &fs.PathError{Op: "upload", Path: s.Path, Err: ErrNotAFile})
		default:
			take(File{Path: s.Path, Name: s.Name, Size: info.Size(), Modified: info.ModTime()})
		}
		return nil
	}
	_, err := s.walk(".", take, odd)
	return err
}

// walk goes through one folder. It keeps no more of it in memory than the names of its folders.
func (s *Source) walk(dir string, take func(File) bool, odd func(string, error)) (goOn bool, err error) {
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
		return take(s.file(dir, nil)), nil
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

// one takes one entry of a folder. A link counts as what it leads to, as long as that is a file
// within the source.
func (s *Source) one(local string, e fs.DirEntry, take func(File) bool, odd func(string, error)) bool {
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
		odd(local, &fs.PathError{Op: "upload", Path: local, Err: ErrNotAFile})
	default:
		return take(s.file(local, info))
	}
	return true
}

// file describes a file, or without info an empty folder.
func (s *Source) file(local string, info fs.FileInfo) File {
	f := File{Path: filepath.Join(s.Path, local), Local: local, Name: path.Join(s.Name, filepath.ToSlash(local))}
	if info == nil {
		f.IsFolder = true
		f.Name += "/"
		return f
	}
	f.Size, f.Modified = info.Size(), info.ModTime()
	return f
}
