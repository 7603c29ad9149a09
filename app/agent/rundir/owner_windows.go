package rundir

import "io/fs"

// CheckOwner leaves it to the rights of LocalAppData, which is its owner's alone.
func CheckOwner(fs.FileInfo, int) error { return nil }
