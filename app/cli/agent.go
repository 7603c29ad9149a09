package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"daypass/app/agent"
	"daypass/app/connection"
	"daypass/app/dirwatch"
	"daypass/app/durable"
	"daypass/app/engine"
	"daypass/app/harden"
	"daypass/app/messages"
	"daypass/app/opencopy"
	"daypass/app/settings"
	"daypass/app/tools"
	"daypass/app/tools/install"
	"daypass/assets/signin"
)

func (p *program) agentCommand() *cobra.Command {
	level := slog.LevelWarn
	cmd := &cobra.Command{
		Use: agent.Command, Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return p.agent(cmd.Context(), level) },
	}
	cmd.AddCommand(p.keyringCommand(), p.clipboardCommand(), p.previewCommand())
	cmd.Flags().TextVar(&level, "log-level", level, "")
	return cmd
}

// agent runs the agent. Its socket directory is taken before the sessions and released after
// them, so that no two agents ever own the same ones.
func (p *program) agent(ctx context.Context, level slog.Level) (err error) {
	at, err := agent.Listen(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, at.Close()) }()
	limit(new(memory).target())
	signin.Translate(pageWords)
	harden.Process()
	durable.Reserve()
	go opencopy.Sweep(time.Now())
	log, fixed := agentLog(p.stderr, level)
	defer func() { err = errors.Join(err, fixed.Close()) }()
	dir, err := connection.Dir()
	if err != nil {
		return err
	}
	file, err := settings.Path()
	if err != nil {
		return err
	}
	self, paths, err := toolPaths()
	if err != nil {
		return err
	}
	state, err := connection.StateDir()
	if err != nil {
		return err
	}
	tokens, err := tokensDir()
	if err != nil {
		return err
	}
	stored, err := openVault(at.SessionsLock())
	if err != nil {
		return err
	}
	trusted, err := trustFile()
	if err != nil {
		return err
	}
	copied := newHolder()
	defer copied.board.Close()
	moving, room := make(chan bool, 1), new(memory)
	core, err := engine.New(engine.Options{
		ConfigDir: dir, SettingsFile: file, TrustFile: trusted, Vault: stored, Version: Version, Log: log, OpenBrowser: openBrowser,
		Program: self, Paths: paths, StartAtLogin: startAtLogin,
		AuthoritiesDir: filepath.Join(state, "authorities"), TokensDir: tokens,
		Transfers: mover(log, func(now bool) { room.move(now); putLatest(moving, now) }), Forwarding: room.forward, FolderChanges: dirwatch.Follow, CopySecret: copied.put,
	})
	if err != nil {
		return err
	}
	ctx, quit := context.WithCancel(ctx)
	quitRequested := make(chan struct{})
	ended := showOnDesktop(ctx, core, moving, sync.OnceFunc(func() { close(quitRequested) }), log)
	defer ended()
	defer quit()
	keepLogLevel(ctx, core, fixed, log)
	return serve(ctx, at, core, agent.Options{Version: Version, Log: log, Quit: quitRequested})
}

// trustFile returns the file of the sites that the user has confirmed for connections.
func trustFile() (string, error) {
	dir, err := connection.StateDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "confirmed-sites.json"), nil
}

// toolPaths returns the program that other tools are to run for credentials, and those tools' files.
func toolPaths() (program string, paths tools.Paths, err error) {
	if program, err = ownProgram(); err != nil {
		return "", paths, err
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return program, paths, nil // nobody's files
	}
	own, err := connection.ConfigDir()
	return program, install.FindPaths(os.Getenv, home, own), err
}

// serve runs core for as long as it is served, and a little longer: what is asked last still counts.
func serve(ctx context.Context, at *agent.Listener, core *engine.Engine, opts agent.Options) error {
	running, end := context.WithCancel(context.WithoutCancel(ctx))
	ran := make(chan error, 1)
	go func() { ran <- core.Run(running) }()
	awaitSessions(ctx, core)
	err := at.Serve(ctx, core, opts)
	end()
	if coreErr := <-ran; coreErr != nil && !errors.Is(coreErr, context.Canceled) {
		return errors.Join(err, messages.NewError(coreErr, "agent.error.sessions-ended"))
	}
	return err
}

// restoreTimeout is how long who asks a new agent waits for its stored sessions. A keyring that asks
// the user for a password takes longer, and must not keep everybody waiting.
const restoreTimeout = 3 * time.Second

func awaitSessions(ctx context.Context, core *engine.Engine) {
	ctx, cancel := context.WithTimeout(ctx, restoreTimeout)
	defer cancel()
	select {
	case <-core.Ready():
	case <-ctx.Done():
	}
}
