package remote

import (
	"errors"
	"hash"
	"io"
	"sync"
)

// BufferSize is how much is read and written at once.
const BufferSize = 256 << 10

// Buffers are used again; there are as many as files and parts are on their way.
var Buffers = sync.Pool{New: func() any { b := make([]byte, BufferSize); return &b }}

// onlyWriter hides every other method of a writer, so that copies go through the buffer given.
type onlyWriter struct{ io.Writer }

// HashInto hashes size bytes of a file, from an offset, and returns how many there were.
func HashInto(h hash.Hash, file io.ReaderAt, offset, size int64) (int64, error) {
	buf := Buffers.Get().(*[]byte)
	defer Buffers.Put(buf)
	return io.CopyBuffer(onlyWriter{h}, io.NewSectionReader(file, offset, size), *buf)
}

// copyBody copies from a body into a file and, where there is one, a hash.
func copyBody(file io.Writer, body io.Reader, h hash.Hash, wrote func(n int)) (total int64, err error) {
	buf := Buffers.Get().(*[]byte)
	defer Buffers.Put(buf)
	for {
		n, err := body.Read(*buf)
		if n > 0 {
			if h != nil {
				h.Write((*buf)[:n])
			}
			if _, err := file.Write((*buf)[:n]); err != nil {
				return total, err
			}
			total += int64(n)
			wrote(n)
		}
		if errors.Is(err, io.EOF) {
			return total, nil
		}
		if err != nil {
			return total, err
		}
	}
}
