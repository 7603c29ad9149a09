//go:build unix

package cli

// otherPath is program: a file has no second path here but by a link.
func otherPath(program string) (string, error) { return program, nil }
