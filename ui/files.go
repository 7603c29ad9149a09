package ui

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	fynestorage "fyne.io/fyne/v2/storage"

	"daypass/app/connection"
	"daypass/ui/present"
)

// Import implements view.Intents.
func (i *intents) Import() {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil || file == nil {
			return
		}
		_ = file.Close()
		i.u.importFile(file.URI().Path())
	}, i.u.window)
	d.SetFilter(fynestorage.NewExtensionFileFilter([]string{connection.Extension}))
	d.Show()
}

// Drop takes what was dropped on the window: a connection file, or what is to be uploaded.
func (u *Window) Drop(files []fyne.URI) {
	if len(files) == 1 && files[0].Extension() == connection.Extension {
		u.importFile(files[0].Path())
		return
	}
	var paths []string
	for _, f := range files {
		if f.Scheme() == "file" {
			paths = append(paths, filepath.FromSlash(f.Path()))
		}
	}
	u.upload(paths)
}

// importFile shows what a connection file holds before it is added.
func (u *Window) importFile(path string) {
	go func() {
		def, err := connection.ReadFile(path)
		u.Dispatch(func() {
			if err != nil {
				u.importFailed(err)
				return
			}
			u.showForm(present.ImportedConnection(def))
		})
	}()
}

func (u *Window) importFailed(err error) {
	u.kit.Tell(u.window.Canvas(), "This file cannot be used", sentence(err.Error()))
}

// FileIfThere gives an absolute path where a plain file lies there, and nothing otherwise.
func FileIfThere(path string) string {
	if info, err := os.Lstat(path); !filepath.IsAbs(path) || err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return path
}
