package ui

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver"
	fynestorage "fyne.io/fyne/v2/storage"

	"daypass/app/messages"
	"daypass/ui/browser"
	"daypass/ui/portal"
)

// Chooser asks the user for files and folders of this computer.
type Chooser = browser.Chooser

// desktopDialogs are the desktop's own file dialogs, where it has some that can be asked, and else others.
type desktopDialogs struct {
	u         *Window
	open      func(context.Context, portal.Request) ([]string, error)
	otherwise Chooser
}

// Files implements Chooser.
func (d desktopDialogs) Files(done func(paths []string)) {
	d.ask(portal.Request{Title: messages.Text("window.choose.files"), Accept: messages.Text("window.choose.files.yes"), Several: true}, done, func() { d.otherwise.Files(done) })
}

// Folder implements Chooser.
func (d desktopDialogs) Folder(yes, start string, done func(path string)) {
	first := func(paths []string) { done(paths[0]) }
	d.ask(portal.Request{Title: messages.Text("window.choose.folder"), Accept: yes, Folders: true, Start: start}, first, func() { d.otherwise.Folder(yes, start, done) })
}

// ask asks in a goroutine, and otherwise on the UI thread where the desktop has no dialog.
func (d desktopDialogs) ask(r portal.Request, done func([]string), otherwise func()) {
	r.Parent = handleOf(d.u.window)
	go func() {
		paths, err := d.open(d.u.ctx, r)
		d.u.Dispatch(func() {
			switch {
			case d.u.ctx.Err() != nil:
			case err != nil:
				otherwise()
			case len(paths) > 0:
				done(paths)
			}
		})
	}()
}

// handleOf names a window for other programs; empty where that cannot be done.
func handleOf(w fyne.Window) (handle string) {
	if native, ok := w.(driver.NativeWindow); ok {
		native.RunNative(func(of any) {
			if x, ok := of.(driver.X11WindowContext); ok && x.WindowHandle != 0 {
				handle = fmt.Sprintf("x11:%x", x.WindowHandle)
			}
		})
	}
	return handle
}

// dialogs are a sheet of ours for files, of which the toolkit's own dialog takes one only, and that dialog for folders.
type dialogs struct {
	u      *Window
	window fyne.Window
}

// dialogSize is the size of a file dialog, as far as the window has room for it.
var dialogSize = fyne.NewSize(820, 560)

// Files implements Chooser.
func (d dialogs) Files(done func(paths []string)) { d.u.browser.PickFiles(done) }

// Folder implements Chooser.
func (d dialogs) Folder(yes, start string, done func(path string)) {
	open := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err == nil && folder != nil {
			done(filepath.FromSlash(folder.Path()))
		}
	}, d.window)
	if at, err := fynestorage.ListerForURI(fynestorage.NewFileURI(start)); start != "" && err == nil {
		open.SetLocation(at)
	}
	open.SetTitleText(messages.Text("window.choose.folder"))
	open.SetConfirmText(yes)
	open.Show()
	open.Resize(dialogSize) // which needs it to be shown
}
