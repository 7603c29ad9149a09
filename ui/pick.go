package ui

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"daypass/app/natural"
	"daypass/ui/browser"
	"daypass/ui/view"
)

// mostLocal is how many files of a folder are listed to choose from.
const mostLocal = 20_000

// pickFiles asks for several files and folders of this computer, where the desktop has no dialog for that.
func (u *Window) pickFiles(done func(paths []string)) {
	ctx, cancel := context.WithCancel(u.ctx)
	var picker *view.FilePicker
	turn := 0
	show := func(dir string) {
		turn++
		mine := turn
		go func() { // a folder of a network may take its time
			files, err := localFiles(dir)
			u.Dispatch(func() {
				if ctx.Err() == nil && mine == turn {
					picker.Show(dir, files, localFault(err))
				}
			})
		}()
	}
	picker = u.view.PickFiles(view.PickerActs{
		Go:    func(dir string) { show(filepath.Clean(dir)) },
		Up:    func(dir string) { show(filepath.Dir(dir)) },
		Enter: func(dir, name string) { show(filepath.Join(dir, name)) },
		Done: func(dir string, names []string) {
			for i, name := range names {
				names[i] = filepath.Join(dir, name)
			}
			done(names)
		},
		Left: cancel,
	})
	home, err := os.UserHomeDir()
	if err != nil {
		home = string(filepath.Separator)
	}
	show(home)
}

// localFiles lists a folder of this computer: folders first, without what is hidden.
func localFiles(dir string) ([]browser.LocalFile, error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	entries, err := d.ReadDir(mostLocal)
	if len(entries) == 0 && err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	var files []browser.LocalFile
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(dir, e.Name())) // a link counts as what it leads to
		if err != nil || strings.HasPrefix(e.Name(), ".") || !info.IsDir() && !info.Mode().IsRegular() {
			continue
		}
		files = append(files, browser.LocalFile{Name: e.Name(), Folder: info.IsDir(), Size: info.Size(), Modified: info.ModTime()})
	}
	slices.SortFunc(files, func(a, b browser.LocalFile) int {
		if a.Folder != b.Folder {
			return map[bool]int{true: -1, false: 1}[a.Folder]
		}
		return natural.Compare(a.Name, b.Name)
	})
	return files, nil
}

// localFault says why a folder cannot be listed; empty where it could.
func localFault(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, fs.ErrNotExist):
		return "There is no such folder."
	case errors.Is(err, fs.ErrPermission):
		return "You may not look into this folder."
	}
	return "This is no folder that can be looked into."
}
