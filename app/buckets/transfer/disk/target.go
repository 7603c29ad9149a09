// Package disk is the side of a transfer on this computer: the folder that a download goes to, the names that keys
// get there, and the files and folders that are uploaded. Nothing in it leads out of the folder the user chose (rule 34).
package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"daypass/app/origin"
)

// Target is the local folder of a download. Everything goes through os.Root, so that no name and no
// symlink in the folder leads out of it (rule 34).
type Target struct {
	root *os.Root

	mu   sync.Mutex
	open map[string]*Folder
	last *Folder // stays open between two files of the same folder
}

// Folder is an open folder below a target. Anyone who got it from Target.Folder releases it with Leave.
type Folder struct {
	*os.Root
	Path string
	of   *Target
	refs int
	// dir is the folder's own handle, for calls that os.Root does not have.
	dir *os.File
}

// OpenTarget opens the folder dir for downloads, and makes it where it does not exist.
func OpenTarget(dir string) (*Target, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	return OpenExisting(dir)
}

// OpenExisting opens the folder of an earlier download; it fails where that is not there any more.
func OpenExisting(dir string) (*Target, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Target{root: root, open: map[string]*Folder{}}, nil
}

// Names returns what names the files of a download into the target.
func (t *Target) Names(job string) *Namer {
	n := newNamer(runtime.GOOS == "windows", t.foldsCase(job))
	n.max = t.maxName()
	return n
}

// Close lets go of the folder.
func (t *Target) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.replaceLast(nil)
	_ = t.root.Close()
}

// Folder opens a folder below the target, and makes it where it is missing.
func (t *Target) Folder(dir string) (*Folder, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.open[dir]
	if f == nil {
		root, err := t.openDir(dir)
		if err != nil {
			return nil, err
		}
		handle, err := root.Open(".")
		if err != nil {
			return nil, errors.Join(err, root.Close())
		}
		f = &Folder{Root: root, Path: dir, of: t, dir: handle}
		t.open[dir] = f
	}
	f.refs++
	if t.last != f {
		f.refs++
		t.replaceLast(f)
	}
	return f, nil
}

func (t *Target) openDir(dir string) (*os.Root, error) {
	if dir == "" || dir == "." {
		return t.root.OpenRoot(".")
	}
	root, err := t.root.OpenRoot(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		return root, err
	}
	if err := t.root.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	return t.root.OpenRoot(dir)
}

// replaceLast keeps f open in place of the folder kept so far. The caller holds the lock and has
// counted f.
func (t *Target) replaceLast(f *Folder) {
	old := t.last
	t.last = f
	if old != nil {
		old.drop()
	}
}

// Leave releases the folder.
func (f *Folder) Leave() {
	f.of.mu.Lock()
	defer f.of.mu.Unlock()
	f.drop()
}

// drop closes the folder when nobody has it any more. The caller holds the lock.
func (f *Folder) drop() {
	f.refs--
	if f.refs == 0 {
		delete(f.of.open, f.Path)
		_ = f.dir.Close()
		_ = f.Close()
	}
}

// foldsCase finds out whether the target takes names that differ only in case for one.
func (t *Target) foldsCase(job string) bool {
	name := TempName(job, "\x00case")
	f, err := t.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return false // a folder that takes no file will say so with the first one
	}
	_ = f.Close()
	_, err = t.root.Lstat(strings.ToUpper(name))
	_ = t.root.Remove(name)
	return err == nil
}

// nameLimits are how many bytes of a name file systems take: nearly all, those that encrypt names (eCryptfs), and odd ones.
var nameLimits = [...]int{255, 143, 100}

// spareName is what a name leaves of a limit for the number of "notes (2).txt" and the like.
const spareName = 255 - maxName

// maxNameBy returns how long a name may be in bytes, found out by trying to make files of long names.
func maxNameBy(try func(name string) error) int {
	for _, limit := range nameLimits {
		name := tempStart + strings.Repeat("n", limit-len(tempStart)-len(tempEnd)) + tempEnd
		if !errors.Is(try(name), syscall.ENAMETOOLONG) {
			return limit - spareName
		}
	}
	return nameLimits[len(nameLimits)-1]/2 - spareName
}

// maxName returns how long a name may be in the target.
func (t *Target) maxName() int {
	return maxNameBy(func(name string) error {
		f, err := t.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			err = errors.Join(f.Close(), t.root.Remove(name))
		}
		return err
	})
}

// NewTemp makes the temporary file for an item, in place of one that was left behind.
func (f *Folder) NewTemp(name string) (*os.File, error) {
	const flags = os.O_CREATE | os.O_EXCL | os.O_RDWR
	file, err := f.OpenFile(name, flags, 0o666)
	if !errors.Is(err, fs.ErrExist) {
		return file, err
	}
	if err := f.Remove(name); err != nil {
		return nil, err
	}
	return f.OpenFile(name, flags, 0o666)
}

// Sync brings a file of the folder to the disk.
func (f *Folder) Sync(name string) error {
	file, err := f.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// Commit renames the temporary file to its name. Without replace it fails with fs.ErrExist where the name
// is taken, also by somebody who came a moment ago.
func (f *Folder) Commit(temp, name string, replace bool) error {
	if replace {
		return f.Rename(temp, name)
	}
	err := f.renameNew(temp, name)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if err = f.Link(temp, name); err == nil {
		return f.Remove(temp)
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	return f.reserve(temp, name)
}

// reserve is Commit without hard links, which some file systems do not have: an empty file of ours
// holds the name until the rename.
func (f *Folder) reserve(temp, name string) error {
	held, err := f.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_ = held.Close()
	if err := f.Rename(temp, name); err != nil {
		return errors.Join(err, f.Remove(name))
	}
	return nil
}

// Info describes what is under a name; ok is false where there is nothing.
func (f *Folder) Info(name string) (info fs.FileInfo, ok bool, err error) {
	info, err = f.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	return info, err == nil, err
}

// FreeName returns a name like name that is not taken: "notes (2).txt".
func (f *Folder) FreeName(name string) (string, error) {
	for n := 2; n < 10_000; n++ {
		other := Numbered(name, n)
		if _, inUse, err := f.Info(other); err != nil || !inUse {
			return other, err
		}
	}
	return "", fmt.Errorf("%q and every name like it is taken: %w", name, fs.ErrExist)
}

// Numbered puts a number before the ending of a name.
func Numbered(name string, n int) string {
	ext := path.Ext(name)
	if ext == name { // a name like .bashrc has no ending
		ext = ""
	}
	return strings.TrimSuffix(name, ext) + " (" + strconv.Itoa(n) + ")" + ext
}

// Sweep removes the temporary files of a job from a folder.
func (t *Target) Sweep(dir, job string) {
	root, err := t.root.OpenRoot(path.Join(".", dir))
	if err != nil {
		return
	}
	defer root.Close()
	d, err := root.Open(".")
	if err != nil {
		return
	}
	defer d.Close()
	for {
		entries, err := d.ReadDir(512)
		for _, e := range entries {
			if IsTemp(e.Name()) && strings.HasPrefix(e.Name(), tempStart+job+"-") {
				_ = root.Remove(e.Name())
			}
		}
		if err != nil {
			return
		}
	}
}

// Touch sets the time of a file to that of its object, for anyone who compares the two later.
func (f *Folder) Touch(name string, modified time.Time) {
	if !modified.IsZero() {
		_ = f.Chtimes(name, modified, modified)
	}
}

// Mark marks a file as downloaded, so that what opens it can be careful (rule 34). Where the file system has no such
// marks, the file goes without.
func (f *Folder) Mark(name string, from *url.URL) {
	file, err := f.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return // and placing it says so
	}
	_ = origin.Mark(file, from)
	_ = file.Close()
}
