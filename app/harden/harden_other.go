//go:build !linux && !darwin && !windows

package harden

func process() {}

func allocate(n int) (bytes []byte, free func()) { return make([]byte, n), func() {} }
