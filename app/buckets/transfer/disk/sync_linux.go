package disk

import (
	"os"

	"golang.org/x/sys/unix"
)

// SyncDisk brings everything that was written on the folder's disk to it: for many small files, one
// such call costs about as much as a sync of one of them.
func (f *Folder) SyncDisk() error { return unix.Syncfs(int(f.dir.Fd())) }

// StartWriting has the system begin to bring a part of a file to the disk, so that less is left to
// wait for at the end.
func StartWriting(file *os.File, offset, size int64) {
	_ = unix.SyncFileRange(int(file.Fd()), offset, size, unix.SYNC_FILE_RANGE_WRITE)
}

// renameNew renames where the name is free, in one step. Not every file system can. Both names are
// those of files in the folder itself, so that no link has a say.
func (f *Folder) renameNew(from, to string) error {
	fd := int(f.dir.Fd())
	if err := unix.Renameat2(fd, from, fd, to, unix.RENAME_NOREPLACE); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}
