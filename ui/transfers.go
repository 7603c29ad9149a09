package ui

import (
	"context"
	"path/filepath"
	"slices"

	"daypass/app"
	"daypass/ui/browse"
	"daypass/ui/browser"
	"daypass/ui/present"
	"daypass/ui/problem"
)

// transfers is what the window knows of the transfers beside their list.
type transfers struct {
	open bool
	// ended are the transfers whose end was noticed, so that a listing is refreshed once for each.
	ended map[string]bool
}

// noticeUploads loads a listing anew when an upload or a copy into it has ended, or a move out of it.
func (u *Window) noticeUploads() {
	first := u.transfers.ended == nil
	if first {
		u.transfers.ended = map[string]bool{}
	}
	still := map[string]bool{}
	for _, t := range u.agent.Transfers().Transfers {
		if !t.Phase.Ended() {
			continue
		}
		still[t.ID] = true
		if first || u.transfers.ended[t.ID] || t.Direction == app.Download {
			continue
		}
		u.noticeRefusal(t)
		if t.Done == 0 {
			continue
		}
		if t.Direction == app.Upload || t.Move {
			u.refreshAt(t.Connection, browse.Location{Bucket: t.Bucket, Prefix: t.Prefix})
		}
		if t.To != nil {
			u.refreshAt(t.To.Connection, browse.Location{Bucket: t.To.Bucket, Prefix: t.To.Prefix})
		}
	}
	u.transfers.ended = still
}

// refreshAt loads a place anew where it is shown.
func (u *Window) refreshAt(connection string, at browse.Location) {
	if b := u.browsers[connection]; b != nil && b.At() == at {
		b.Refresh()
	}
}

// deniedCode is the code of a problem that says that the server does not allow something.
const deniedCode = "storage-denied"

// noticeRefusal greys uploading into a bucket that does not allow it.
func (u *Window) noticeRefusal(t app.Transfer) {
	b := u.browsers[t.Connection]
	if b == nil || t.Direction != app.Upload || t.Done > 0 || len(t.Failures) == 0 || t.Failures[0].Problem.Code != deniedCode {
		return
	}
	p := t.Failures[0].Problem
	b.refused[browser.Denial{Bucket: t.Bucket, Command: browser.CommandUpload}] = p.Title + ". " + p.Detail
}

// presentTransfers makes the panel of transfers.
func (u *Window) presentTransfers() present.Transfers {
	names := map[string]string{}
	if len(u.input.Snapshot.Sessions) > 1 {
		for _, s := range u.input.Snapshot.Sessions {
			names[s.ID] = s.Name
		}
	}
	return present.PresentTransfers(u.agent.Transfers(), names, u.transfers.open, u.input.Now)
}

// OpenTransfers implements view.Intents.
func (i *intents) OpenTransfers(open bool) {
	i.u.transfers.open = open
	i.u.render()
}

// Answer implements view.Intents.
func (i *intents) Answer(id string, answer app.ConflictAnswer) {
	i.u.agent.Call(func(ctx context.Context, core app.Core) error {
		err := core.AnswerConflict(ctx, id, answer)
		if err == app.ErrNoQuestion { //nolint:errorlint // answered elsewhere meanwhile
			return nil
		}
		return err
	})
}

// Transfer implements view.Intents.
func (i *intents) Transfer(id string, do present.TransferDo) {
	switch do {
	case present.PauseTransfer:
		i.u.agent.Call(func(ctx context.Context, core app.Core) error { return core.PauseTransfer(ctx, id) })
	case present.CancelTransfer:
		i.u.agent.Call(func(ctx context.Context, core app.Core) error { return core.CancelTransfer(ctx, id) })
	case present.ResumeTransfer, present.RetryTransfer:
		i.u.resume(id)
	case present.ClearTransfer:
		i.u.agent.Call(func(ctx context.Context, core app.Core) error { return core.ClearTransfers(ctx, some(id)) })
	case present.WhyTransfer:
		if t := i.u.transfer(id); t != nil {
			i.u.view.ShowFailures(present.PresentFailures(*t))
		}
	case present.OpenTransfer:
		if t := i.u.transfer(id); t != nil {
			i.u.showFolder(*t)
		}
	}
}

func some(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

// transfer is the transfer with that ID; nil where it is gone.
func (u *Window) transfer(id string) *app.Transfer {
	all := u.agent.Transfers().Transfers
	if n := slices.IndexFunc(all, func(t app.Transfer) bool { return t.ID == id }); n >= 0 {
		return &all[n]
	}
	return nil
}

// resume goes on with one transfer, or with all that failed.
func (u *Window) resume(id string) {
	ids := some(id)
	if id == "" {
		for _, t := range u.agent.Transfers().Transfers {
			if t.Phase == app.TransferFailed {
				ids = append(ids, t.ID)
			}
		}
	}
	u.agent.Call(func(ctx context.Context, core app.Core) error {
		for _, one := range ids {
			if err := core.ResumeTransfer(ctx, one); err != nil {
				return err
			}
		}
		return nil
	})
}

// showFolder opens the folder that a download went to in the system's file manager.
func (u *Window) showFolder(t app.Transfer) {
	folder := t.Folder
	if t.Path != "" {
		folder = filepath.Dir(t.Path)
	}
	go func() {
		if u.OpenFile(folder) != nil {
			u.Dispatch(func() { u.agent.Failed(problem.Of(problem.ErrNoFolder)) })
		}
	}()
}

// start enqueues a transfer, and unfolds the panel where several are under way.
func (u *Window) start(req app.TransferRequest) {
	u.agent.Call(func(ctx context.Context, core app.Core) error {
		_, err := core.StartTransfer(ctx, req)
		return err
	})
}

// uploadTo takes files and folders into a place of a connection.
func (u *Window) uploadTo(id string, at browse.Location, paths []string) {
	if len(paths) == 0 {
		return
	}
	if at.Root() {
		u.kit.Tell("Open a bucket first", "Files go into a bucket or a folder in it. Open one, then drop them again.")
		return
	}
	u.start(app.TransferRequest{
		Connection: id, Direction: app.Upload, Bucket: at.Bucket, Prefix: at.Prefix,
		Paths: paths, Conflicts: app.Ask,
	})
}

// download fetches objects and folders of a place of a connection into a folder of this computer.
func (u *Window) download(id string, at browse.Location, objects []app.TransferObject, folder string) {
	if len(objects) == 0 || folder == "" {
		return
	}
	u.book.SetFolder(id, folder)
	u.start(app.TransferRequest{
		Connection: id, Direction: app.Download, Bucket: at.Bucket, Prefix: at.Prefix,
		Objects: objects, Folder: folder, Conflicts: app.Ask,
	})
}
