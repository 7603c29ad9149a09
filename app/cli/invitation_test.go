package cli

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"daypass/app/connection"
)

// A company's address stands for the connection that it publishes, and one that publishes none says so.
func TestReadConnection_invitation(t *testing.T) {
	def := connection.Definition{Name: "Lake", Endpoint: "https://minio.example", Provider: connection.Provider{Issuer: "https://login.example", ClientID: "desktop-app"}}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/.well-known/daypass" {
			_, _ = w.Write(def.Format())
		}
	}))
	defer s.Close()
	got, foreign, err := readConnection(t.Context(), s.URL, nil)
	if err != nil || got.Name != "Lake" || len(foreign) > 0 {
		t.Errorf("%+v, %v, %v", got, foreign, err)
	}
	def.Name = ""
	if _, _, err := readConnection(t.Context(), s.URL, nil); err == nil {
		t.Error("a connection without a name is taken")
	}
	none := httptest.NewServer(http.NotFoundHandler())
	defer none.Close()
	if _, _, err := readConnection(t.Context(), none.URL, nil); err == nil || !strings.Contains(errorText(err), "publishes no connection for Daypass") {
		t.Errorf("got %v", err)
	}
}
