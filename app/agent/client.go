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
	"sync/atomic"
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/credentials"
)

// ErrNotRunning means that no agent answers.
var ErrNotRunning = errors.New("no Daypass agent is running")

// ErrOtherProtocol means that the agent and this program do not understand each other.
var ErrOtherProtocol = errors.New("the running Daypass agent is of another version: quit it, or update this program")

var errSilent = errors.New("the Daypass agent does not answer")

// answerTimeout is how long an agent may take to say who it is.
const answerTimeout = 5 * time.Second

// Client is the agent's Core, seen from another process. A call that the agent does not answer any
// more fails with app.ErrStopped; Ensure then gives a new Client.
type Client struct {
	http  *http.Client
	place place
	info  Info
	// hasQuit is set by the stream of AttendWindow.
	hasQuit atomic.Bool
}

var (
	_ app.Core    = (*Client)(nil)
	_ app.Quitter = (*Client)(nil)
)

// Dial connects to the agent that runs. ErrNotRunning when there is none.
func Dial(ctx context.Context) (*Client, error) {
	c, err := locate(ctx)
	if err != nil {
		return nil, err
	}
	return c.understood()
}

// dial connects to an agent of any protocol.
func dial(ctx context.Context, p place) (*Client, error) {
	if err := p.check(); errors.Is(err, errForeign) {
		return nil, err
	} else if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrNotRunning, err)
	}
	c := &Client{place: p}
	c.http = &http.Client{
		Transport:     &http.Transport{DialContext: c.connect, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if err := c.meet(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// meet asks the agent who it is.
func (c *Client) meet(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, answerTimeout, errSilent)
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
func (c *Client) connect(ctx context.Context, _, _ string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "unix", c.place.socket())
	if err != nil {
		return nil, err
	}
	if err := checkPeer(conn.(*net.UnixConn)); err != nil {
		return nil, errors.Join(fmt.Errorf("the agent's socket is not safe: %w", err), conn.Close())
	}
	return conn, nil
}

// understood gives c itself if its agent speaks our protocol.
func (c *Client) understood() (*Client, error) {
	if c.info.Protocol != Protocol {
		c.Close()
		return nil, ErrOtherProtocol
	}
	return c, nil
}

// Info is what the agent said of itself when the client connected.
func (c *Client) Info() Info { return c.info }

// Close lets go of the connections that wait to be used again. Watches go on.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// SignIn implements app.Core.
func (c *Client) SignIn(ctx context.Context, id string) error { return c.intent(ctx, id, "sign-in") }

// SignInByDevice implements app.Core.
func (c *Client) SignInByDevice(ctx context.Context, id string) error {
	return c.intent(ctx, id, "sign-in-by-device")
}

// CancelSignIn implements app.Core.
func (c *Client) CancelSignIn(ctx context.Context, id string) error {
	return c.intent(ctx, id, "cancel")
}

// AnswerQuestion implements app.Core.
func (c *Client) AnswerQuestion(ctx context.Context, id string, question uint64, yes bool) error {
	body, err := json.Marshal(wireAnswer{question, yes})
	if err != nil {
		return err
	}
	_, err = c.named(ctx, http.MethodPost, "/v1/sessions/", id, "/answer", body)
	return err
}

// SignOut implements app.Core.
func (c *Client) SignOut(ctx context.Context, id string) error { return c.intent(ctx, id, "sign-out") }

// RenewNow implements app.Core.
func (c *Client) RenewNow(ctx context.Context, id string) error { return c.intent(ctx, id, "renew") }

// SignInLink implements app.Core.
func (c *Client) SignInLink(ctx context.Context, id string) (string, error) {
	var link wireLink
	err := c.get(ctx, "/v1/sessions/", id, "/link", &link)
	return link.Link, err
}

// Credentials implements app.Core.
func (c *Client) Credentials(ctx context.Context, id string) (app.Credentials, error) {
	var written credentials.Plain
	err := c.get(ctx, "/v1/sessions/", id, "/keys", &written)
	return written.Credentials(), err
}

// Connection implements app.Core.
func (c *Client) Connection(ctx context.Context, id string) (connection.Definition, error) {
	text, err := c.named(ctx, http.MethodGet, "/v1/connections/", id, "", nil)
	if err != nil {
		return connection.Definition{}, err
	}
	def, err := connection.Parse(text)
	def.ID = id
	return def, err
}

// SaveConnection implements app.Core.
func (c *Client) SaveConnection(ctx context.Context, def connection.Definition) (string, error) {
	def = def.Normalised()
	if err := def.Validate(); err != nil {
		return "", err
	}
	var body []byte
	var err error
	if def.ID == "" {
		body, err = c.do(ctx, http.MethodPost, "/v1/connections", def.Format())
	} else {
		body, err = c.named(ctx, http.MethodPut, "/v1/connections/", def.ID, "", def.Format())
	}
	if err != nil {
		return "", err
	}
	var saved wireID
	err = json.Unmarshal(body, &saved)
	return saved.ID, err
}

// RemoveConnection implements app.Core.
func (c *Client) RemoveConnection(ctx context.Context, id string) error {
	_, err := c.named(ctx, http.MethodDelete, "/v1/connections/", id, "", nil)
	return err
}

func (c *Client) intent(ctx context.Context, id, verb string) error {
	_, err := c.named(ctx, http.MethodPost, "/v1/sessions/", id, "/"+verb, nil)
	return err
}

func (c *Client) get(ctx context.Context, before, id, after string, into any) error {
	body, err := c.named(ctx, http.MethodGet, before, id, after, nil)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}

// named makes a request whose path has an ID in it. An ID that no connection can have goes nowhere.
func (c *Client) named(ctx context.Context, method, before, id, after string, body []byte) ([]byte, error) {
	if !connection.ValidID(id) {
		return nil, app.ErrNoConnection
	}
	return c.do(ctx, method, before+url.PathEscape(id)+after, body)
}

// do makes one request and gives the body of a good answer.
func (c *Client) do(ctx context.Context, method, path string, body []byte) ([]byte, error) {
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

// answerError is the error that a bad answer tells.
func answerError(resp *http.Response) error {
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return lost(resp.Request.Context(), err)
	}
	return decodeError(data)
}

func (c *Client) send(ctx context.Context, method, path string, body []byte) (*http.Response, error) {
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
