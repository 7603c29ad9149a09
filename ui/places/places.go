// Package places remembers where in its storage a person was on each connection, and what they like to come
// back to, in a small file.
package places

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"daypass/app/durable"
)

const (
	// mostRecent and mostFavourites bound what is remembered of a connection.
	mostRecent     = 8
	mostFavourites = 50
	// mostFile bounds what is read of the file.
	mostFile = 1 << 20
)

// Book is the places of all connections. Its methods may be called by one goroutine at a time; the file
// is written in another.
type Book struct {
	file  string
	pages map[string]*page

	saving sync.Mutex
	latest int // the number of the last version to be written
}

// page is what is remembered of one connection. Places are paths like s3://bucket/folder/.
type page struct {
	Last       string   `json:"last,omitempty"`
	Recent     []string `json:"recent,omitempty"`
	Favourites []string `json:"favourites,omitempty"`
	// Folder is where downloads went last.
	Folder string `json:"folder,omitempty"`
}

// fileName is the file's name in its folder.
const fileName = "places.json"

// Open reads the file in a folder. One that is not there, or cannot be read, is an empty book: nothing in
// it is worth stopping for. Without a folder nothing is kept beyond the end of the program.
func Open(dir string) *Book {
	b := &Book{pages: map[string]*page{}}
	if dir == "" {
		return b
	}
	file := filepath.Join(dir, fileName)
	b.file = file
	if info, err := os.Stat(file); err != nil || info.Size() > mostFile {
		return b
	}
	if data, err := os.ReadFile(file); err == nil {
		_ = json.Unmarshal(data, &b.pages)
	}
	for id, p := range b.pages {
		if p == nil {
			delete(b.pages, id)
		}
	}
	return b
}

func (b *Book) page(id string) *page {
	p := b.pages[id]
	if p == nil {
		p = &page{}
		b.pages[id] = p
	}
	return p
}

// Visit notes that the person is at a place now.
func (b *Book) Visit(id, place string) {
	p := b.page(id)
	if p.Last == place {
		return
	}
	p.Last = place
	p.Recent = slices.DeleteFunc(p.Recent, func(s string) bool { return s == place })
	p.Recent = slices.Insert(p.Recent, 0, place)
	p.Recent = p.Recent[:min(len(p.Recent), mostRecent)]
	b.save()
}

// Last is where the person was last; empty for nowhere.
func (b *Book) Last(id string) string { return b.page(id).Last }

// Recent are the places visited last, the latest first.
func (b *Book) Recent(id string) []string { return slices.Clone(b.page(id).Recent) }

// Favourites are in the order in which they were added.
func (b *Book) Favourites(id string) []string { return slices.Clone(b.page(id).Favourites) }

// IsFavourite reports whether a place is one.
func (b *Book) IsFavourite(id, place string) bool {
	return slices.Contains(b.page(id).Favourites, place)
}

// Toggle makes a place a favourite, or no longer.
func (b *Book) Toggle(id, place string) {
	p := b.page(id)
	if n := slices.Index(p.Favourites, place); n >= 0 {
		p.Favourites = slices.Delete(p.Favourites, n, n+1)
	} else if len(p.Favourites) < mostFavourites {
		p.Favourites = append(p.Favourites, place)
	}
	b.save()
}

// Folder is where downloads went last; empty for nowhere.
func (b *Book) Folder(id string) string { return b.page(id).Folder }

// SetFolder notes where downloads go.
func (b *Book) SetFolder(id, folder string) {
	if p := b.page(id); p.Folder != folder {
		p.Folder = folder
		b.save()
	}
}

// Forget forgets a connection.
func (b *Book) Forget(id string) {
	if b.pages[id] != nil {
		delete(b.pages, id)
		b.save()
	}
}

// save writes the book in a goroutine.
func (b *Book) save() {
	if b.file == "" {
		return
	}
	data, err := json.MarshalIndent(b.pages, "", "  ")
	if err != nil {
		return
	}
	b.saving.Lock()
	b.latest++
	mine := b.latest
	b.saving.Unlock()
	go func() {
		b.saving.Lock()
		defer b.saving.Unlock()
		if mine == b.latest { // and no later one is on its way
			b.write(data)
		}
	}()
}

// Flush waits until the book is written.
func (b *Book) Flush() {
	if b.file == "" {
		return
	}
	data, err := json.MarshalIndent(b.pages, "", "  ")
	if err != nil {
		return
	}
	b.saving.Lock()
	defer b.saving.Unlock()
	b.latest++
	b.write(data)
}

// write replaces the file; what cannot be written is not worth telling.
func (b *Book) write(data []byte) {
	if os.MkdirAll(filepath.Dir(b.file), 0o700) == nil {
		_ = durable.WriteFile(b.file, data)
	}
}
