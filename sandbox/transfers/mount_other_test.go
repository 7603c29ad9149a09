//go:build !linux

package transfers

import "errors"

func mount(string, string) error   { return errors.ErrUnsupported }
func remount(string, string) error { return errors.ErrUnsupported }
func unmount(string) error         { return nil }
