package disk

import (
	"errors"
	"io/fs"
	"strings"
)

// LeadsOut reports whether os.Root refused a path because a link in it leads out. The error has no
// name of its own.
func LeadsOut(err error) bool {
	var path *fs.PathError
	return errors.As(err, &path) && strings.Contains(path.Err.Error(), "escapes from parent")
}
