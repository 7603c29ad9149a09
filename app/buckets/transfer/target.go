package transfer

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// target is the local folder of a download. Everything goes through os.Root, so that no name and no
// symlink in the folder leads out of it (rule 34).
type target struct {
	root *os.Root

	mu   sync.Mutex
	open map[string]*folder
	last *folder // stays open between two files of the same folder
}

// folder is an open folder below a target. Anyone who got it from target.folder gives it back with leave.
type folder struct {
	*os.Root
	path string
	of   *target
	refs int
	// dir is the folder's own handle, for calls that os.Root does not have.
	dir *os.File
}

func openTarget(dir string) (*target, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &target{root: root, open: map[string]*folder{}}, nil
}

func (t *target) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.swapLast(nil)
	_ = t.root.Close()
}

// folder opens a folder below the target, and makes it where it is missing.
func (t *target) folder(dir string) (*folder, error) {
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
		f = &folder{Root: root, path: dir, of: t, dir: handle}
		t.open[dir] = f
	}
	f.refs++
	if t.last != f {
		f.refs++
		t.swapLast(f)
	}
	return f, nil
}

func (t *target) openDir(dir string) (*os.Root, error) {
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

// swapLast keeps f open in place of the folder kept so far. The caller holds the lock and has
// counted f.
func (t *target) swapLast(f *folder) {
	old := t.last
	t.last = f
	if old != nil {
		old.drop()
	}
}

// leave gives the folder back.
func (f *folder) leave() {
	f.of.mu.Lock()
	defer f.of.mu.Unlock()
	f.drop()
}

// drop closes the folder when nobody has it any more. The caller holds the lock.
func (f *folder) drop() {
	f.refs--
	if f.refs == 0 {
		delete(f.of.open, f.path)
		_ = f.dir.Close()
		_ = f.Close()
	}
}

// foldsCase finds out whether the target takes names that differ only in case for one.
func (t *target) foldsCase(job string) bool {
	name := tempName(job, "\x00case")
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
func (t *target) maxName() int {
	return maxNameBy(func(name string) error {
		f, err := t.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			err = errors.Join(f.Close(), t.root.Remove(name))
		}
		return err
	})
}

// newTemp makes the temporary file for an item, in place of one that was left behind.
func (f *folder) newTemp(name string) (*os.File, error) {
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

// sync brings a file of the folder to the disk.
func (f *folder) sync(name string) error {
	file, err := f.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// place gives the temporary file its name. Without replace it fails with fs.ErrExist where the name
// is taken, also by somebody who came a moment ago.
func (f *folder) place(temp, name string, replace bool) error {
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

// reserve is place without hard links, which some file systems do not have: an empty file of ours
// holds the name until the rename.
func (f *folder) reserve(temp, name string) error {
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

// facts tells what is under a name; ok is false where there is nothing.
func (f *folder) facts(name string) (info fs.FileInfo, ok bool, err error) {
	info, err = f.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	return info, err == nil, err
}

// freeName returns a name like name that is not taken: "notes (2).txt".
func (f *folder) freeName(name string) (string, error) {
	for n := 2; n < 10_000; n++ {
		other := numbered(name, n)
		if _, taken, err := f.facts(other); err != nil || !taken {
			return other, err
		}
	}
	return "", fmt.Errorf("%q and every name like it is taken: %w", name, fs.ErrExist)
}

// numbered puts a number before the ending of a name.
func numbered(name string, n int) string {
	ext := path.Ext(name)
	if ext == name { // a name like .bashrc has no ending
		ext = ""
	}
	return strings.TrimSuffix(name, ext) + " (" + strconv.Itoa(n) + ")" + ext
}

// sweep removes the temporary files of a job from a folder.
func (t *target) sweep(dir, job string) {
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
			if isTemp(e.Name()) && strings.HasPrefix(e.Name(), tempStart+job+"-") {
				_ = root.Remove(e.Name())
			}
		}
		if err != nil {
			return
		}
	}
}

// touch gives a file the time of its object, for anyone who compares the two later.
func (f *folder) touch(name string, modified time.Time) {
	if !modified.IsZero() {
		_ = f.Chtimes(name, modified, modified)
	}
}
