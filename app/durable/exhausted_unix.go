//go:build unix

package durable

import (
	"errors"
	"syscall"
)

// isExhausted reports whether an error means that no descriptor is left, to the process or to the system.
func isExhausted(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}
