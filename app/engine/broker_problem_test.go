package engine

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/tools"
	"daypass/app/tools/install"
	"daypass/stsclient"
)

// What keeps a tool from credentials is reported with a title, a cause and a next step.
func TestToolCredentials_problems(t *testing.T) {
	home := t.TempDir()
	paths := install.FindPaths(func(string) string { return "" }, home, filepath.Join(home, "own"))
	policed := definition("policed")
	policed.Keys.Policy = `{"Version":"2012-10-17","Statement":[]}`
	b := unbubbled(t, paths, definition("lake"), policed)
	if _, err := b.PreviewTool(t.Context(), "lake", "mc", tools.StepAdd); problemOf(err) != "no-keys" {
		t.Errorf("%v", err)
	}
	for _, id := range []string{"lake", "policed"} {
		b.must(b.SignIn(t.Context(), id))
		b.reach(id, active)
	}
	b.must(os.MkdirAll(filepath.Dir(paths.AWSConfig), 0o700))
	b.must(os.WriteFile(paths.AWSConfig, []byte("[profile daypass-lake]\n"), 0o600))
	_, err := b.PreviewTool(t.Context(), "lake", "aws", tools.StepAdd)
	if denied, ok := errors.AsType[*app.HandoverError](err); !ok || denied.Problem.Code != "tool-foreign" || !strings.Contains(denied.Problem.English().Detail, paths.AWSConfig) {
		t.Errorf("%v", err)
	}
	scope := &limits.Scope{Locations: []location.Location{{Bucket: "measurements"}}}
	ask := func(id string, s *limits.Scope) string {
		_, err := b.AddClient(t.Context(), id, clients.NewClient{Name: "x", Scope: s})
		return problemOf(err)
	}
	if got := ask("policed", scope); got != "policy-taken" {
		t.Error(got)
	}
	if got := ask("lake", &limits.Scope{}); got != "scope" {
		t.Error(got)
	}
	b.w.set(func() { b.w.serverErr = &stsclient.Error{Kind: stsclient.KindSessionPolicyLong} })
	if got := ask("lake", scope); got != "sts-"+string(stsclient.KindSessionPolicyLong) {
		t.Error(got)
	}
	b.w.set(func() {
		b.w.serverErr = &stsclient.LimitError{Parameter: "DurationSeconds", Limit: stsclient.LimitDurationRange}
	})
	if got := ask("lake", &limits.Scope{Locations: scope.Locations, Duration: time.Minute}); got != "connection-limits" {
		t.Error(got)
	}
	if _, err := b.PreviewTool(t.Context(), "lake", "none", tools.StepAdd); !errors.Is(err, app.ErrNoTool) || problemOf(err) != "" {
		t.Errorf("%v", err)
	}
}

// problemOf is the code of an error's problem, whose words are all there; empty for none.
func problemOf(err error) string {
	denied, ok := errors.AsType[*app.HandoverError](err)
	if !ok {
		return ""
	}
	if denied.Problem.English().Title == "" || denied.Problem.English().Detail == "" || denied.Problem.English().NextStep == "" {
		return "no words: " + denied.Problem.Code
	}
	return denied.Problem.Code
}
