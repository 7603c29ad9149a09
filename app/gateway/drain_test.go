package gateway

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A program that reads no answer before it has sent everything sees each denial of a large upload, and no reset.
func TestGateway_denialsReachProgramsThatSendFirst(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789abcdef"), 1<<20)
	tests := map[string]struct {
		request func(*stand) *http.Request
		status  int
		code    string
	}{
		"signature": {func(s *stand) *http.Request {
			r := s.signed("PUT", "/bucket/x", content, nil)
			r.URL.Path = "/bucket/other"
			return r
		}, 403, "SignatureDoesNotMatch"},
		"paused": {func(s *stand) *http.Request {
			_ = s.list.Pause(s.pair.Client, true)
			return s.signed("PUT", "/bucket/x", content, nil)
		}, 403, "AccessDenied"},
		"changed chunk": {func(s *stand) *http.Request {
			r := s.chunked(content, false)
			text, _ := io.ReadAll(r.Body)
			text[1000] ^= 1
			r.Body = io.NopCloser(bytes.NewReader(text))
			return r
		}, 403, "SignatureDoesNotMatch"},
		"by the server": {func(s *stand) *http.Request {
			s.answering(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.CopyN(io.Discard, r.Body, 1<<20)
				w.WriteHeader(http.StatusForbidden)
				_, _ = io.WriteString(w, "<Error><Code>QuotaExceeded</Code><Message>m</Message></Error>")
			})
			return s.signed("PUT", "/bucket/x", content, nil)
		}, 403, "QuotaExceeded"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			res, body := sendFirst(t, tt.request(s))
			if res.StatusCode != tt.status || !strings.Contains(body, "<Code>"+tt.code+"</Code>") {
				t.Errorf("%d %s", res.StatusCode, body)
			}
		})
	}
}

// sendFirst makes a request as programs do that do not read while they write.
func sendFirst(t *testing.T, r *http.Request) (*http.Response, string) {
	t.Helper()
	conn, err := net.Dial("tcp4", r.URL.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if err := r.Write(conn); err != nil {
		t.Fatalf("sending: %v", err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

// What is read after an answer has a bound.
func TestGateway_drainsSoMuchAndNoMore(t *testing.T) {
	s := open(t)
	upload := &endless{}
	r := s.signed("PUT", "/bucket/x", nil, nil)
	r.URL.Path, r.Body, r.ContentLength = "/bucket/other", upload, 1<<40
	res, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err == nil { // a transport that is still sending when the connection ends may not see the answer
		res.Body.Close()
	}
	if n := upload.n.Load(); n > 2*maxDrained {
		t.Errorf("%d bytes were taken", n)
	}
}

// endless is a body without an end.
type endless struct{ n atomic.Int64 }

// Read implements io.Reader.
func (c *endless) Read(p []byte) (int, error) { c.n.Add(int64(len(p))); return len(p), nil }

// Close implements io.Closer.
func (*endless) Close() error { return nil }
