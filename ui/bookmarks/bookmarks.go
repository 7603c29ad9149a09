// Package bookmarks remembers the bookmarks of each connection and where the user was last in its storage, in a small
// file.
package bookmarks

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"daypass/app/durable"
)

const (
	// maxRecent and maxBookmarks bound what is remembered of a connection.
	maxRecent    = 8
	maxBookmarks = 50
	// maxFile bounds what is read of the file.
	maxFile = 1 << 20
)

// Store holds the bookmarks of all connections. Its methods may be called by one goroutine at a time; the file
// is written in another.
type Store struct {
	file  string
	pages map[string]*page

	saving sync.Mutex
	latest int // the number of the last version to be written
}

// page is what is remembered of one connection. Locations are written like s3://bucket/folder/.
type page struct {
	Last      string   `json:"last,omitempty"`
	Recent    []string `json:"recent,omitempty"`
	Bookmarks []string `json:"favourites,omitempty"`
	// Folder is where downloads went last.
	Folder string `json:"folder,omitempty"`
}

// fileName is the file's name in its folder.
const fileName = "places.json"

// Open reads the file in a folder. One that is not there, or cannot be read, is an empty store: nothing in
// it is worth stopping for. Without a folder nothing is kept beyond the end of the program.
func Open(dir string) *Store {
	s := &Store{pages: map[string]*page{}}
	if dir == "" {
		return s
	}
	file := filepath.Join(dir, fileName)
	s.file = file
	if info, err := os.Stat(file); err != nil || info.Size() > maxFile {
		return s
	}
	if data, err := os.ReadFile(file); err == nil {
		_ = json.Unmarshal(data, &s.pages)
	}
	for id, p := range s.pages {
		if p == nil {
			delete(s.pages, id)
		}
	}
	return s
}

func (s *Store) page(id string) *page {
	p := s.pages[id]
	if p == nil {
		p = &page{}
		s.pages[id] = p
	}
	return p
}

// Visit notes that the user is at a location now.
func (s *Store) Visit(id, at string) {
	p := s.page(id)
	if p.Last == at {
		return
	}
	p.Last = at
	p.Recent = slices.DeleteFunc(p.Recent, func(path string) bool { return path == at })
	p.Recent = slices.Insert(p.Recent, 0, at)
	p.Recent = p.Recent[:min(len(p.Recent), maxRecent)]
	s.save()
}

// Last returns where the user was last; empty for nowhere.
func (s *Store) Last(id string) string { return s.page(id).Last }

// Recent returns the locations visited last, the latest first.
func (s *Store) Recent(id string) []string { return slices.Clone(s.page(id).Recent) }

// List returns the bookmarks, in the order in which they were added.
func (s *Store) List(id string) []string { return slices.Clone(s.page(id).Bookmarks) }

// Has reports whether a location is a bookmark.
func (s *Store) Has(id, at string) bool {
	return slices.Contains(s.page(id).Bookmarks, at)
}

// Toggle adds a bookmark, or removes it.
func (s *Store) Toggle(id, at string) {
	p := s.page(id)
	if n := slices.Index(p.Bookmarks, at); n >= 0 {
		p.Bookmarks = slices.Delete(p.Bookmarks, n, n+1)
	} else if len(p.Bookmarks) < maxBookmarks {
		p.Bookmarks = append(p.Bookmarks, at)
	}
	s.save()
}

// Folder returns where downloads went last; empty for nowhere.
func (s *Store) Folder(id string) string { return s.page(id).Folder }

// SetFolder notes where downloads go.
func (s *Store) SetFolder(id, folder string) {
	if p := s.page(id); p.Folder != folder {
		p.Folder = folder
		s.save()
	}
}

// Remove removes what is remembered of a connection.
func (s *Store) Remove(id string) {
	if s.pages[id] != nil {
		delete(s.pages, id)
		s.save()
	}
}

// save writes the file in a goroutine.
func (s *Store) save() {
	if s.file == "" {
		return
	}
	data, err := json.MarshalIndent(s.pages, "", "  ")
	if err != nil {
		return
	}
	s.saving.Lock()
	s.latest++
	mine := s.latest
	s.saving.Unlock()
	go func() {
		s.saving.Lock()
		defer s.saving.Unlock()
		if mine == s.latest { // and no later one is on its way
			s.write(data)
		}
	}()
}

// Flush waits until the file is written.
func (s *Store) Flush() {
	if s.file == "" {
		return
	}
	data, err := json.MarshalIndent(s.pages, "", "  ")
	if err != nil {
		return
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	s.latest++
	s.write(data)
}

// write replaces the file; what cannot be written is not worth a word.
func (s *Store) write(data []byte) {
	if os.MkdirAll(filepath.Dir(s.file), 0o700) == nil {
		_ = durable.WriteFile(s.file, data)
	}
}
