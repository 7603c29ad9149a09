//go:build unix

package rundir

import "path"

// Paths with slashes alone are what package path is for; path/filepath is set up later.
func isAbs(p string) bool            { return path.IsAbs(p) }
func clean(p string) string          { return path.Clean(p) }
func join(elements ...string) string { return path.Join(elements...) }
