package connection

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"daypass/app/messages"
)

// Export writes d, as it is passed on, as a connection file to a folder, and returns its path. It is named after the
// connection, with a number where a file of that name is there already.
func (d Definition) Export(folder string) (path string, err error) {
	base := filepath.Join(folder, slug(d.Name))
	path = base + Extension
	for n := 2; ; n++ {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			path = base + "-" + strconv.Itoa(n) + Extension
			continue
		}
		if err == nil {
			_, err = f.Write(d.Shared().Format())
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			return "", messages.NewError(err, "agent.error.connection-not-exported")
		}
		return path, nil
	}
}
