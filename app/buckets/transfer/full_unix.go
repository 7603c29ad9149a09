//go:build !windows

package transfer

func isDiskFullHere(error) bool { return false }
