//go:build !windows

package oserror

func isFullHere(error) bool { return false }
