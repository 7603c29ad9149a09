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

// Consumers implements app.Core.
func (c brokerClient) Consumers(ctx context.Context, id string) ([]clients.Consumer, error) {
	var list []clients.Consumer
	return list, c.get(ctx, "/v1/connections/", id, "/consumers", &list)
}

// AddConsumer implements app.Core.
func (c brokerClient) AddConsumer(ctx context.Context, id string, n clients.NewConsumer) (clients.Grant, error) {
	var grant wireGrant
	err := c.exchange(ctx, id, "/consumers", n, &grant)
	return grant.grant(), err
}

// Fetch implements app.Core.
func (c brokerClient) Fetch(ctx context.Context, id string, f clients.Fetcher) (clients.Fetched, error) {
	var fetched wireFetched
	err := c.exchange(ctx, id, "/credentials", f, &fetched)
	return clients.Fetched{Access: fetched.Access.access(), Session: fetched.Session}, err
}

// PauseConsumer implements app.Core.
func (c brokerClient) PauseConsumer(ctx context.Context, consumer string, paused bool) error {
	verb := "/resume"
	if paused {
		verb = "/pause"
	}
	_, err := c.do(ctx, http.MethodPost, "/v1/consumers/"+url.PathEscape(consumer)+verb, nil)
	return err
}

// RevokeConsumer implements app.Core.
func (c brokerClient) RevokeConsumer(ctx context.Context, consumer string) error {
	_, err := c.do(ctx, http.MethodDelete, "/v1/consumers/"+url.PathEscape(consumer), nil)
	return err
}

// HandOut implements app.Core.
func (c brokerClient) HandOut(ctx context.Context, name, tool string) (tools.Access, error) {
	query := url.Values{"name": {name}, "tool": {tool}}
	body, err := c.do(ctx, http.MethodGet, pathHandOut+"?"+query.Encode(), nil)
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
