package gateway

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"

	"github.com/minio/minio-go/v7/pkg/signer"

	"daypass/app/broker/clients"
	"daypass/app/gateway/sigv4"
	"daypass/app/tools"
)

// forwarding is a request that is forwarded.
type forwarding struct {
	sigv4.Verified
	client clients.Client
	to     address
	access tools.Access
	server *server
}

// forward sends a request on and copies the answer.
func (h *handler) forward(w http.ResponseWriter, r *http.Request, f forwarding) *sigv4.Error {
	flow := newFlow(w, r, func(sent, received int64) { h.list.NoteTraffic(f.client.ID, sent, received) })
	defer flow.end()
	body, err := f.body(flow.request)
	if err != nil {
		return asDenial(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(p *httputil.ProxyRequest) { f.rewrite(p.Out) }, Transport: f.server.http, BufferPool: buffers{},
		ModifyResponse: f.filter, ErrorLog: h.quiet,
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			h.log.Debug("a request of a tool was not forwarded", "connection", f.access.Connection, "error", err)
			writeError(w, brokenOff(r.Context(), body, err))
		},
	}
	proxy.ServeHTTP(flow.writer, body.request)
	return nil
}

// brokenOff returns the answer to a request that got none from the server.
func brokenOff(ctx context.Context, body *body, err error) *sigv4.Error {
	if refused, ok := errors.AsType[*sigv4.Error](body.failure()); ok {
		return refused
	}
	if refused, ok := errors.AsType[*sigv4.Error](err); ok {
		return refused
	}
	if errors.Is(context.Cause(ctx), errRevoked) {
		return errUnknownKey
	}
	return errUnreachable
}

// body is a request whose body is as the server gets it.
type body struct {
	request *http.Request

	mu  sync.Mutex
	err error
}

// failure returns why the body could not be read to its end; nil where it could, or was not.
func (b *body) failure() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

// watched is a body that remembers its error: the one that the transport returns need not be it.
type watched struct {
	io.Reader
	io.Closer
	body *body
}

// Read implements io.Reader.
func (w watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.body.mu.Lock()
		w.body.err = err
		w.body.mu.Unlock()
	}
	return n, err
}

// body decodes and verifies a body of signed chunks. The signature of any other is the one that the server verifies
// by its hash, which stays.
func (f forwarding) body(r *http.Request) (*body, error) {
	r = r.Clone(r.Context())
	b := &body{request: r}
	if f.Payload != sigv4.StreamingPayload && f.Payload != sigv4.StreamingPayloadTrailer {
		r.Body = watched{r.Body, r.Body, b}
		r.Header.Set("X-Amz-Content-Sha256", f.Payload)
		return b, nil
	}
	chunks, err := f.Chunks(r.Body)
	if err != nil {
		return nil, err
	}
	r.TransferEncoding = nil
	r.Header.Del("Content-Length")
	if f.Payload == sigv4.StreamingPayloadTrailer {
		r.Body, r.ContentLength = watched{chunks.Unsigned(), r.Body, b}, -1
		r.Header.Set("X-Amz-Content-Sha256", sigv4.StreamingUnsignedTrailer)
		return b, nil
	}
	r.Body, r.ContentLength = watched{chunks, r.Body, b}, chunks.Length()
	r.Header.Set("X-Amz-Content-Sha256", sigv4.UnsignedPayload)
	r.Header.Del("X-Amz-Decoded-Content-Length")
	withoutChunkedEncoding(r.Header)
	return b, nil
}

// withoutChunkedEncoding removes aws-chunked from Content-Encoding; others are the object's.
func withoutChunkedEncoding(h http.Header) {
	var rest []string
	for _, value := range h["Content-Encoding"] {
		for encoding := range strings.SplitSeq(value, ",") {
			if encoding = strings.TrimSpace(encoding); encoding != "" && !strings.EqualFold(encoding, "aws-chunked") {
				rest = append(rest, encoding)
			}
		}
	}
	h.Del("Content-Encoding")
	if len(rest) > 0 {
		h.Set("Content-Encoding", strings.Join(rest, ","))
	}
}

// dropped are headers of a request that are not for the server: those of the signature, and those by which it would be
// told where the request comes from.
var dropped = []string{
	"Authorization", "Cookie", "Date", "Origin", "Referer", "Te", "X-Amz-Date", "X-Amz-Security-Token", "X-Real-Ip", "X-Forwarded-Port", "X-Forwarded-Server", "Via",
}

// rewrite makes the request that the server gets, and signs it.
func (f forwarding) rewrite(out *http.Request) {
	for _, name := range dropped {
		out.Header.Del(name)
	}
	out.Host = ""
	out.URL = &url.URL{
		Scheme: f.server.base.Scheme, Host: f.server.base.Host, Path: f.to.path, RawPath: sigv4.EscapePath(f.to.path), RawQuery: f.Query.Encode(),
	}
	signed := f.sign(out)
	out.URL = signed.URL
	for _, name := range []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token"} {
		if value := signed.Header.Get(name); value != "" {
			out.Header.Set(name, value)
		}
	}
}

// sign returns a request with the signature for another one. What proxies on the way may change is not signed.
func (f forwarding) sign(out *http.Request) *http.Request {
	part := &http.Request{Method: out.Method, URL: out.URL, Header: http.Header{}}
	for name, values := range out.Header {
		if name == "Content-Type" || name == "Content-Md5" || strings.HasPrefix(name, "X-Amz-") {
			part.Header[name] = values
		}
	}
	return signer.SignV4(*part, f.access.AccessKeyID, f.access.SecretAccessKey.Reveal(), f.access.SessionToken.Reveal(), f.server.region)
}
