// Package harden keeps secrets in the memory of a process from others: from debuggers and dumps, and for
// the most valuable ones from the swap. It does what the system allows, and nothing is an error: where
// it allows nothing, the process works as any other does.
//
// Most secrets are Go strings, tokens of sessions among them, which can be neither locked nor wiped: they go
// when the collector has freed them, which Release hurries. To hold the long-lived ones in a Buffer would not
// change that: each use of a token makes strings of it again, in the form and the header of a request, in the
// JSON of the vault and of an answer, all inside of libraries, and those would be the copies that stay.
package harden

import "runtime/debug"

// Process keeps the memory of this process from debuggers of the same user and out of core dumps. Children
// are not affected.
func Process() { process() }

// Buffer holds a secret in memory that is not swapped out, where the system allows that.
type Buffer struct {
	bytes []byte
	free  func()
}

// New moves secret into a Buffer, and wipes it.
func New(secret []byte) *Buffer {
	bytes, free := allocate(len(secret))
	b := &Buffer{bytes: bytes, free: free}
	copy(b.bytes, secret)
	clear(secret)
	return b
}

// Bytes returns the secret itself, until Free; nil of a nil Buffer.
func (b *Buffer) Bytes() []byte {
	if b == nil {
		return nil
	}
	return b.bytes
}

// Free wipes the secret. It may be called twice, and of a nil Buffer.
func (b *Buffer) Free() {
	if b == nil || b.bytes == nil {
		return
	}
	clear(b.bytes)
	b.free()
	b.bytes = nil
}

// Release returns memory that is no longer used back to the system, which wipes it. It takes milliseconds.
func Release() { debug.FreeOSMemory() }
