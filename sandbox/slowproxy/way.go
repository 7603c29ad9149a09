package slowproxy

import (
	"errors"
	"io"
	"sync"
	"time"
)

const (
	// chunkSize is how much is read at once, and window how many chunks of one way of a connection are on their way at
	// once: 4 MiB together, to which systems let the window of a connection grow.
	chunkSize = 32 << 10
	window    = (4 << 20) / chunkSize
)

// way is one direction of a connection. What comes in arrives after the delay, and more leaves in the meantime.
type way struct {
	line *Line
	// open is when both ends know of the connection. Nothing leaves before.
	open time.Time
	// broke ends the connection.
	broke func()

	// sent counts the bytes since the last stall, and stalled is until when that lasts.
	sent    int64
	stalled time.Time
}

// chunk is some bytes, and when they arrive.
type chunk struct {
	data []byte
	due  time.Time
}

// chunks are buffers that are used again.
var chunks = sync.Pool{New: func() any { return new([chunkSize]byte) }}

// carry carries what comes from one end to the other until there is no more, and reports false where either end broke
// before.
func (w *way) carry(to io.Writer, from io.Reader) bool {
	under := make(chan chunk, window)
	whole := true
	var arriving sync.WaitGroup
	arriving.Go(func() {
		for c := range under {
			time.Sleep(time.Until(c.due))
			if _, err := to.Write(c.data); err != nil && whole {
				whole = false
				w.broke()
			}
			chunks.Put((*[chunkSize]byte)(c.data[:chunkSize]))
		}
	})
	err := w.read(from, under)
	close(under)
	arriving.Wait()
	return whole && errors.Is(err, io.EOF)
}

// read puts what comes on its way, until there is no more.
func (w *way) read(from io.Reader, under chan<- chunk) error {
	for {
		buf := chunks.Get().(*[chunkSize]byte)
		n, err := from.Read(buf[:])
		w.line.take(n)
		w.line.spoilt(buf[:n])
		if n > 0 {
			under <- chunk{buf[:n], w.due(n)}
		}
		if err != nil {
			return err
		}
	}
}

// due returns when n bytes that are there now arrive.
func (w *way) due(n int) time.Time {
	leaves := later(time.Now(), later(w.open, w.stalled))
	w.sent += int64(n)
	if every := w.line.StallEvery.Load(); every > 0 && w.sent >= every {
		w.sent = 0
		leaves = leaves.Add(time.Duration(w.line.StallFor.Load()))
		w.stalled = leaves
	}
	return leaves.Add(time.Duration(w.line.Delay.Load()))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
