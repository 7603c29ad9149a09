package cli

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"daypass/app"
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

// savingCore notes what is saved.
type savingCore struct {
	*fakeCore
	own   connection.Definition
	saved []connection.Definition
}

func (s *savingCore) Connection(context.Context, string) (connection.Definition, error) {
	return s.own, nil
}

func (s *savingCore) SaveConnection(_ context.Context, def connection.Definition) (string, error) {
	s.saved = append(s.saved, def)
	return def.ID, nil
}

// Published changes are shown, and saved once the user confirms them.
func TestConnectionUpdate_changesAreConfirmed(t *testing.T) {
	published := connection.Definition{Name: "Lake", Endpoint: "https://new.example", Provider: connection.Provider{Issuer: "https://login.example", ClientID: "desktop-app"}}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(published.Format()) }))
	defer s.Close()
	mine := published
	mine.ID, mine.Name, mine.Endpoint, mine.Source = "lake", "My lake", "https://old.example", s.URL
	refused := errors.New("no")
	for _, answer := range []error{refused, nil} {
		var out, words bytes.Buffer
		core := &savingCore{fakeCore: play(app.Session{}), own: mine}
		err := connectionCommands{&program{stdout: &out, stderr: &words}}.takeOver(t.Context(), core, mine, func() error { return answer })
		if !errors.Is(err, answer) || !strings.Contains(words.String(), "https://old.example -> https://new.example") {
			t.Errorf("%v, %s", err, words.String())
		}
		if answer == nil && (len(core.saved) != 1 || core.saved[0].Name != "My lake" || core.saved[0].Endpoint != "https://new.example") || answer != nil && len(core.saved) > 0 {
			t.Errorf("saved %+v", core.saved)
		}
	}
	var words bytes.Buffer
	c := connectionCommands{&program{stderr: &words}}
	mine.Endpoint = published.Endpoint
	if err := c.takeOver(t.Context(), nil, mine, nil); err != nil || !strings.Contains(words.String(), "My lake matches what is published.") {
		t.Errorf("%v, %s", err, words.String())
	}
	mine.Source = ""
	if err := c.takeOver(t.Context(), nil, mine, nil); err == nil {
		t.Error("what nobody publishes is updated")
	}
}
