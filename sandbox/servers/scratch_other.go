//go:build !linux

package servers

// scratch is the folder for the sandbox's files: the one for temporary files.
func scratch(int) string { return "" }
