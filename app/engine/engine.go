// Package engine implements the contract in the agent: one goroutine, the runner, owns every session, starts the effects
// that session.Step asks for, and publishes snapshots.
package engine

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/broker"
	"daypass/app/connection"
	"daypass/app/session"
	"daypass/app/settings"
	"daypass/app/tools"
	"daypass/app/trust"
	"daypass/app/vault"
	"daypass/auth/secret"
)

// Options are what an Engine is made of.
type Options struct {
	// ConfigDir is the folder of the connection files.
	ConfigDir string
	// SettingsFile is the file of the settings, an absolute path.
	SettingsFile string
	// StartAtLogin has the system start the agent at login, or no longer. It is called with true at each
	// start too, in case the program has moved. Nil: it cannot be arranged here.
	StartAtLogin func(on bool) error
	// TrustFile is the file of the sites that the user has confirmed for connections, an absolute path.
	// Empty: they are asked again after a restart.
	TrustFile string
	// Vault keeps the sessions across restarts of the agent. Nil: they end with it.
	Vault *vault.Vault
	// Version is the program's version, told in every snapshot.
	Version string
	// Log gets what happens; secrets are redacted by their type. Nil discards.
	Log *slog.Logger
	// Program is the daypass program that other tools are told to run for credentials, an absolute path.
	Program string
	// Paths are the files of other tools. Where it is zero, nothing is set up in them.
	Paths tools.Paths
	// AuthoritiesDir is where files of certificate authorities are made for other tools. Empty: none are.
	AuthoritiesDir string
	// TokensDir is where the tokens of programs are files too, for those that read them from nowhere else.
	// Nobody else uses the folder. Empty: there are no such files.
	TokensDir string
	// OpenBrowser opens a sign-in link in the system's browser.
	OpenBrowser func(link string) error
	// CopySecret is Core's. Nil: there is no clipboard.
	CopySecret func(ctx context.Context, text secret.Secret, after time.Duration) error
	// Forwarding is called when requests begin to go through the gateway, and some time after the last. Nil: nobody is told.
	Forwarding func(bool)
	// FolderChanges reports, until ctx ends, that something may have changed in a folder. Nil: the folder of the
	// connections is read once.
	FolderChanges func(ctx context.Context, dir string) <-chan struct{}
	// Transfers makes what moves files, with the sessions it works for. Nil: none are moved.
	Transfers func(app.Sessions) app.Mover

	// build replaces the real provider and server in tests.
	build builder
}

// Engine is the Core that owns the sessions. Run makes it work.
type Engine struct {
	*broker.Broker

	files        *connection.Store
	folder       folder
	settings     *settings.Store
	startAtLogin func(on bool) error
	copySecret   func(ctx context.Context, text secret.Secret, after time.Duration) error
	store        *store
	runner       *runner
	window       windowSlot
	mover        app.Mover
	trust        *trust.Sites
	paths        tools.Paths
}

var _ app.Core = (*Engine)(nil)

// New reads the connections. A file that cannot be read is told in the snapshot and hides no other.
func New(opts Options) (*Engine, error) {
	if opts.ConfigDir == "" || opts.SettingsFile == "" {
		return nil, errors.New("app: no place for the connections and the settings")
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.StartAtLogin == nil {
		opts.StartAtLogin = func(bool) error { return nil }
	}
	sites := trust.Open(opts.TrustFile)
	if err := sites.Unavailable(); err != nil {
		opts.Log.Warn("the file of confirmed sites cannot be used", "error", err)
	}
	if opts.build == nil {
		opts.build = realDependencies(opts.OpenBrowser, sites)
	}
	st := newStore(app.Snapshot{Revision: 1, Version: opts.Version})
	a := &Engine{
		files: connection.Open(opts.ConfigDir), folder: folder{dir: opts.ConfigDir, changes: opts.FolderChanges}, settings: settings.Open(opts.SettingsFile),
		startAtLogin: opts.StartAtLogin, copySecret: opts.CopySecret, store: st,
		runner: newRunner(st, opts.build, opts.Log), mover: noMover{}, trust: sites, paths: opts.Paths,
	}
	if opts.Transfers != nil {
		a.mover = opts.Transfers(a)
	}
	if opts.Vault != nil {
		a.runner.useStore(opts.Vault)
	}
	a.Broker = broker.New(brokerSessions{a}, broker.Options{
		Program: opts.Program, Paths: opts.Paths, AuthoritiesDir: opts.AuthoritiesDir, TokensDir: opts.TokensDir, Forwarding: opts.Forwarding, Log: opts.Log,
	})
	a.runner.issuer = a.Broker
	a.load()
	return a, nil
}

func (a *Engine) load() {
	a.loadSettings()
	defs, errs := a.files.Load()
	for _, def := range defs {
		a.runner.define(context.Background(), def.ID, def)
	}
	a.runner.cannotRead(errs)
	a.runner.publish()
}

// Run works until ctx ends. It is called once.
func (a *Engine) Run(ctx context.Context) error {
	var moving sync.WaitGroup
	moving.Go(func() { a.mover.Run(ctx) })
	defer moving.Wait()
	a.runner.work.Go(func() { a.Broker.Run(ctx) })
	a.runner.work.Go(func() { a.followFolder(ctx) })
	a.runner.run(ctx)
	a.Broker.ClearFiles()
	return ctx.Err()
}

// Ready is closed once the stored sessions are taken up, or it is clear that they are not for now. It
// may take as long as a user needs to unlock their keyring.
func (a *Engine) Ready() <-chan struct{} { return a.runner.ready }

// Watch implements Core.
func (a *Engine) Watch(ctx context.Context) <-chan app.Snapshot { return a.store.watch(ctx) }

// SignIn implements Core.
func (a *Engine) SignIn(_ context.Context, id string) error { return a.post(id, session.SignIn{}) }

// CancelSignIn implements Core.
func (a *Engine) CancelSignIn(_ context.Context, id string) error {
	return a.post(id, session.Cancel{})
}

// SignOut implements Core.
func (a *Engine) SignOut(_ context.Context, id string) error { return a.post(id, session.SignOut{}) }

// RenewNow implements Core.
func (a *Engine) RenewNow(_ context.Context, id string) error { return a.post(id, session.Renew{}) }

// LimitSession implements Core.
func (a *Engine) LimitSession(_ context.Context, id string, until time.Time) error {
	return a.post(id, session.Limit{Until: until})
}

func (a *Engine) post(id string, e session.Event) error {
	if err := a.known(id); err != nil {
		return err
	}
	a.runner.post(handleEvent{id, e})
	return nil
}

// known fails for a connection that is not there, and once the app has stopped.
func (a *Engine) known(id string) error {
	if err := a.running(); err != nil {
		return err
	}
	for _, s := range a.store.current().Sessions {
		if s.ID == id {
			return nil
		}
	}
	return app.ErrNoConnection
}

// running fails once the app has stopped.
func (a *Engine) running() error {
	select {
	case <-a.runner.ended:
		return app.ErrStopped
	default:
		return nil
	}
}

// SignInLink implements Core.
func (a *Engine) SignInLink(_ context.Context, id string) (string, error) {
	if err := a.known(id); err != nil {
		return "", err
	}
	link := a.runner.public.Load().links[id]
	if link == "" {
		return "", app.ErrNoLink
	}
	return link, nil
}

// Credentials implements Core.
func (a *Engine) Credentials(_ context.Context, id string) (app.Credentials, error) {
	if err := a.known(id); err != nil {
		return app.Credentials{}, err
	}
	keys, there := a.runner.public.Load().keys[id]
	if !there || !now().Before(keys.ExpiresAt) {
		return app.Credentials{}, app.ErrNoCredentials
	}
	return keys, nil
}

// Connection implements Core.
func (a *Engine) Connection(_ context.Context, id string) (connection.Definition, error) {
	if err := a.known(id); err != nil {
		return connection.Definition{}, err
	}
	def, err := a.files.Get(id)
	if def.Provider.ClientSecret.IsZero() {
		def.Provider.ClientSecret = a.runner.public.Load().clientSecrets[id]
	}
	if s, there := a.store.current().Session(id); there && err == nil {
		def.Name = s.Name // which may be numbered
	}
	return def, err
}

// SaveConnection implements Core. A change of the provider, the server or the credentials requested ends the
// session, since what it holds belongs to the old definition.
func (a *Engine) SaveConnection(ctx context.Context, def connection.Definition) (string, error) {
	id, done, err := a.save(def)
	if err != nil {
		return "", err
	}
	return id, a.runner.await(ctx, done)
}

// save writes the definition and has the runner take it over, in the same order as other changes of files.
func (a *Engine) save(def connection.Definition) (id string, done <-chan struct{}, err error) {
	a.folder.mu.Lock()
	defer a.folder.mu.Unlock()
	clientSecret := def.Provider.ClientSecret
	if id, err = a.files.Save(def); err != nil {
		return "", nil, err
	}
	if def, err = a.files.Get(id); err != nil {
		return "", nil, err
	}
	def.Provider.ClientSecret = clientSecret
	return id, a.runner.send(defineConnection{id, def}), nil
}

// RemoveConnection implements Core.
func (a *Engine) RemoveConnection(ctx context.Context, id string) error {
	if err := a.known(id); err != nil {
		return err
	}
	a.folder.mu.Lock()
	err := a.files.Remove(id)
	a.folder.mu.Unlock()
	if err != nil {
		return err
	}
	if err := a.trust.Remove(id); err != nil {
		a.runner.log.Warn("confirmed sites stay stored", "id", id, "error", err)
	}
	return a.runner.call(ctx, removeConnection{id})
}
