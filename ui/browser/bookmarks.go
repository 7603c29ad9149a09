package browser

import (
	"strings"

	"daypass/app/location"
	"daypass/app/messages"
)

// BookmarkMenu is the bookmarks of a connection and the locations visited last.
type BookmarkMenu struct {
	// Toggle adds the location on screen, or removes it; CanToggle is false where there is none to add.
	Toggle    string
	CanToggle bool
	Paths     []BookmarkLine
}

// BookmarkLine is a location to go to, with the ID of its line; a Gap is before it.
type BookmarkLine struct {
	ID, Label, Note, Path string
	Gap                   bool
}

// bookmarked reports whether the location on screen is a bookmark.
func (s *Server) bookmarked() bool {
	return s.c.deps.Bookmarks.Has(s.ID, s.Listing.At().URL())
}

func (s *Server) bookmarkMenu() BookmarkMenu {
	here := s.Listing.At().URL()
	m := BookmarkMenu{Toggle: messages.Text("browser.bookmark.add"), CanToggle: !s.Listing.At().Root()}
	if s.bookmarked() {
		m.Toggle = messages.Text("browser.bookmark.remove")
	}
	add := func(id, note string, paths []string) {
		gap := true
		for _, p := range paths {
			if p != here {
				m.Paths = append(m.Paths, BookmarkLine{ID: id + ":" + p, Label: ShortPath(p), Note: note, Path: p, Gap: gap})
				gap = false
			}
		}
	}
	add("bookmark", messages.Text("browser.bookmark.note"), s.c.deps.Bookmarks.List(s.ID))
	add("recent", messages.Text("browser.bookmark.recent"), s.c.deps.Bookmarks.Recent(s.ID))
	return m
}

// ToggleBookmark adds the location on screen to the bookmarks, or removes it.
func (n *Navigation) ToggleBookmark() {
	if s := n.c.Shown(); s != nil {
		n.c.deps.Bookmarks.Toggle(s.ID, s.Listing.At().URL())
		n.c.Render()
	}
}

// maxRecent is how many paths are offered where something is copied to.
const maxRecent = 12

// recentPaths are the paths in a connection that are bookmarked or were visited, without repetition.
func (c *Controller) recentPaths(connection string) []string {
	var out []string
	seen := map[string]bool{}
	for _, paths := range [][]string{c.deps.Bookmarks.List(connection), c.deps.Bookmarks.Recent(connection)} {
		for _, p := range paths {
			if strings.TrimPrefix(p, location.Scheme) != "" && !seen[p] && len(out) < maxRecent {
				seen[p] = true
				out = append(out, p)
			}
		}
	}
	return out
}
