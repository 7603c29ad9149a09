package setup

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"daypass/app/connection"
	"daypass/app/messages"
)

// invitationPath is where a company publishes its connection file, at its own domain.
const invitationPath = "/.well-known/daypass"

// invitationTimeout is short: most domains have none, and something else is looked for there next.
const invitationTimeout = 5 * time.Second

// Invitation returns the connection that a company publishes at the domain of an address. Nothing that it names is asked.
func Invitation(ctx context.Context, typed string, o Options) (connection.Definition, error) {
	lead, problem := connection.Lead(typed)
	if problem.ID != "" {
		return connection.Definition{}, &messages.Error{Text: problem}
	}
	n, err := newNetwork(o.CAFile, o.Confirmed)
	if err != nil {
		return connection.Definition{}, err
	}
	n.allow(lead)
	def, err := n.invitation(ctx, &url.URL{Scheme: lead.Scheme, Host: lead.Host})
	if _, ofField := errors.AsType[*connection.FieldError](err); err != nil && !ofField {
		err = messages.NewError(err, "agent.error.invitation", "Host", lead.Host)
	}
	return def, err
}

// errNoInvitation means that a domain publishes no connection.
var errNoInvitation = errors.New("no connection is published there")

// invitation returns the connection that is published at a place. An error about a field of it is a *connection.FieldError.
func (n *network) invitation(ctx context.Context, place *url.URL) (connection.Definition, error) {
	ctx, cancel := context.WithTimeout(ctx, invitationTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, place.JoinPath(invitationPath).String(), http.NoBody)
	if err != nil {
		return connection.Definition{}, err
	}
	answer, err := n.RoundTrip(req) // which follows no redirect
	if err != nil {
		return connection.Definition{}, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return connection.Definition{}, errNoInvitation
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, connection.MaxFileSize+1))
	if err != nil {
		return connection.Definition{}, err
	}
	def, err := connection.Parse(body) // a page in its place is not valid TOML
	def.Source = place.String()
	return def, err
}

// invited looks for a connection that a company publishes at its domain. Where there is one, nothing else is looked for.
func (r *run) invited(ctx context.Context, lead *url.URL) bool {
	if lead.Path != "" && lead.Path != "/" {
		return false
	}
	place := &url.URL{Scheme: lead.Scheme, Host: lead.Host}
	r.network.allow(place)
	def, err := r.network.invitation(ctx, place)
	if field, ofField := errors.AsType[*connection.FieldError](err); ofField {
		r.note(StepInvitation, place.Host, Warning, text("invitation-invalid", "Field", field.Field), field.Reason)
	}
	if err != nil {
		return false
	}
	s := def.Summary()
	r.note(StepInvitation, place.Host, OK, text("invitation", "Name", def.Name, "Provider", s.ProviderHost, "Server", s.ServerHost))
	r.learn(func(*findings) { r.out.Definition, r.out.Invited = def, true })
	return true
}
