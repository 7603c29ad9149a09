package agent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
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

// ErrSilent means that an agent runs and does not respond.
var ErrSilent = errors.New("the Daypass agent does not answer")

// answerTimeout is how long an agent may take to say who it is.
const answerTimeout = 5 * time.Second

// Client is the agent's Core, seen from another process. A call that the agent does not answer any
// more fails with app.ErrStopped; Ensure then returns a new Client.
type Client struct {
	*conn
	brokerClient
	transferClient
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
func dial(ctx context.Context, p socketDir) (*Client, error) {
	if err := p.check(); errors.Is(err, errForeign) {
		return nil, err
	} else if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrNotRunning, err)
	}
	c := newConn(p)
	if err := c.meet(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return &Client{conn: c, brokerClient: brokerClient{c}, transferClient: transferClient{c}}, nil
}

// understood returns c itself if its agent speaks our protocol.
func (c *Client) understood() (*Client, error) {
	if c.info.Protocol != Protocol {
		c.Close()
		return nil, ErrOtherProtocol
	}
	return c, nil
}

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
	def = def.Normalized()
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
