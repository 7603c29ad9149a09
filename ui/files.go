package ui

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"daypass/app/connection"
)

// Drop takes what was dropped on the window: a connection file, or what is to be uploaded, into the folder of the row
// below the pointer or into the one on screen.
func (u *Window) Drop(files []fyne.URI) {
	if len(files) == 1 && files[0].Extension() == connection.Extension {
		u.editor.ImportFile(files[0].Path())
		return
	}
	var paths []string
	for _, f := range files {
		if f.Scheme() == "file" {
			paths = append(paths, filepath.FromSlash(f.Path()))
		}
	}
	u.browser.Drop(paths, knowsDropPosition(u.window))
}

// knowsDropPosition reports whether the pointer is where something is dropped. On Wayland the toolkit is not told where
// a drag is: the row that it takes for the one below the pointer is where the pointer left the window.
func knowsDropPosition(w fyne.Window) bool {
	known := true
	if native, ok := w.(driver.NativeWindow); ok {
		native.RunNative(func(of any) { _, wayland := of.(driver.WaylandWindowContext); known = !wayland })
	}
	return known
}

// FileIfThere returns an absolute path where a plain file lies there, and nothing otherwise.
func FileIfThere(path string) string {
	if info, err := os.Lstat(path); !filepath.IsAbs(path) || err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return path
}
