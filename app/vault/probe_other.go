//go:build !linux

package vault

import "context"

func reachable() error { return nil }

func changes(context.Context) <-chan struct{} { return nil }

func probe(context.Context) error { return ErrUnknown }
