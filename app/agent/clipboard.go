package agent

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"daypass/auth/secret"
)

const pathClipboard = "/v1/clipboard"

// wireCopy is a secret on its way to the clipboard.
type wireCopy struct {
	Text string `json:"text"`
	// Clear is after how many milliseconds it is cleared; zero: when the agent ends.
	Clear int64 `json:"clear_ms"`
}

func (s *server) copySecret(w http.ResponseWriter, r *http.Request) {
	var request wireCopy
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil || request.Clear < 0 {
		refuse(w, http.StatusBadRequest, codeRequest, "this is nothing to copy")
		return
	}
	if err := s.core.CopySecret(r.Context(), secret.New(request.Text), time.Duration(request.Clear)*time.Millisecond); err != nil {
		fail(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// CopySecret implements app.Core.
func (c *Client) CopySecret(ctx context.Context, text secret.Secret, after time.Duration) error {
	body, err := json.Marshal(wireCopy{text.Reveal(), after.Milliseconds()})
	if err != nil {
		return err
	}
	_, err = c.do(ctx, http.MethodPost, pathClipboard, body)
	return err
}
