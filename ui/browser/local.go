package browser

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"daypass/app/messages"
	"daypass/app/natural"
	"daypass/ui/task"
)

// maxLocal is how many files of a folder are listed to choose from.
const maxLocal = 20_000

// FilePicker is what a question for files of this computer needs.
type FilePicker struct {
	// Go shows a folder; Up is the one above it, Enter one in it.
	Go    func(dir string)
	Up    func(dir string)
	Enter func(dir, name string)
	// Done gets the names that were selected in a folder.
	Done func(dir string, names []string)
	// Left is called when the question is put away.
	Left func()
}

// PickFiles asks for several files and folders of this computer, where the desktop has no dialog for that.
func (c *Controller) PickFiles(done func(paths []string)) {
	listing := task.New(c.deps.Context, c.deps.Dispatch)
	var shown func(dir string, files []LocalFile, invalid string)
	show := func(dir string) { // a folder of a network may take its time
		task.Run(listing, func(context.Context) ([]LocalFile, error) { return localFiles(dir) }, func(files []LocalFile, err error) {
			shown(dir, files, localError(err))
		})
	}
	shown = c.view.PickFiles(FilePicker{
		Go:    func(dir string) { show(filepath.Clean(dir)) },
		Up:    func(dir string) { show(filepath.Dir(dir)) },
		Enter: func(dir, name string) { show(filepath.Join(dir, name)) },
		Done: func(dir string, names []string) {
			for i, name := range names {
				names[i] = filepath.Join(dir, name)
			}
			done(names)
		},
		Left: listing.Drop,
	})
	home, err := os.UserHomeDir()
	if err != nil {
		home = string(filepath.Separator)
	}
	show(home)
}

// localFiles lists a folder of this computer: folders first, without what is hidden.
func localFiles(dir string) ([]LocalFile, error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	entries, err := d.ReadDir(maxLocal)
	if len(entries) == 0 && err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	var files []LocalFile
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(dir, e.Name())) // a link counts as what it leads to
		if err != nil || strings.HasPrefix(e.Name(), ".") || !info.IsDir() && !info.Mode().IsRegular() {
			continue
		}
		files = append(files, LocalFile{Name: e.Name(), Folder: info.IsDir(), Size: info.Size(), Modified: info.ModTime()})
	}
	slices.SortFunc(files, func(a, b LocalFile) int {
		if a.Folder != b.Folder {
			return map[bool]int{true: -1, false: 1}[a.Folder]
		}
		return natural.Compare(a.Name, b.Name)
	})
	return files, nil
}

// localError returns why a folder cannot be listed; empty where it could.
func localError(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, fs.ErrNotExist):
		return messages.Text("browser.local.missing")
	case errors.Is(err, fs.ErrPermission):
		return messages.Text("browser.local.denied")
	}
	return messages.Text("browser.local.unreadable")
}
