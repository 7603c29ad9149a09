package ui

import (
	"slices"
	"strings"

	"daypass/app/location"
	"daypass/ui/destination"
	"daypass/ui/problem"
)

// newPicker makes the picker of a folder in any connection that the user is signed in to. It ends with the window.
func (u *Window) newPicker() *destination.Picker {
	return destination.New(destination.Options{
		Context: u.ctx, Dispatch: u.Dispatch, Source: u.folderSource, Explain: problem.Of, Changed: func() {},
	})
}

// folderSource returns the storage of a connection; nil where nobody is signed in to it.
func (u *Window) folderSource(id string) destination.Source {
	s := u.agent.Session(id)
	if u.browsers[id] == nil && s.ID == id && s.Live(u.Now()) {
		u.openStorage(s)
	}
	if b := u.browsers[id]; b != nil {
		return b.server
	}
	return nil
}

// maxRecent is how many paths the picker offers.
const maxRecent = 12

// recentFolders are the paths in a connection that are bookmarked or were visited, without repetition.
func (u *Window) recentFolders(id string) []string {
	var out []string
	for _, p := range slices.Concat(u.book.Favourites(id), u.book.Recent(id)) {
		if strings.TrimPrefix(p, location.Scheme) != "" && !slices.Contains(out, p) && len(out) < maxRecent {
			out = append(out, p)
		}
	}
	return out
}
