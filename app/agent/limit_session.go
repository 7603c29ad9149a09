package agent

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// wireLimit is when a session ends at the latest; the zero time for never.
type wireLimit struct {
	Until time.Time `json:"until,omitzero"`
}

func (s *server) limitSession(w http.ResponseWriter, r *http.Request) {
	var limit wireLimit
	if err := json.NewDecoder(r.Body).Decode(&limit); err != nil {
		refuse(w, http.StatusBadRequest, codeRequest, "this is no time")
		return
	}
	intent(func(ctx context.Context, id string) error { return s.core.LimitSession(ctx, id, limit.Until) })(w, r)
}

// LimitSession implements app.Core.
func (c *Client) LimitSession(ctx context.Context, id string, until time.Time) error {
	body, err := json.Marshal(wireLimit{until})
	if err != nil {
		return err
	}
	_, err = c.named(ctx, http.MethodPost, "/v1/sessions/", id, "/limit", body)
	return err
}
