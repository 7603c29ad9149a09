package engine

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/session"
	"daypass/app/settings"
	"daypass/auth"
	"daypass/auth/secret"
	"daypass/stsclient"
)

// world is a provider and a server that answer at once unless a fault is set, and count.
type world struct {
	mu        sync.Mutex
	loginErr  error
	serverErr error
	scopes    []string // that the provider offers
	idToken   string   // empty for one made of the serial
	subject   string   // who signs in; empty for 1
	keyLife   time.Duration
	idLife    time.Duration
	wait      chan struct{} // a sign-in waits for it when it is not nil
	refreshes int
	exchanges int
	signIns   int
	revoked   []string
	requests  []stsclient.Request
	save      auth.SaveFunc
	current   secret.Secret
	ended     []string
	slow      time.Duration // how long a refresh takes
	spent     int           // refreshes with another token than the current one
	held      secret.Secret // the token that the program refreshes with
	storage   fakeStorage
	warnings  []stsclient.Warning // of every answer of the STS
	anyAction bool                // as in every answer of the STS
	keySet    []auth.SigningKey
	answer    func(stsclient.Request) error // an error of the STS; nil for none
}

func newWorld() *world { return &world{keyLife: time.Hour, idLife: 2 * time.Minute} }

func (w *world) build(_ connection.Definition, save auth.SaveFunc) (dependencies, error) {
	w.save = save
	return dependencies{w, w, w, &w.storage}, nil
}

func (w *world) set(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f()
}

func (w *world) tokens(serial string) auth.Tokens {
	id := cmp.Or(w.idToken, "id-"+serial)
	return auth.Tokens{
		IDToken: secret.New(id), RefreshToken: secret.New("refresh-" + serial),
		WebIdentity: secret.New(id), WebIdentityExpiry: time.Now().Add(w.idLife),
		Identity: auth.Identity{Subject: cmp.Or(w.subject, "1"), Email: "ada@example.com", Issuer: "https://login.example"},
	}
}

func (w *world) SignIn(ctx context.Context, req auth.SignInRequest) (auth.Tokens, error) {
	req.OnLink("https://login.example/auth?x=1")
	if w.wait != nil {
		select {
		case <-w.wait:
		case <-ctx.Done():
			return auth.Tokens{}, ctx.Err()
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.signIns++
	if w.loginErr != nil {
		return auth.Tokens{}, w.loginErr
	}
	req.OnAnswer()
	tokens := w.tokens(fmt.Sprint("s", w.signIns))
	w.current, w.held = tokens.RefreshToken, tokens.RefreshToken
	return tokens, nil
}

func (w *world) Resume(tokens auth.Tokens) { w.set(func() { w.held = tokens.RefreshToken }) }

func (w *world) RevokeCredentials(_ context.Context, keys stsclient.Credentials) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = append(w.ended, keys.AccessKeyID)
	return w.serverErr
}

// fakeStorage is a storage server that holds to policies unless allowed says otherwise.
type fakeStorage struct {
	buckets    []string
	bucketsErr error
	allowed    func(bucket, prefix string) bool
	err        error // of every listing
	listed     []string
	product    stsclient.Product
}

func (f *fakeStorage) Buckets(context.Context, stsclient.Credentials, string) ([]string, error) {
	return f.buckets, f.bucketsErr
}

func (f *fakeStorage) CanList(_ context.Context, _ stsclient.Credentials, _, bucket, prefix string) (bool, error) {
	f.listed = append(f.listed, bucket+"/"+prefix)
	return f.allowed != nil && f.allowed(bucket, prefix), f.err
}

func (f *fakeStorage) Product(context.Context, stsclient.Credentials) (stsclient.Product, error) {
	return f.product, nil
}

func (w *world) SignInByDevice(ctx context.Context, onCode func(auth.DeviceCode)) (auth.Tokens, error) {
	onCode(auth.DeviceCode{UserCode: "WDJB-MJHT", VerificationURI: "https://login.example/device", ExpiresAt: time.Now().Add(5 * time.Minute)})
	return w.SignIn(ctx, auth.SignInRequest{OnLink: func(string) {}, OnAnswer: func() {}})
}

func (w *world) Refresh(ctx context.Context) (auth.Tokens, error) {
	w.mu.Lock()
	w.refreshes++
	err, tokens := w.loginErr, w.tokens(fmt.Sprint(w.refreshes))
	spent := w.held
	if !spent.Equal(w.current) {
		w.spent++
	}
	slow := w.slow
	if err == nil {
		w.current, w.held = tokens.RefreshToken, tokens.RefreshToken
	}
	w.mu.Unlock()
	time.Sleep(slow)
	if err != nil {
		return auth.Tokens{}, err
	}
	if err := w.save(ctx, spent, tokens.RefreshToken); err != nil {
		return tokens, &auth.SaveError{Err: err}
	}
	return tokens, nil
}

func (w *world) Revoke(_ context.Context, token secret.Secret) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.revoked = append(w.revoked, token.Reveal())
	return w.loginErr
}

func (w *world) Discover(context.Context) (*auth.Provider, error) {
	return &auth.Provider{ScopesSupported: w.scopes}, nil
}

func (w *world) SigningKeys(context.Context) ([]auth.SigningKey, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.keySet, nil
}

func (w *world) AssumeRoleWithWebIdentity(_ context.Context, req stsclient.Request) (*stsclient.Response, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.exchanges++
	w.requests = append(w.requests, req)
	if w.serverErr != nil {
		return nil, w.serverErr
	}
	if w.answer != nil {
		if err := w.answer(req); err != nil {
			return nil, err
		}
	}
	return &stsclient.Response{AnyAction: w.anyAction, Warnings: slices.Clone(w.warnings), Credentials: stsclient.Credentials{
		AccessKeyID: fmt.Sprint("KEY", w.exchanges), SecretAccessKey: secret.New("s"), SessionToken: secret.New("t"),
		Expiration: time.Now().Add(w.keyLife),
	}}, nil
}

// bench is an Engine at work in a synctest bubble.
type bench struct {
	*Engine
	t    *testing.T
	w    *world
	stop context.CancelFunc
}

func definition(name string) connection.Definition {
	return connection.Definition{
		Name: name, Endpoint: "https://minio.example", Provider: connection.Provider{
			Issuer: "https://login.example", ClientID: "desktop-app", StaySignedIn: true,
		},
	}
}

// inBubble runs f with an Engine that knows the connections named, in fake time.
func inBubble(t *testing.T, names []string, f func(*bench)) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "connections")
	for _, name := range names {
		if _, err := connection.Open(dir).Save(definition(name)); err != nil {
			t.Fatal(err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		a, err := New(Options{ConfigDir: dir, SettingsFile: filepath.Join(dir, "..", settings.FileName), Version: "test", build: w.build})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		go func() { _ = a.Run(ctx) }()
		f(&bench{Engine: a, t: t, w: w, stop: cancel})
		cancel()
		synctest.Wait()
	})
}

func (b *bench) session(id string) app.Session {
	b.t.Helper()
	synctest.Wait()
	for _, s := range b.store.current().Sessions {
		if s.ID == id {
			return s
		}
	}
	b.t.Fatalf("no session %q", id)
	return app.Session{}
}

func (b *bench) is(id string, want session.Phase) app.Session {
	b.t.Helper()
	s := b.session(id)
	if s.Phase != want {
		b.t.Fatalf("%s is %s, want %s (%+v)", id, s.Phase, want, s.Problem)
	}
	return s
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// commandFunc is a command of a test.
type commandFunc func(*runner)

func (f commandFunc) do(_ context.Context, r *runner) { f(r) }
