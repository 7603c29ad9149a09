//go:build !linux

package portal

import "context"

// Open answers ErrNone: only Linux has portals.
func Open(context.Context, Request) ([]string, error) { return nil, ErrNone }
