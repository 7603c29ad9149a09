package agent

import (
	"context"
	"encoding/json"
	"net/http"

	"daypass/app/settings"
)

const pathSettings = "/v1/settings"

func (s *server) saveSettings(w http.ResponseWriter, r *http.Request) {
	var wanted settings.Settings
	if err := json.NewDecoder(r.Body).Decode(&wanted); err != nil {
		refuse(w, http.StatusBadRequest, codeRequest, "these are no settings")
		return
	}
	if err := s.core.SaveSettings(r.Context(), wanted); err != nil {
		fail(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// SaveSettings implements app.Core.
func (c *Client) SaveSettings(ctx context.Context, s settings.Settings) error {
	if err := s.Validate(); err != nil {
		return err
	}
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = c.do(ctx, http.MethodPut, pathSettings, body)
	return err
}
