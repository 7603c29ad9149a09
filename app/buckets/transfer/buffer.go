package transfer

import (
	"io"
	"sync"
)

// bufferSize is how much is read and written at once.
const bufferSize = 256 << 10

// buffers are used again; there are as many as files and parts are on their way.
var buffers = sync.Pool{New: func() any { b := make([]byte, bufferSize); return &b }}

// onlyWriter hides every other method of a writer, so that copies go through the buffer given.
type onlyWriter struct{ io.Writer }
