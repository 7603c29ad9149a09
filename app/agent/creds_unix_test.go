//go:build unix

package agent

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"daypass/app"
	"daypass/app/agent/quick"
	"daypass/app/tools"
)

// What daypass-creds gets from the agent are the bytes to print, or what ErrorFrom reads.
func TestCreds_answers(t *testing.T) {
	ownPlace(t)
	if _, err := quick.Ask("lake", "aws"); !errors.Is(err, quick.ErrNoAgent) {
		t.Errorf("without an agent: %v", err)
	}
	core := handoverCore{&fakeCore{}}
	startAgent(t, core, Options{})
	answer, err := quick.Ask("a lake&x=y", "tool #1")
	if err != nil || answer.Status != http.StatusOK || string(answer.Body) != string(tools.ProcessJSON(fakeAccess)) {
		t.Errorf("%d %s %v", answer.Status, answer.Body, err)
	}
	if got, want := core.lastCall(), "hand out a lake&x=y to "+ourName("tool #1"); got != want {
		t.Errorf("the agent was asked to %q, want %q", got, want)
	}
	for _, want := range []error{app.ErrNoCredentials, app.ErrRenewing, app.ErrNoConnection, app.ErrAmbiguous, app.ErrPaused} {
		core.failWith(want)
		answer, err := quick.Ask("lake", "aws")
		if err != nil || answer.Status == http.StatusOK || !errors.Is(ErrorFrom(answer.Body), want) {
			t.Errorf("%d %s %v, want %v", answer.Status, answer.Body, err, want)
		}
	}
}

// An agent of another version does not know the request; asking in the ordinary way finds out more.
func TestError_anotherVersion(t *testing.T) {
	for _, code := range []string{codeRequest, codeProtocol} {
		w := httptest.NewRecorder()
		refuse(w, http.StatusNotFound, code, "it does not know this request")
		if err := ErrorFrom(w.Body.Bytes()); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// The program that runs daypass-creds is the tool, as with daypass creds.
func TestIsOurs_includesCredsProgram(t *testing.T) {
	self := executable(os.Getpid())
	if !isOurs(self) || !isOurs(filepath.Join(filepath.Dir(self), tools.CredsProgram)) || isOurs(filepath.Join(filepath.Dir(self), "aws")) {
		t.Error("a program of ours is taken for a tool, or a tool for one of ours")
	}
}
