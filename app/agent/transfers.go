package agent

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"daypass/app"
)

const pathTransfers = "/v1/transfers"

// maxTransferBody bounds a request for a transfer, in bytes: a selection may have many names, of up
// to 1,024 bytes each.
const maxTransferBody = 64 << 20

type wireIDs struct {
	IDs []string `json:"ids"`
}

// maxBodyOf is how much of a request's body is read.
func maxBodyOf(r *http.Request) int64 {
	if r.URL.Path == pathTransfers {
		return maxTransferBody
	}
	return maxBody
}

func (s *server) transferRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET "+pathTransfers+"/watch", s.watchTransfers)
	mux.HandleFunc("POST "+pathTransfers, s.startTransfer)
	mux.HandleFunc("POST "+pathTransfers+"/clear", taking("these are no transfers", s.clearTransfers))
	mux.HandleFunc("POST "+pathTransfers+"/{id}/pause", intent(s.core.PauseTransfer))
	mux.HandleFunc("POST "+pathTransfers+"/{id}/cancel", intent(s.core.CancelTransfer))
	mux.HandleFunc("POST "+pathTransfers+"/{id}/resume", intent(s.core.ResumeTransfer))
	mux.HandleFunc("POST "+pathTransfers+"/{id}/answer", taking("this is no answer", s.answerConflict))
}

func (s *server) watchTransfers(w http.ResponseWriter, r *http.Request) {
	stream(w, r, s.core.WatchTransfers(r.Context()))
}

func (s *server) startTransfer(w http.ResponseWriter, r *http.Request) {
	var req app.TransferRequest
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		refuse(w, http.StatusBadRequest, codeRequest, "this is no transfer, or too long a one")
		return
	}
	id, err := s.core.StartTransfer(r.Context(), req)
	answer(w, wireID{id}, err)
}

func (s *server) answerConflict(r *http.Request, answer app.ConflictAnswer) error {
	return s.core.AnswerConflict(r.Context(), r.PathValue("id"), answer)
}

func (s *server) clearTransfers(r *http.Request, which wireIDs) error {
	return s.core.ClearTransfers(r.Context(), which.IDs)
}

// taking answers a request with a body by one call that returns nothing but an error.
func taking[T any](nonsense string, do func(*http.Request, T) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var body T
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			refuse(w, http.StatusBadRequest, codeRequest, nonsense)
			return
		}
		if err := do(r, body); err != nil {
			fail(w, err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

// transferClient is app.Transfers on the socket.
type transferClient struct{ *conn }

// WatchTransfers implements app.Core. Like that of Watch, the channel is also closed when the agent
// goes away.
func (c transferClient) WatchTransfers(ctx context.Context) <-chan app.TransferList {
	return follow[app.TransferList](ctx, c.conn, pathTransfers+"/watch")
}

// StartTransfer implements app.Core.
func (c transferClient) StartTransfer(ctx context.Context, req app.TransferRequest) (string, error) {
	if err := req.Validate(); err != nil {
		return "", err
	}
	answer, err := c.post(ctx, pathTransfers, req)
	if err != nil {
		return "", err
	}
	var started wireID
	err = json.Unmarshal(answer, &started)
	return started.ID, err
}

// PauseTransfer implements app.Core.
func (c transferClient) PauseTransfer(ctx context.Context, id string) error {
	return c.aboutTransfer(ctx, id, "pause", nil)
}

// CancelTransfer implements app.Core.
func (c transferClient) CancelTransfer(ctx context.Context, id string) error {
	return c.aboutTransfer(ctx, id, "cancel", nil)
}

// ResumeTransfer implements app.Core.
func (c transferClient) ResumeTransfer(ctx context.Context, id string) error {
	return c.aboutTransfer(ctx, id, "resume", nil)
}

// AnswerConflict implements app.Core.
func (c transferClient) AnswerConflict(ctx context.Context, id string, answer app.ConflictAnswer) error {
	return c.aboutTransfer(ctx, id, "answer", answer)
}

// ClearTransfers implements app.Core.
func (c transferClient) ClearTransfers(ctx context.Context, ids []string) error {
	_, err := c.post(ctx, pathTransfers+"/clear", wireIDs{ids})
	return err
}

func (c transferClient) aboutTransfer(ctx context.Context, id, verb string, body any) error {
	if id == "" {
		return app.ErrNoTransfer
	}
	_, err := c.post(ctx, pathTransfers+"/"+url.PathEscape(id)+"/"+verb, body)
	return err
}
