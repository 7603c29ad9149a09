// Package agent is the socket between the agent, which owns the sessions, and the window and the
// command line, which ask it: HTTP with JSON on a unix socket that is its owner's alone.
//
// # Protocol 1
//
// Every request has Host "daypass" and every request and answer the header Daypass-Protocol: 1.
//
//	GET    /v1/agent                    Info
//	POST   /v1/quit                     the agent ends, and says so to its window; not with ?for=another
//	GET    /v1/watch                    a stream of app.Snapshot, one a line, the first at once
//	POST   /v1/sessions/{id}/sign-in    also sign-in-by-device, cancel, sign-out, renew
//	POST   /v1/sessions/{id}/answer     {"question": ..., "yes": ...}
//	POST   /v1/sessions/{id}/limit      {"until": ...}, when the session ends at the latest
//	GET    /v1/sessions/{id}/link       {"link": ...}
//	GET    /v1/sessions/{id}/keys       {"access_key_id": ..., ...}
//	GET    /v1/connections/{id}         the definition in TOML, as in its file; also PUT, DELETE
//	POST   /v1/connections              the same for a new one; PUT and POST return {"id": ...}
//	PUT    /v1/settings                 settings.Settings
//	POST   /v1/clipboard                {"text": ..., "clear_ms": ...}, a secret that is copied
//	GET    /v1/window                   the one window's stream: a line at once, one for each call to the front, and one when the user quits
//	POST   /v1/window/raised            the window has come to the front
//	POST   /v1/window/raise             app.WindowTarget, have it come to the front and show that
//	GET    /v1/transfers/watch          a stream of app.TransferList, one a line, the first at once
//	POST   /v1/transfers                app.TransferRequest; returns {"id": ...}
//	POST   /v1/transfers/{id}/pause     also cancel, resume
//	POST   /v1/transfers/{id}/answer    app.ConflictAnswer
//	POST   /v1/transfers/clear          {"ids": [...]}
//
// The requests on credentials for other tools are in handover_wire.go.
//
// An error is {"code": ..., "message": ..., "field": ...}. The first two lines of the table hold in
// every version of the protocol, and are answered whatever protocol the request names, so that
// programs of different versions can find each other out and make way. The stream has no heartbeat:
// a unix socket reports at once that the other end is closed, and silence wakes nobody up.
package agent

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"

	"daypass/app"
	"daypass/app/agent/quick"
	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/session"
)

// Protocol is the version of the protocol that this package speaks.
const Protocol = quick.Protocol

const (
	protocolHeader = quick.ProtocolHeader
	hostName       = quick.HostName
	pathAgent      = "/v1/agent"
	pathQuit       = "/v1/quit"
	// replaceQuery with pathQuit has the agent make way for another one: its window need not close.
	replaceQuery = "for=another"
	// maxBody bounds what either side reads of one request or answer, the stream aside.
	maxBody = 2 * connection.MaxFileSize
)

// Info is what an agent says of itself.
type Info struct {
	// Version is the program's version, as in app.Snapshot.
	Version string `json:"version"`
	// Committed is when the program's source was committed; zero where the build does not say.
	Committed time.Time `json:"committed,omitzero"`
	// Protocol is the version of the protocol it speaks.
	Protocol int `json:"protocol"`
	// PID is its process.
	PID int `json:"pid"`
	// StartedAt is when it began.
	StartedAt time.Time `json:"started_at"`
	// Goroutines is how many it has at the moment of the answer, for monitoring of leaks.
	Goroutines int `json:"goroutines"`
}

type wireLink struct {
	Link string `json:"link"`
}

// wireAnswer is the answer to an app.SignInQuestion.
type wireAnswer struct {
	Question uint64 `json:"question"`
	Yes      bool   `json:"yes"`
}

type wireID struct {
	ID string `json:"id"`
}

// wireError is a failure on the socket.
type wireError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	// Text is the message by its ID, for the client's language, and More what follows it, in sentences.
	Text  messages.Message   `json:"text,omitzero"`
	More  []messages.Message `json:"more,omitempty"`
	Field string             `json:"field,omitempty"`
	// Problem has the words of an app.HandoverError.
	Problem *app.Problem `json:"problem,omitempty"`
}

// The codes of errors that have no sentinel in package app.
const (
	codeField    = "field"
	codeTransfer = "transfer"
	codeRefused  = "refused"
	codeProtocol = "protocol"
	codeRequest  = "bad-request"
	codeOther    = "error"
)

// sentinels are the errors that keep their identity on the way, by code.
var sentinels = []struct {
	code   string
	status int
	err    error
}{
	{"no-connection", http.StatusNotFound, app.ErrNoConnection},
	{"no-link", http.StatusConflict, app.ErrNoLink},
	{"no-keys", http.StatusConflict, app.ErrNoCredentials},
	{"no-clipboard", http.StatusNotImplemented, app.ErrNoClipboard},
	{"no-window", http.StatusConflict, app.ErrNoWindow},
	{"window-open", http.StatusConflict, app.ErrWindowOpen},
	{"stopped", http.StatusServiceUnavailable, app.ErrStopped},
	{"no-transfer", http.StatusNotFound, app.ErrNoTransfer},
	{"no-question", http.StatusConflict, app.ErrNoQuestion},
	{"no-transfers", http.StatusNotImplemented, app.ErrNoTransfers},
	{"files-changed", http.StatusConflict, app.ErrFilesChanged},
	{"no-tool", http.StatusNotFound, app.ErrNoTool},
	{"no-consumer", http.StatusNotFound, app.ErrNoClient},
	{"renewing", http.StatusConflict, app.ErrRenewing},
	{"paused", http.StatusConflict, app.ErrPaused},
	{"ambiguous", http.StatusConflict, app.ErrAmbiguous},
	{"policy-taken", http.StatusConflict, app.ErrHasPolicy},
	{"cannot-narrow", http.StatusConflict, app.ErrCannotNarrow},
	{"policy-ignored", http.StatusConflict, app.ErrPolicyIgnored},
	{"limits-unchecked", http.StatusConflict, app.ErrLimitsUnchecked},
}

// encodeError returns the status and the body for an error of the core.
func encodeError(err error) (int, wireError) {
	var field *connection.FieldError
	if errors.As(err, &field) {
		return http.StatusUnprocessableEntity, wireError{Code: codeField, Message: messages.ForPrograms().Say(field.Reason), Text: field.Reason, Field: field.Field}
	}
	if transfer, ok := errors.AsType[*app.TransferError](err); ok {
		return http.StatusUnprocessableEntity, wireError{Code: codeTransfer, Message: transfer.Error(), Text: transfer.Reason}
	}
	if errors.Is(err, connection.ErrNotFound) {
		err = app.ErrNoConnection
	}
	wire := wireError{Code: codeOther, Message: err.Error()}
	if reasons := session.ReasonsOf(err); reasons[0].ID != session.TextOfError {
		wire.Text, wire.More = reasons[0], reasons[1:]
	}
	if problem, ok := errors.AsType[*app.HandoverError](err); ok {
		wire.Problem = &problem.Problem
	}
	for _, s := range sentinels {
		if errors.Is(err, s.err) {
			wire.Code = s.code
			return s.status, wire
		}
	}
	return http.StatusInternalServerError, wire
}

// text returns the words of an error: its message where this program has it.
func (w wireError) text() messages.Message {
	if messages.Has(w.Text.ID) {
		return w.Text
	}
	return messages.Message{ID: session.TextOfError, Args: map[string]string{"Error": w.Message}}
}

// error returns an error with the words of the agent.
func (w wireError) error() error {
	var cause error
	for _, m := range slices.Backward(w.More) {
		if messages.Has(m.ID) {
			cause = &messages.Error{Text: m, Err: cause}
		}
	}
	return &messages.Error{Text: w.text(), Err: cause}
}

// decodeError is the inverse of encodeError, as far as the error's identity goes.
func decodeError(body []byte) error {
	var w wireError
	if json.Unmarshal(body, &w) != nil || w.Message == "" {
		return messages.NewError(nil, "agent.error.answer")
	}
	switch w.Code {
	case codeField:
		return &connection.FieldError{Field: w.Field, Reason: w.text()}
	case codeTransfer:
		return &app.TransferError{Reason: w.text()}
	}
	err := w.error()
	for _, s := range sentinels {
		if w.Code == s.code {
			err = s.err
		}
	}
	if w.Problem != nil {
		err = &app.HandoverError{Problem: *w.Problem, Err: err}
	}
	return err
}
