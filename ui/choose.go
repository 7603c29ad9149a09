package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	fynestorage "fyne.io/fyne/v2/storage"
)

// Chooser asks the person for files and folders of this computer. What was chosen comes through done,
// on the UI thread, and nothing comes where the person has changed their mind.
type Chooser interface {
	// Files asks for files to read.
	Files(done func(paths []string))
	// Folder asks for a folder, beginning in start where that is there. yes is the button's label.
	Folder(yes, start string, done func(path string))
}

// dialogs are the toolkit's own file dialogs.
type dialogs struct{ window fyne.Window }

// dialogSize is the size of a file dialog, as far as the window has room for it.
var dialogSize = fyne.NewSize(820, 560)

// Files implements Chooser.
func (d dialogs) Files(done func(paths []string)) {
	open := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil || file == nil {
			return
		}
		_ = file.Close()
		done([]string{filepath.FromSlash(file.URI().Path())})
	}, d.window)
	open.SetTitleText("Choose a file to upload")
	open.SetConfirmText("Upload")
	open.Show()
	open.Resize(dialogSize) // which needs it to be shown
}

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
	open.SetTitleText("Choose a folder")
	open.SetConfirmText(yes)
	open.Show()
	open.Resize(dialogSize) // which needs it to be shown
}
