package ui

import (
	"context"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/ui/browser"
)

func (u *Window) copyTo(s *storage) { u.copyOrMove(s, browser.CommandCopyTo, false) }

func (u *Window) moveTo(s *storage) { u.copyOrMove(s, browser.CommandMoveTo, true) }

// copyOrMove asks for a folder of this connection or another, and copies what is chosen there.
func (u *Window) copyOrMove(s *storage, act browser.Command, move bool) {
	at, here, entries := s.At(), u.shown.Session.ID, s.chosenEntries()
	if len(entries) == 0 {
		return
	}
	places := browser.CopyTargets(u.input.Snapshot.Sessions, here, at, u.book.Last, u.Now())
	if len(places) == 0 {
		return
	}
	for i, p := range places {
		places[i].Recent = u.recentFolders(p.ID)
	}
	chosen := objectsOf(s)
	picker := u.newPicker()
	picker.Changed = u.view.AskCopy(browser.AskCopy(move, at, entries, places), picker, func(place int, path string, replace bool) {
		to, err := location.ParseFolder(path)
		switch {
		case err != nil: // the question has said so
		case place == 0:
			u.copyWithin(s, at, entries, act, to, objects.CopyOptions{Move: move, Overwrite: replace})
		default:
			req := app.TransferRequest{
				Connection: here, Direction: app.Copy, Location: at, Objects: chosen, Move: move, Conflicts: app.Ask,
				To: &app.TransferPlace{Connection: places[place].ID, Location: to},
			}
			if replace {
				req.Conflicts = app.Replace
			}
			u.transfers.Start(req)
		}
	})
}

// DropSelected implements view.Intents.
func (i *intents) DropSelected(folder buckets.Entry) {
	u, s := i.u, i.u.shownStorage()
	if s == nil || i.Allowed().State(browser.CommandMoveTo).Disabled {
		return
	}
	at, entries := s.At(), s.chosenEntries()
	to := location.Location{Bucket: at.Bucket, Prefix: folder.Key}
	u.view.AskDrop(browser.AskDrop(at, entries, s.Name(folder)), func(move bool) {
		act := map[bool]browser.Command{true: browser.CommandMoveTo, false: browser.CommandCopyTo}[move]
		u.copyWithin(s, at, entries, act, to, objects.CopyOptions{Move: move})
	})
}

// copyWithin has the server copy.
func (u *Window) copyWithin(s *storage, at location.Location, entries []buckets.Entry, act browser.Command, to location.Location, o objects.CopyOptions) {
	doing := "Copying"
	if o.Move {
		doing = "Moving"
	}
	u.moving(s, at, act, doing, o, func(ctx context.Context, o objects.CopyOptions) (objects.Result, error) {
		return s.server.CopyInto(ctx, at, entries, to, o)
	})
}

// chosenEntries is what is chosen; everything of a folder is the folder itself.
func (s *storage) chosenEntries() []buckets.Entry {
	if s.selection.Everything() && !s.At().Root() {
		return []buckets.Entry{{Key: s.At().Prefix, Folder: true}}
	}
	return s.selection.Entries()
}
