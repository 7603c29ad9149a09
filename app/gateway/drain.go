package gateway

import (
	"io"
	"net/http"
	"time"
)

// The bounds of what is read of a body after its request is answered: the parts that programs upload at a time fit.
const (
	maxDrained   = 64 << 20
	drainTimeout = 10 * time.Second
)

// drain reads what is left of a request's body, within bounds, after an early answer. Many programs read the answer only
// once they have sent everything: where the connection ended before, they would never see it.
func drain(w http.ResponseWriter, body io.Reader) {
	control := http.NewResponseController(w)
	if control.Flush() != nil || control.SetReadDeadline(time.Now().Add(drainTimeout)) != nil {
		return
	}
	_, _ = io.CopyN(io.Discard, body, maxDrained)
}
