package ui

import (
	"daypass/app/buckets"
	"daypass/ui/browse"
	"daypass/ui/browser"
	"daypass/ui/kit"
)

// restore goes to the place where the person was last on a connection, when its storage is opened.
func (u *Window) restore(id string, s *storage) {
	s.visited = u.book.Last(id)
	bucket, prefix, err := buckets.ParsePath(s.visited)
	if s.visited == "" || err != nil || bucket == "" {
		s.Start()
		return
	}
	s.Go(browse.Location{Bucket: bucket, Prefix: prefix})
}

// visit notes where the person is, once there is something to see there.
func (u *Window) visit(id string, s *storage) {
	place := browser.PathOf(s.At())
	if place == s.visited || s.Problem() != nil || s.Status() == browse.Loading && s.Loaded() == 0 {
		return
	}
	s.visited = place
	u.book.Visit(id, place)
}

// Favourite implements view.Intents.
func (i *intents) Favourite() bool {
	s := i.u.shownStorage()
	return s != nil && i.u.book.IsFavourite(i.u.shown.Session.ID, browser.PathOf(s.At()))
}

// showPlaces opens the menu of favourites and of places visited last.
func (u *Window) showPlaces(s *storage) {
	id, here := u.shown.Session.ID, browser.PathOf(s.At())
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
