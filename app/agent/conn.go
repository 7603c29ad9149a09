package agent

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"

	"daypass/app"
	"daypass/app/agent/transport"
	"daypass/app/connection"
	"daypass/app/messages"
)

// conn makes requests to the agent over its socket.
type conn struct {
	http      *http.Client
	socketDir socketDir
	info      Info
}

func newConn(p socketDir) *conn {
	c := &conn{socketDir: p}
	c.http = &http.Client{
		Transport:     &http.Transport{DialContext: c.connect, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// meet asks the agent who it is.
func (c *conn) meet(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, answerTimeout, ErrSilent)
	defer cancel()
	body, err := c.do(ctx, http.MethodGet, pathAgent, nil)
	if errors.Is(err, app.ErrStopped) {
		return ErrNotRunning
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(body, &c.info)
}

// connect opens the socket and makes sure that we run on its other side too.
func (c *conn) connect(ctx context.Context, _, _ string) (net.Conn, error) {
	peer, err := transport.Dial(ctx, c.socketDir.dir)
	if err != nil {
		return nil, err
	}
	if err := checkPeer(peer); err != nil {
		return nil, errors.Join(messages.NewError(err, "agent.error.foreign-socket"), peer.Close())
	}
	return peer, nil
}

// Info is what the agent said of itself when the client connected.
func (c *conn) Info() Info { return c.info }

// Close lets go of the connections that wait to be used again. Watches go on.
func (c *conn) Close() { c.http.CloseIdleConnections() }

func (c *conn) get(ctx context.Context, before, id, after string, into any) error {
	body, err := c.named(ctx, http.MethodGet, before, id, after, nil)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}

// named makes a request whose path has an ID in it. An ID that no connection can have goes nowhere.
func (c *conn) named(ctx context.Context, method, before, id, after string, body []byte) ([]byte, error) {
	if !connection.ValidID(id) {
		return nil, app.ErrNoConnection
	}
	return c.do(ctx, method, before+url.PathEscape(id)+after, body)
}

// do makes one request and returns the body of a good answer.
func (c *conn) do(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	resp, err := c.send(ctx, method, path, body)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		return nil, answerError(resp)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return nil, lost(ctx, err)
	}
	return data, nil
}

// answerError returns the error in an answer.
func answerError(resp *http.Response) error {
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return lost(resp.Request.Context(), err)
	}
	return decodeError(data)
}

func (c *conn) send(ctx context.Context, method, path string, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://"+hostName+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set(protocolHeader, strconv.Itoa(Protocol))
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, lost(ctx, err)
	}
	return resp, nil
}

// lost is the error for an agent that does not answer: the caller's own timeout, or that
// the agent has stopped.
func lost(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if errors.Is(err, errForeign) {
		return err
	}
	return fmt.Errorf("%w (%w)", app.ErrStopped, err)
}

func (c *conn) post(ctx context.Context, path string, body any) ([]byte, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	return c.do(ctx, http.MethodPost, path, data)
}

// exchange posts one JSON value for a connection and reads another.
func (c *conn) exchange(ctx context.Context, id, after string, send, into any) error {
	body, err := json.Marshal(send)
	if err != nil {
		return err
	}
	body, err = c.named(ctx, http.MethodPost, "/v1/connections/", id, after, body)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}
