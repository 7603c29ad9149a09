package ui

import (
	"strings"

	"daypass/app"
	"daypass/app/location"
	"daypass/ui/browse"
	"daypass/ui/browser"
	"daypass/ui/present"
)

// shownStorage is the storage on screen; nil where there is none.
func (u *Window) shownStorage() *storage { return u.browsers[u.shown.Session.ID] }

// Selection implements view.Intents.
func (i *intents) Selection() *browse.Selection {
	if s := i.u.shownStorage(); s != nil {
		return s.selection
	}
	return nil
}

// Chosen implements view.Intents.
func (i *intents) Chosen() {
	i.u.details.Follow()
	i.u.view.RenderChosen()
	i.u.details.Render()
}

// Allowed implements view.Intents.
func (i *intents) Allowed() browser.Allowed {
	s := i.u.shownStorage()
	if s == nil {
		return browser.Allowed{}
	}
	a := browser.NewAllowed(s.Browser, s.selection, s.refused)
	switch {
	case s.finding != nil:
		return a.Covered("close the search first")
	case s.bin != nil:
		return a.Covered("close the deleted files first")
	}
	return a
}

// Act implements view.Intents.
func (i *intents) Act(act browser.Command) {
	if act == browser.CommandShortcuts {
		i.u.view.ShowShortcuts(browser.Shortcuts())
		return
	}
	s := i.u.shownStorage()
	if s == nil || i.u.shown.Screen != present.ShowSession {
		return
	}
	if do := acts[act]; do != nil {
		do(i.u, s)
	}
}

// acts is what each act does.
var acts = map[browser.Command]func(*Window, *storage){
	browser.CommandOpen:         (*Window).open,
	browser.CommandUpload:       (*Window).chooseFiles,
	browser.CommandUploadFolder: (*Window).chooseFolder,
	browser.CommandDownload:     (*Window).chooseTarget,
	browser.CommandCopyPath:     (*Window).copyPath,
	browser.CommandShare:        (*Window).share,
	browser.CommandNew:          (*Window).makeNew,
	browser.CommandRename:       (*Window).rename,
	browser.CommandCopyTo:       (*Window).copyTo,
	browser.CommandMoveTo:       (*Window).moveTo,
	browser.CommandDelete:       (*Window).remove,
	browser.CommandSelectAll:    func(u *Window, s *storage) { s.selection.All(); (&intents{u}).Chosen() },
	browser.CommandSearch:       (*Window).search,
	browser.CommandDeleted:      (*Window).showDeleted,
	browser.CommandBookmarks:    (*Window).showPlaces,
	browser.CommandColumns:      func(u *Window, _ *storage) { u.view.ShowColumns() },
	browser.CommandDetails:      func(u *Window, _ *storage) { u.details.Toggle() },
	browser.CommandRefresh:      func(_ *Window, s *storage) { clear(s.refused); s.Refresh() },
}

// open goes into a bucket or folder, or shows a file with the system's program.
func (u *Window) open(s *storage) {
	e, ok := s.selection.Single()
	switch {
	case !ok:
	case s.At().Root():
		s.Go(location.Location{Bucket: e.Key})
	case e.Folder:
		s.Go(location.Location{Bucket: s.At().Bucket, Prefix: e.Key})
	default:
		u.outside.open(s, e)
	}
}

// What is chosen in a dialog goes where the person was when it opened, wherever they are when it closes.

func (u *Window) chooseFiles(s *storage) {
	id, at := u.shown.Session.ID, s.At()
	u.Chooser.Files(func(paths []string) { u.transfers.Upload(id, at.Bucket, at.Prefix, paths) })
}

func (u *Window) chooseFolder(s *storage) {
	id, at := u.shown.Session.ID, s.At()
	u.Chooser.Folder("Upload folder", "", func(path string) { u.transfers.Upload(id, at.Bucket, at.Prefix, []string{path}) })
}

// chooseTarget asks where what is chosen shall go on this computer.
func (u *Window) chooseTarget(s *storage) {
	at, objects := s.At(), objectsOf(s)
	if len(objects) == 0 {
		return
	}
	if at.Root() {
		at = location.Location{Bucket: s.selection.Entries()[0].Key}
	}
	id := u.shown.Session.ID
	u.toFolder(func(folder string) { u.download(id, at, objects, folder) })
}

// objectsOf is what is chosen, as a transfer takes it.
func objectsOf(s *storage) []app.TransferObject {
	if s.selection.Everything() && !s.At().Root() {
		return []app.TransferObject{{Key: s.At().Prefix}}
	}
	var out []app.TransferObject
	for _, e := range s.selection.Entries() {
		if s.At().Root() {
			return []app.TransferObject{{}} // the whole bucket
		}
		out = append(out, app.TransferObject{Key: e.Key, Size: e.Size})
	}
	return out
}

func (u *Window) copyPath(s *storage) {
	(&intents{u}).Copy(strings.Join(browser.Paths(s.At(), s.selection.Entries()), "\n"))
}
