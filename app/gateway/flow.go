package gateway

import (
	"io"
	"net/http"
	"sync"
	"time"
)

// stallTimeout is how long a body may not move at all, in either direction, before its connection is closed.
const stallTimeout = 5 * time.Minute

// noteEvery is after how many bytes of a body the ledger is told of them.
const noteEvery = 4 << 20

// flow watches over the bodies of one request: how many bytes they have, and that they move.
type flow struct {
	request *http.Request
	writer  http.ResponseWriter

	note           func(sent, received int64)
	mu             sync.Mutex
	sent, received int64
}

func newFlow(w http.ResponseWriter, r *http.Request, note func(sent, received int64)) *flow {
	f := &flow{note: note, request: r.WithContext(r.Context())}
	control := http.NewResponseController(w)
	f.request.Body = &flowReader{r.Body, f, control}
	f.writer = &flowWriter{w, f, control}
	return f
}

func (f *flow) add(sent, received int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sent += int64(sent)
	f.received += int64(received)
	if f.sent+f.received >= noteEvery {
		f.flush()
	}
}

func (f *flow) flush() {
	f.note(f.sent, f.received)
	f.sent, f.received = 0, 0
}

// end notes what is not noted yet.
func (f *flow) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.flush()
}

// flowReader is the body of a request.
type flowReader struct {
	io.ReadCloser
	flow    *flow
	control *http.ResponseController
}

// Read implements io.Reader. After the end of the body there is no deadline: the answer may take longer.
func (r *flowReader) Read(p []byte) (int, error) {
	_ = r.control.SetReadDeadline(time.Now().Add(stallTimeout))
	n, err := r.ReadCloser.Read(p)
	if err != nil {
		_ = r.control.SetReadDeadline(time.Time{})
	}
	r.flow.add(n, 0)
	return n, err
}

// flowWriter writes the answer.
type flowWriter struct {
	http.ResponseWriter
	flow    *flow
	control *http.ResponseController
}

// Unwrap is for http.ResponseController.
func (w *flowWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (w *flowWriter) WriteHeader(status int) {
	_ = w.control.SetWriteDeadline(time.Now().Add(stallTimeout))
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *flowWriter) Write(p []byte) (int, error) {
	_ = w.control.SetWriteDeadline(time.Now().Add(stallTimeout))
	n, err := w.ResponseWriter.Write(p)
	w.flow.add(0, n)
	return n, err
}

// bufferSize is how much of an answer is copied at a time.
const bufferSize = 128 << 10

var pool = sync.Pool{New: func() any { return new([bufferSize]byte) }}

// buffers are the buffers of a proxy: only a body that moves has one.
type buffers struct{}

// Get implements httputil.BufferPool.
func (buffers) Get() []byte { return pool.Get().(*[bufferSize]byte)[:] }

// Put implements httputil.BufferPool.
func (buffers) Put(b []byte) { pool.Put((*[bufferSize]byte)(b)) }
