package transfer

import (
	"os"

	"golang.org/x/sys/unix"
)

// oneSyncForAll: one call reaches every folder of the target.
const oneSyncForAll = true

// syncAll brings everything that was written below root to the disk, in one go: one call for many
// small files costs about as much as for one.
func syncAll(root *os.Root, _ []string) error {
	d, err := root.Open(".")
	if err != nil {
		return err
	}
	defer d.Close()
	return unix.Syncfs(int(d.Fd()))
}
