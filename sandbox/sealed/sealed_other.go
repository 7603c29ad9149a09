//go:build !linux

package sealed

import "errors"

// ErrOpen means that the network is the computer's own, so that requests for other hosts are not seen.
var ErrOpen = errors.New("only Linux has networks of a program's own")

// Request is one that left for another host.
type Request struct{ Host, Program string }

// Network is there on Linux alone.
type Network struct{}

// Enter has the program go on in the computer's own network.
func Enter() (code int, entered bool) { return 0, true }

// Start returns ErrOpen.
func Start() (*Network, error) { return nil, ErrOpen }

// ToAmazon returns nothing.
func (*Network) ToAmazon() []Request { return nil }

// Close does nothing.
func (*Network) Close() error { return nil }
