package sigv4

import (
	"errors"
	"io"
	"strconv"
)

// pieceSize is the length of the chunks that an unsigned body is written in.
const pieceSize = 64 << 10

// unsigned writes what a ChunkReader reads as the body of STREAMING-UNSIGNED-PAYLOAD-TRAILER.
type unsigned struct {
	from    *ChunkReader
	data    []byte
	pending []byte
	done    bool
}

// Unsigned returns the body with chunks and trailers that are not signed, as StreamingUnsignedTrailer: what came
// signed with one key can be sent on with another. Its length is not known before.
func (c *ChunkReader) Unsigned() io.Reader {
	return &unsigned{from: c, data: make([]byte, max(1, min(pieceSize, c.length)))}
}

// Read implements io.Reader.
func (u *unsigned) Read(p []byte) (int, error) {
	if len(u.pending) == 0 {
		if u.done {
			return 0, io.EOF
		}
		n, err := io.ReadFull(u.from, u.data)
		u.done = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !u.done {
			return 0, err
		}
		u.encode(n)
	}
	n := copy(p, u.pending)
	u.pending = u.pending[n:]
	return n, nil
}

// encode makes a chunk of the first n bytes of the data, and the end where there is nothing more.
func (u *unsigned) encode(n int) {
	u.pending = u.pending[:0:0]
	if n > 0 {
		u.pending = append(strconv.AppendInt(u.pending, int64(n), 16), "\r\n"...)
		u.pending = append(append(u.pending, u.data[:n]...), "\r\n"...)
	}
	if !u.done {
		return
	}
	u.pending = append(u.pending, "0\r\n"...)
	for _, t := range u.from.Trailers() {
		u.pending = append(u.pending, t.Name+":"+t.Value+"\r\n"...)
	}
	u.pending = append(u.pending, "\r\n"...)
}
