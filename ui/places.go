package ui

import (
	"daypass/app/location"
	"daypass/ui/browse"
	"daypass/ui/browser"
	"daypass/ui/kit"
)

// restore goes to the place where the person was last on a connection, when its storage is opened.
func (u *Window) restore(id string, s *storage) {
	s.visited = u.book.Last(id)
	at, err := location.ParseFolder(s.visited)
	if s.visited == "" || err != nil || at.Root() {
		s.Start()
		return
	}
	s.Go(at)
}

// visit notes where the person is, once there is something to see there.
func (u *Window) visit(id string, s *storage) {
	place := s.At().URL()
	if place == s.visited || s.Problem() != nil || s.Status() == browse.Loading && s.Loaded() == 0 {
		return
	}
	s.visited = place
	u.book.Visit(id, place)
}

// Favourite implements view.Intents.
func (i *intents) Favourite() bool {
	s := i.u.shownStorage()
	return s != nil && i.u.book.IsFavourite(i.u.shown.Session.ID, s.At().URL())
}

// showPlaces opens the menu of favourites and of places visited last.
func (u *Window) showPlaces(s *storage) {
	id, here := u.shown.Session.ID, s.At().URL()
	label := "Add this place to the favourites"
	if u.book.IsFavourite(id, here) {
		label = "Take this place from the favourites"
	}
	items := []kit.Item{{Label: label, Disabled: s.At().Root(), Do: func() {
		u.book.Toggle(id, here)
		u.renderFolder()
	}}}
	add := func(note string, places []string) {
		first := true
		for _, p := range places {
			if p == here {
				continue
			}
			if first {
				items = append(items, kit.Item{})
				first = false
			}
			items = append(items, kit.Item{Label: browser.ShortPath(p), Note: note, Do: func() { (&intents{u}).OpenPath(p) }})
		}
	}
	add("favourite", u.book.Favourites(id))
	add("recent", u.book.Recent(id))
	u.view.ShowPlaces(items)
}

// downloadFolder is where downloads of the connection on screen went last.
func (u *Window) downloadFolder() string { return u.book.Folder(u.shown.Session.ID) }
