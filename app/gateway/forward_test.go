package gateway

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/signer"
)

// resigned fails unless a request has the user's signature and nothing of the client's.
func (s *stand) resigned(r received) {
	s.t.Helper()
	authorization := r.Header.Get("Authorization")
	if !strings.HasPrefix(authorization, "AWS4-HMAC-SHA256 Credential="+userKey+"/") || !strings.Contains(authorization, "/eu-central-1/s3/") {
		s.t.Errorf("signed %q", authorization)
	}
	if r.Header.Get("X-Amz-Security-Token") != userToken {
		s.t.Error("no session token")
	}
	var head strings.Builder
	_ = r.Header.Write(&head)
	if strings.Contains(head.String()+r.RequestURI, s.pair.AccessKeyID) {
		s.t.Errorf("%s: the client's key is in it: %s", r.RequestURI, head.String())
	}
	if r.err != nil {
		s.t.Error(r.err)
	}
}

// What minio-go signs in chunks arrives whole and signed again.
func TestForward_bodiesOfEveryKind(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789abcdef"), 20<<10) // of several chunks
	tests := map[string]struct {
		options minio.Options
		put     minio.PutObjectOptions
		payload string
	}{
		"signed chunks":             {minio.Options{}, minio.PutObjectOptions{DisableContentSha256: false}, "UNSIGNED-PAYLOAD"},
		"signed chunks and trailer": {minio.Options{TrailingHeaders: true}, minio.PutObjectOptions{Checksum: minio.ChecksumCRC32C}, "STREAMING-UNSIGNED-PAYLOAD-TRAILER"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			_, err := s.client(tt.options).PutObject(t.Context(), "bucket", "a key", bytes.NewReader(content), int64(len(content)), "", "", tt.put)
			if err != nil {
				t.Fatal(err)
			}
			r := s.only()
			s.resigned(r)
			if r.RequestURI != "/bucket/a%20key" || r.Header.Get("X-Amz-Content-Sha256") != tt.payload {
				t.Errorf("%s %q", r.RequestURI, r.Header.Get("X-Amz-Content-Sha256"))
			}
			if tt.options.TrailingHeaders {
				if !bytes.HasPrefix(r.body, []byte("10000\r\n0123")) || !bytes.Contains(r.body, []byte("\r\n0\r\nx-amz-checksum-crc32c:")) || r.Header.Get("Content-Encoding") != "aws-chunked" {
					t.Errorf("%.100q... %v", r.body, r.Header)
				}
			} else if !bytes.Equal(r.body, content) || r.Header.Get("Content-Encoding") != "" || r.ContentLength != int64(len(content)) {
				t.Errorf("%d bytes, %v", len(r.body), r.Header)
			}
			if seen := s.seen(); seen.Fetches != 1 || seen.Sent < int64(len(content)) || seen.Received != int64(len("content")) {
				t.Errorf("%+v", seen)
			}
		})
	}
}

// A body that is not signed in chunks goes on byte for byte, with the hash that the client stated.
func TestForward_bodyAndHashStay(t *testing.T) {
	s := open(t)
	body := []byte("hello")
	sum := sha256.Sum256(body)
	s.do(s.signed("PUT", "/bucket/x?partNumber=1&uploadId=a%2Bb", body, func(r *http.Request) { r.Header.Set("X-Amz-Content-Sha256", hex.EncodeToString(sum[:])) }))
	r := s.only()
	s.resigned(r)
	if string(r.body) != "hello" || r.Header.Get("X-Amz-Content-Sha256") != hex.EncodeToString(sum[:]) || r.URL.Query().Get("uploadId") != "a+b" {
		t.Errorf("%q %v %s", r.body, r.Header, r.RequestURI)
	}
}

// Headers that mean something to S3 arrive; those of the way and of the client's own place do not.
func TestForward_headers(t *testing.T) {
	s := open(t)
	res, body := s.do(s.signed("GET", "/bucket/x", nil, func(r *http.Request) {
		for name, value := range map[string]string{
			"Range": "bytes=0-3", "If-None-Match": `"x"`, "X-Amz-Meta-A": "b", "User-Agent": "tool/1", "Content-Type": "text/plain", "Accept-Encoding": "zstd",
			"X-Forwarded-For": "10.0.0.1", "Forwarded": "for=10.0.0.1", "X-Real-Ip": "10.0.0.1", "Cookie": "a=b", "Te": "trailers", "Referer": "http://x",
		} {
			r.Header.Set(name, value)
		}
	}))
	if res.StatusCode != 200 || body != "content" || res.Header.Get("ETag") == "" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %q %v", res.StatusCode, body, res.Header)
	}
	r := s.only()
	s.resigned(r)
	for name, want := range map[string]string{
		"Range": "bytes=0-3", "If-None-Match": `"x"`, "X-Amz-Meta-A": "b", "User-Agent": "tool/1", "Accept-Encoding": "zstd",
		"X-Forwarded-For": "", "Forwarded": "", "X-Real-Ip": "", "Cookie": "", "Te": "", "Referer": "",
	} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// A presigned link works without its signature going on.
func TestForward_presignedLink(t *testing.T) {
	s := open(t)
	link, err := s.client(minio.Options{}).Presign(t.Context(), "GET", "bucket", "a/b c", time.Minute, url.Values{"response-content-type": {"text/plain"}})
	if err != nil {
		t.Fatal(err)
	}
	r, _ := http.NewRequest("GET", link.String(), http.NoBody)
	r.Header.Set("Sec-Fetch-Site", "none") // as where a user opens it in a browser
	if res, body := s.do(r); res.StatusCode != 200 || res.Header.Get("Content-Security-Policy") != "sandbox; default-src 'none'" {
		t.Errorf("%d %s %v", res.StatusCode, body, res.Header)
	}
	got := s.only()
	s.resigned(got)
	if got.RequestURI != "/bucket/a/b%20c?response-content-type=text%2Fplain" {
		t.Error(got.RequestURI)
	}
}

// A bucket in the host is the same as one in the path.
func TestForward_virtualHostedStyle(t *testing.T) {
	s := open(t)
	port := s.url[strings.LastIndex(s.url, ":"):]
	for host, want := range map[string]string{"my.bucket.localhost": "/my.bucket/x%2By", "localhost": "/x%2By", "127.0.0.1": "/x%2By"} {
		s.got = nil
		r, err := http.NewRequest("GET", s.url+"/x%2By", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host + port
		r.Header.Set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")
		if res, body := s.do(signer.SignV4(*r, s.pair.AccessKeyID, s.pair.SecretAccessKey.Reveal(), "", "x")); res.StatusCode != 200 {
			t.Errorf("%s: %d %s", host, res.StatusCode, body)
			continue
		}
		if got := s.only().RequestURI; got != want {
			t.Errorf("%s: %s", host, got)
		}
	}
}

// A client that waits for a yes before it sends its body does not send it where the server says no.
func TestForward_expectContinue(t *testing.T) {
	s := open(t)
	s.answering(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, "<Error><Code>AccessDenied</Code><Message>no</Message></Error>")
	})
	r := s.signed("PUT", "/bucket/x", bytes.Repeat([]byte("x"), 1<<20), nil)
	r.Header.Set("Expect", "100-continue")
	read := &counted{Reader: r.Body}
	r.Body = io.NopCloser(read)
	res, err := (&http.Transport{ExpectContinueTimeout: time.Minute}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != 403 || read.n > 0 {
		t.Errorf("%d after %d bytes", res.StatusCode, read.n)
	}
	s.answering(nil)
	r = s.signed("PUT", "/bucket/x", []byte("hello"), nil)
	r.Header.Set("Expect", "100-continue")
	if res, _ := s.do(r); res.StatusCode != 200 || string(s.only().body) != "hello" {
		t.Errorf("%d", res.StatusCode)
	}
}

type counted struct {
	io.Reader
	n int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

// What the server does not read is not read from the client; what the client does not read is not read from the server.
func TestForward_backpressure(t *testing.T) {
	const size, limit = 1 << 30, 64 << 20 // the system's own buffers on the way are below that
	s := open(t)
	release := make(chan struct{})
	written := make(chan int, 1)
	s.answering(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			<-release
			return
		}
		n := 0
		for piece := make([]byte, 1<<20); n < size; n += len(piece) {
			_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(2 * time.Second))
			if _, err := w.Write(piece); err != nil {
				break
			}
		}
		written <- n
	})
	ctx, cancel := context.WithCancel(t.Context())
	r := s.signed("PUT", "/bucket/x", nil, nil).WithContext(ctx)
	sent := &stalling{}
	r.Body, r.ContentLength = io.NopCloser(sent), size
	done := make(chan struct{})
	go func() {
		defer close(done)
		if res, err := http.DefaultTransport.RoundTrip(r); err == nil {
			res.Body.Close()
		}
	}()
	if n := sent.wait(); n > limit {
		t.Errorf("%d bytes were taken from the client", n)
	}
	cancel()
	<-done
	close(release)
	res, err := http.DefaultTransport.RoundTrip(s.signed("GET", "/bucket/x", nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	if n := <-written; n > limit {
		t.Errorf("%d bytes were taken from the server", n)
	}
	res.Body.Close()
}

// stalling counts what is read of an endless body.
type stalling struct{ n atomic.Int64 }

func (s *stalling) Read(p []byte) (int, error) {
	s.n.Add(int64(len(p)))
	return len(p), nil
}

// wait returns how much was read once no more is for a second.
func (s *stalling) wait() int64 {
	for last := int64(-1); ; last = s.n.Load() {
		<-time.After(time.Second) // the only sign of a stall is that nothing happens
		if n := s.n.Load(); n > 0 && n == last {
			return n
		}
	}
}

// A client that hangs up ends its request at the server.
func TestForward_cancellation(t *testing.T) {
	s := open(t)
	begun, ended := make(chan struct{}), make(chan struct{})
	s.answering(func(_ http.ResponseWriter, r *http.Request) {
		close(begun)
		<-r.Context().Done()
		close(ended)
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-begun
		cancel()
	}()
	if res, err := http.DefaultTransport.RoundTrip(s.signed("GET", "/bucket/x", nil, nil).WithContext(ctx)); err == nil {
		res.Body.Close()
		t.Error("answered")
	}
	<-ended
}

// A server that cannot be reached is an error of S3's kind that programs try again after.
func TestForward_unreachableServer(t *testing.T) {
	s := open(t)
	s.answering(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_ = conn.(*net.TCPConn).SetLinger(0)
			_ = conn.Close()
		}
	})
	if res, body := s.do(s.signed("GET", "/bucket/x", nil, nil)); res.StatusCode != 502 || !strings.Contains(body, "<Code>ServiceUnavailable</Code>") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}
