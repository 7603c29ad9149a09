package agent

import (
	"context"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/doctor"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/auth/secret"
)

// handoverCore is a fakeCore that gives keys to other tools.
type handoverCore struct{ *fakeCore }

var (
	fakeAccess = tools.Access{
		Connection: "lake", Endpoint: "https://minio.example:9000", Region: "eu", STSEndpoint: "https://sts.example",
		CAFile: "/ca.pem", CABundle: "/all.pem", Credentials: fakeKeys,
	}
	fakePair   = clients.KeyPair{Client: "2", Endpoint: "http://127.0.0.1:2", Region: "eu", AccessKeyID: "DAYPASS", SecretAccessKey: secret.New("hush")}
	fakeChange = tools.Change{Digest: "d", Files: []tools.FileChange{{Path: "/x", Diff: "+y\n", New: true}}}
	fakeScope  = &limits.Scope{Locations: []location.Location{{Bucket: "lake", Prefix: "a/"}}, Write: true, Duration: time.Hour}
)

func (h handoverCore) Tools(_ context.Context, id string) ([]tools.Tool, error) {
	return []tools.Tool{{ID: "aws", SetUp: tools.SetUpDone}}, h.called("tools %s", id)
}

func (h handoverCore) PreviewTool(_ context.Context, id, tool string, step tools.Step) (tools.Change, error) {
	return fakeChange, h.called("preview %s %s %s", id, tool, step)
}

func (h handoverCore) ApplyTool(_ context.Context, id, tool string, step tools.Step, digest string) error {
	return h.called("apply %s %s %s %s", id, tool, step, digest)
}

func (h handoverCore) Clients(_ context.Context, id string) ([]clients.Client, error) {
	return []clients.Client{{ID: "1", Name: "aws", Scope: fakeScope}}, h.called("consumers %s", id)
}

func (h handoverCore) AddClient(_ context.Context, id string, n clients.NewClient) (clients.ClientToken, error) {
	return clients.ClientToken{Client: "1", URL: "http://127.0.0.1:1/x", Token: secret.New("hush"), TokenFile: "/run/token", Access: fakeAccess},
		h.called("add %s %s %+v", id, n.Name, *n.Scope)
}

func (h handoverCore) AddGateway(_ context.Context, id string, n clients.NewClient) (clients.KeyPair, error) {
	return fakePair, h.called("add gateway %s %s %+v", id, n.Name, *n.Scope)
}

func (h handoverCore) Fetch(_ context.Context, id string, f clients.Fetcher) (clients.IssuedCredentials, error) {
	return clients.IssuedCredentials{Access: fakeAccess, Session: "daypass-1"}, h.called("fetch %s %s %s %s", id, f.ID, f.Name, f.Session)
}

func (h handoverCore) PauseClient(_ context.Context, client string, paused bool) error {
	return h.called("pause %s %t", client, paused)
}

func (h handoverCore) RevokeClient(_ context.Context, client string) error {
	return h.called("revoke %s", client)
}

func (h handoverCore) ToolCredentials(_ context.Context, name, tool string) (tools.Access, error) {
	return fakeAccess, h.called("hand out %s to %s", name, tool)
}

func (h handoverCore) Diagnose(_ context.Context, id string) (doctor.Report, error) {
	return doctor.Report{Connection: "Lake", Checks: []doctor.Check{{Code: "x", Severity: doctor.OK}}}, h.called("diagnose %s", id)
}

// ourName is what an agent calls a request of this very process.
func ourName(name string) string {
	return toolOf(context.WithValue(context.Background(), peerKey{}, os.Getpid())).name(name)
}

// Every call of the broker reaches the core, and its result comes back.
func TestBrokerClient_callsReachCore(t *testing.T) {
	ownPlace(t)
	core := handoverCore{&fakeCore{}}
	startAgent(t, core, Options{})
	c, ctx := connect(t), t.Context()
	first := func(v any, err error) any {
		if err != nil {
			t.Error(err)
		}
		return v
	}
	token := clients.ClientToken{Client: "1", URL: "http://127.0.0.1:1/x", Token: secret.New("hush"), TokenFile: "/run/token", Access: fakeAccess}
	tests := []struct {
		call      string
		got, want any
	}{
		{"tools lake", first(c.Tools(ctx, "lake")), []tools.Tool{{ID: "aws", SetUp: tools.SetUpDone}}},
		{"preview lake aws remove", first(c.PreviewTool(ctx, "lake", "aws", tools.StepRemove)), fakeChange},
		{"apply lake aws add d", c.ApplyTool(ctx, "lake", "aws", tools.StepAdd, "d"), nil},
		{"consumers lake", first(c.Clients(ctx, "lake")), []clients.Client{{ID: "1", Name: "aws", Scope: fakeScope}}},
		{"add lake x {Locations:[{Bucket:lake Prefix:a/}] Write:true Duration:1h0m0s}", first(c.AddClient(ctx, "lake", clients.NewClient{Name: "x", Scope: fakeScope})), token},
		{"add gateway lake x {Locations:[{Bucket:lake Prefix:a/}] Write:true Duration:1h0m0s}", first(c.AddGateway(ctx, "lake", clients.NewClient{Name: "x", Scope: fakeScope})), fakePair},
		{"fetch lake 2 x daypass-1", first(c.Fetch(ctx, "lake", clients.Fetcher{ID: "2", Name: "x", Session: "daypass-1"})), clients.IssuedCredentials{Access: fakeAccess, Session: "daypass-1"}},
		{"pause 1 true", c.PauseClient(ctx, "1", true), nil},
		{"pause 1 false", c.PauseClient(ctx, "1", false), nil},
		{"revoke 1", c.RevokeClient(ctx, "1"), nil},
		{"hand out a lake to " + ourName("my tool"), first(c.ToolCredentials(ctx, "a lake", "my tool")), fakeAccess},
		{"diagnose lake", first(c.Diagnose(ctx, "lake")), doctor.Report{Connection: "Lake", Checks: []doctor.Check{{Code: "x", Severity: doctor.OK}}}},
	}
	core.mu.Lock()
	defer core.mu.Unlock()
	for i, tt := range tests {
		if !reflect.DeepEqual(tt.got, tt.want) {
			t.Errorf("%s: %+v, want %+v", tt.call, tt.got, tt.want)
		}
		if core.calls[i] != tt.call {
			t.Errorf("call %d is %q, want %q", i, core.calls[i], tt.call)
		}
	}
}

// The broker's errors are the same ones on both sides of the socket.
func TestBrokerClient_errorsKeepIdentity(t *testing.T) {
	ownPlace(t)
	core := handoverCore{&fakeCore{}}
	startAgent(t, core, Options{})
	c := connect(t)
	for _, want := range []error{app.ErrNoCredentials, app.ErrRenewing, app.ErrNoConnection, app.ErrAmbiguous, app.ErrPaused, app.ErrFilesChanged, app.ErrNoTool, app.ErrNoClient, app.ErrHasPolicy, app.ErrCannotNarrow, app.ErrPolicyIgnored, app.ErrLimitsUnchecked} {
		core.failWith(want)
		if _, err := c.ToolCredentials(t.Context(), "lake", "aws"); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	words := app.Problem{Code: "tool-foreign", Title: "Taken", Detail: "In the file.", NextStep: "Rename it."}
	for _, cause := range []error{app.ErrNoCredentials, errors.New("in the file")} {
		core.failWith(&app.HandoverError{Problem: words, Err: cause})
		_, err := c.ToolCredentials(t.Context(), "lake", "aws")
		problem, ok := errors.AsType[*app.HandoverError](err)
		if !ok || !reflect.DeepEqual(problem.Problem, words) || err.Error() != cause.Error() || errors.Is(cause, app.ErrNoCredentials) != errors.Is(err, app.ErrNoCredentials) {
			t.Errorf("%#v", err)
		}
	}
	if err := c.ApplyTool(t.Context(), "lake", "aws", tools.StepAdd, ""); !errors.Is(err, app.ErrFilesChanged) {
		t.Errorf("without a digest: %v", err)
	}
}

// A program with an endpoint of its own asks the agent that was started again, by the same client.
func TestRule45_fetcherFindsNextAgent(t *testing.T) {
	ownPlace(t)
	f := clients.Fetcher{ID: "2", Name: "x"}
	stop := startAgent(t, handoverCore{&fakeCore{}}, Options{})
	c := connect(t)
	for range 2 {
		if got, err := c.Fetch(t.Context(), "lake", f); err != nil || got.Access.AccessKeyID != "AKID" {
			t.Fatalf("%+v %v", got, err)
		}
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Fetch(t.Context(), "lake", f); !errors.Is(err, app.ErrStopped) {
			t.Fatalf("without an agent: %v", err)
		}
		stop = startAgent(t, handoverCore{&fakeCore{}}, Options{})
	}
}

// Two clients of one agent read the same problem, each in the language of its user.
func TestProblem_twoClientsTwoLanguages(t *testing.T) {
	ownPlace(t)
	core := handoverCore{&fakeCore{}}
	startAgent(t, core, Options{})
	core.failWith(&app.HandoverError{
		Problem: app.Problem{Code: "sts-policy-unknown", Params: map[string]string{"Server": "minio.example", "Subject": "writers"}},
		Err:     app.ErrRenewing,
	})
	for tag, want := range map[language.Tag]string{language.English: "No permissions assigned", language.German: "Keine Berechtigungen zugewiesen"} {
		_, err := connect(t).ToolCredentials(t.Context(), "lake", "aws")
		problem, ok := errors.AsType[*app.HandoverError](err)
		if !ok {
			t.Fatal(err)
		}
		if got := problem.Problem.Words(messages.In(tag)); got.Title != want || !strings.Contains(got.Detail, "writers") {
			t.Errorf("%s: %+v", tag, got)
		}
	}
}
