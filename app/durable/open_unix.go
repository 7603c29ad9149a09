//go:build unix

package durable

import "syscall"

// nonBlocking has the opening of a named pipe not wait for its other end.
const nonBlocking = syscall.O_NONBLOCK
