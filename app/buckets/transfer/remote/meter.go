package remote

import (
	"io"
	"sync"
	"sync/atomic"
)

// meter is the body of one try of a request, and counts what is read of it. The transport may go on
// reading for a moment after a request has failed: each try has a meter and a position of its own.
type meter struct {
	body   io.ReadSeeker
	size   int64
	moved  *atomic.Int64
	passed func(n int64, last bool)

	mu   sync.Mutex
	read int64
	over bool
}

func meterOf(moved *atomic.Int64, data io.ReaderAt, size int64, passed func(int64, bool)) *meter {
	return &meter{body: io.NewSectionReader(data, 0, size), size: size, moved: moved, passed: passed}
}

// Read implements io.Reader.
func (m *meter) Read(p []byte) (int, error) {
	n, err := m.body.Read(p)
	m.passed(int64(n), m.counted(int64(n)) >= m.size)
	return n, err
}

func (m *meter) counted(n int64) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.read += n
	if !m.over {
		m.moved.Add(n)
	}
	return m.read
}

// Seek implements io.Seeker: a body that is sent again counts again.
func (m *meter) Seek(offset int64, whence int) (int64, error) {
	at, err := m.body.Seek(offset, whence)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.moved.Add(at - m.read)
	m.read = at
	return at, err
}

// takeBack uncounts what a try that failed has read.
func (m *meter) takeBack() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.over = true
	m.moved.Add(-m.read)
}
