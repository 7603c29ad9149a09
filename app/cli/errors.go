package cli

import (
	"context"
	"errors"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/auth/safetext"
)

// shownError is an error with words for the user in place of its own.
type shownError struct {
	text string
	err  error
}

// Error implements error.
func (e *shownError) Error() string { return e.text }

// Unwrap returns the error itself.
func (e *shownError) Unwrap() error { return e.err }

// known are the errors that have words for the user, by their IDs.
var known = []struct {
	err error
	id  string
}{
	{agent.ErrNotRunning, "cli.error.agent-not-running"},
	{agent.ErrOtherProtocol, "cli.error.agent-other-version"},
	{agent.ErrRunning, "cli.error.agent-running"},
	{agent.ErrSilent, "cli.error.agent-silent"},
	{agent.ErrNoWindowProgram, "cli.error.no-window-program"},
	{app.ErrStopped, "cli.error.agent-stopped"},
	{app.ErrNoConnection, "cli.error.no-connection"},
	{app.ErrNoCredentials, "cli.error.no-credentials"},
	{app.ErrNoClipboard, "cli.error.no-clipboard"},
	{app.ErrFilesChanged, "cli.error.files-changed"},
	{app.ErrNoTool, "cli.error.no-tool"},
	{app.ErrRenewing, "cli.error.renewing"},
	{app.ErrPaused, "cli.error.paused"},
	{app.ErrAmbiguous, "cli.error.ambiguous"},
	{app.ErrPolicyIgnored, "cli.error.policy-ignored"},
	{app.ErrLimitsUnchecked, "cli.error.limits-unchecked"},
	{app.ErrHasPolicy, "cli.error.has-policy"},
	{app.ErrCannotNarrow, "cli.error.cannot-limit"},
	{errInterrupted, "cli.error.interrupted"},
	{context.Canceled, "cli.error.interrupted"},
}

// errorText returns an error in the language of the user, as far as it has words for them.
func errorText(err error) string {
	if shown, ok := errors.AsType[*shownError](err); ok {
		return safetext.Text(shown.text)
	}
	for _, k := range known {
		if errors.Is(err, k.err) {
			return messages.Text(k.id)
		}
	}
	if field, ok := errors.AsType[*connection.FieldError](err); ok {
		reason := messages.Current().Say(field.Reason)
		return safetext.Text(messages.Text("cli.error.field", messages.Args{"Field": field.Field, "Reason": reason}))
	}
	return safetext.Text(messages.Current().Sentences(session.ReasonsOf(err)))
}
