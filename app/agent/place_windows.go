package agent

import "io/fs"

// checkOwner leaves it to the rights of LocalAppData, which is its owner's alone.
func checkOwner(fs.FileInfo, int) error { return nil }
