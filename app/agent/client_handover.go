package agent

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/doctor"
	"daypass/app/tools"
)

// brokerClient is app.Handover on the socket.
type brokerClient struct{ *conn }

// Tools implements app.Core.
func (c brokerClient) Tools(ctx context.Context, id string) ([]tools.Tool, error) {
	var list []tools.Tool
	return list, c.get(ctx, "/v1/connections/", id, "/tools", &list)
}

// PreviewTool implements app.Core.
func (c brokerClient) PreviewTool(ctx context.Context, id, tool string, step tools.Step) (tools.Change, error) {
	var change tools.Change
	return change, c.exchange(ctx, id, "/tools/"+url.PathEscape(tool), wireStep{Step: step}, &change)
}

// ApplyTool implements app.Core.
func (c brokerClient) ApplyTool(ctx context.Context, id, tool string, step tools.Step, digest string) error {
	if digest == "" {
		return app.ErrFilesChanged // without one the agent would show the change instead
	}
	return c.exchange(ctx, id, "/tools/"+url.PathEscape(tool), wireStep{step, digest}, new(struct{}))
}

// Clients implements app.Core.
func (c brokerClient) Clients(ctx context.Context, id string) ([]clients.Client, error) {
	var list []clients.Client
	return list, c.get(ctx, "/v1/connections/", id, "/consumers", &list)
}

// AddClient implements app.Core.
func (c brokerClient) AddClient(ctx context.Context, id string, n clients.NewClient) (clients.ClientToken, error) {
	var token wireClientToken
	err := c.exchange(ctx, id, "/consumers", n, &token)
	return token.clientToken(), err
}

// AddGateway implements app.Core.
func (c brokerClient) AddGateway(ctx context.Context, id string, n clients.NewClient) (clients.KeyPair, error) {
	var pair wireKeyPair
	err := c.exchange(ctx, id, "/gateway", n, &pair)
	return pair.keyPair(), err
}

// Fetch implements app.Core.
func (c brokerClient) Fetch(ctx context.Context, id string, f clients.Fetcher) (clients.IssuedCredentials, error) {
	var issued wireIssued
	err := c.exchange(ctx, id, "/credentials", f, &issued)
	return clients.IssuedCredentials{Access: issued.Access.access(), Session: issued.Session}, err
}

// PauseClient implements app.Core.
func (c brokerClient) PauseClient(ctx context.Context, client string, paused bool) error {
	verb := "/resume"
	if paused {
		verb = "/pause"
	}
	_, err := c.do(ctx, http.MethodPost, "/v1/consumers/"+url.PathEscape(client)+verb, nil)
	return err
}

// RevokeClient implements app.Core.
func (c brokerClient) RevokeClient(ctx context.Context, client string) error {
	_, err := c.do(ctx, http.MethodDelete, "/v1/consumers/"+url.PathEscape(client), nil)
	return err
}

// ToolCredentials implements app.Core.
func (c brokerClient) ToolCredentials(ctx context.Context, name, tool string) (tools.Access, error) {
	query := url.Values{"name": {name}, "tool": {tool}}
	body, err := c.do(ctx, http.MethodGet, pathToolCredentials+"?"+query.Encode(), nil)
	if err != nil {
		return tools.Access{}, err
	}
	var access wireAccess
	err = json.Unmarshal(body, &access)
	return access.access(), err
}

// Diagnose implements app.Core.
func (c brokerClient) Diagnose(ctx context.Context, id string) (doctor.Report, error) {
	var report doctor.Report
	return report, c.get(ctx, "/v1/connections/", id, "/diagnosis", &report)
}
