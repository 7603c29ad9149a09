package engine

import (
	"context"
	"encoding/json"
	"slices"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/session"
	"daypass/app/sessionstore"
	"daypass/app/settings"
	"daypass/auth/secret"
)

// command is something that the runner does between two publications. All that changes the runner's state
// reaches it as a command.
type command interface {
	do(ctx context.Context, r *runner)
}

// request is a command in the runner's inbox.
type request struct {
	command
	// done is closed once the command is done and its result is published. May be nil.
	done chan<- struct{}
}

// The commands.
type (
	// handleEvent has a session take an event.
	handleEvent struct {
		id    string
		event session.Event
	}
	// handleLink is handleEvent for session.LinkReady, with the link.
	handleLink struct {
		id   string
		link string
		session.LinkReady
	}
	// saveRotated has a session take the refresh token that replaces a spent one. saved is called when it is
	// on disk, or with why it is not.
	saveRotated struct {
		id           string
		spent, fresh secret.Secret
		saved        func(error)
	}
	// defineConnection adds a connection or replaces its definition, as the user has saved it.
	defineConnection struct {
		id  string
		def connection.Definition
	}
	// removeConnection signs out of a connection and removes it.
	removeConnection struct{ id string }
	// reloadFolder takes over the folder of the connections as it was read.
	reloadFolder struct {
		defs []connection.Definition
		errs []error
	}
	// restoreSessions restores sessions as they were stored.
	restoreSessions struct{ entries map[string]json.RawMessage }
	// setStoreStatus notes how the storing of sessions stands.
	setStoreStatus struct{ status sessionstore.Status }
	// setReady notes that the stored sessions are restored, or will not be for now.
	setReady struct{}
	// setSettings replaces the settings.
	setSettings struct{ settings settings.Settings }
	// setTrayShown notes whether the tray icon is shown.
	setTrayShown struct{ shown bool }
	// setProblem shows a problem of no one session, in place of an earlier one with its code.
	setProblem struct{ problem app.Problem }
	// inspectSession copies what the runner knows of a session to found, whose view stays nil where there is no
	// such session. It is read after the command is done.
	inspectSession struct {
		id    string
		found *inspection
	}
	// storeKeyPairs has the key pairs for the gateway that were made from a session stored with it.
	storeKeyPairs struct{ id string }
	// publishAgain has what is published beside the sessions' state published.
	publishAgain struct{}
)

// inspection is the result of inspectSession.
type inspection struct{ view *sessionView }

func (c handleEvent) do(ctx context.Context, r *runner) {
	if run := r.sessions[c.id]; run != nil {
		r.step(ctx, c.id, run, c.event, nil)
	}
}

func (c handleLink) do(ctx context.Context, r *runner) {
	if run := r.sessions[c.id]; run != nil {
		run.link = c.link
		r.step(ctx, c.id, run, c.LinkReady, nil)
	}
}

func (c saveRotated) do(ctx context.Context, r *runner) {
	run := r.sessions[c.id]
	if run == nil {
		c.saved(sessionstore.ErrNotStored)
		return
	}
	r.step(ctx, c.id, run, session.Rotated{Spent: c.spent, RefreshToken: c.fresh}, c.saved)
}

func (c defineConnection) do(ctx context.Context, r *runner) {
	r.keepClientSecret(c.id, sessionstore.ClientSecretOf(c.def))
	r.define(ctx, c.id, c.def)
}

func (c removeConnection) do(ctx context.Context, r *runner) { r.remove(ctx, c.id) }

func (c reloadFolder) do(ctx context.Context, r *runner) { r.reload(ctx, c) }

func (c restoreSessions) do(ctx context.Context, r *runner) { r.restoreAll(ctx, c.entries) }

func (c setStoreStatus) do(_ context.Context, r *runner) { r.storeStatus = c.status }

func (setReady) do(_ context.Context, r *runner) { r.isReady() }

func (c setSettings) do(_ context.Context, r *runner) { r.settings = c.settings }

func (c setTrayShown) do(_ context.Context, r *runner) { r.trayShown = c.shown }

func (c setProblem) do(_ context.Context, r *runner) {
	others := slices.DeleteFunc(slices.Clone(r.problems), func(p app.Problem) bool { return p.Code == c.problem.Code })
	r.problems = append(others, c.problem)
}

func (c inspectSession) do(_ context.Context, r *runner) {
	if run := r.sessions[c.id]; run != nil {
		c.found.view = &sessionView{r.job(c.id, run, run.state.Attempt), run.state, run.lastRequest}
	}
}

func (c storeKeyPairs) do(ctx context.Context, r *runner) {
	if run := r.sessions[c.id]; run != nil {
		r.step(ctx, c.id, run, session.KeyPairsChanged{Set: r.issuer.KeyPairs(c.id)}, nil)
	}
}

func (publishAgain) do(context.Context, *runner) {}
