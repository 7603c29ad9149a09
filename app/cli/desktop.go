package cli

import (
	"context"
	"log/slog"
	"sync"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/messages"
	"daypass/app/notify"
	"daypass/app/sessionbus"
	"daypass/app/tray"
	"daypass/auth"
)

// openBrowser opens a sign-in link on the user's screen, wherever the agent was started.
func openBrowser(link string) error {
	sessionbus.FindDisplay(context.Background())
	return auth.OpenBrowser(link)
}

// putLatest puts the latest value into a channel of one slot.
func putLatest[T any](c chan T, value T) {
	select {
	case <-c:
	default:
	}
	c <- value
}

// desktopCore is what the agent's part of the desktop needs of the engine.
type desktopCore interface {
	app.Core
	// SetTrayShown reports whether the tray icon is shown.
	SetTrayShown(shown bool)
}

// showOnDesktop shows the agent on the desktop until ctx ends. moving reports whether files are moved. wait
// returns when the desktop is no longer used.
func showOnDesktop(ctx context.Context, core desktopCore, moving <-chan bool, quit func(), log *slog.Logger) (wait func()) {
	slog.SetDefault(log) // the tray's library writes to the standard log
	open := func(ctx context.Context) {
		sessionbus.FindDisplay(ctx)
		if err := agent.OpenWindow(ctx, core, app.WindowTarget{}); err != nil {
			log.Error("the window cannot be opened", "error", err)
		}
	}
	var faces sync.WaitGroup
	spoken := &translated{desktopCore: core, initial: messages.Current().Tag()}
	notices := make(chan notify.Message)
	keys := &copier{core, notices, log}
	faces.Go(func() {
		tray.Run(ctx, tray.Options{Core: spoken, OpenWindow: open, Quit: quit, Moving: moving, Copy: keys.copy, SetTrayShown: core.SetTrayShown, Log: log})
	})
	faces.Go(func() { notify.Run(ctx, notify.Options{Core: spoken, OpenWindow: open, Messages: notices, Log: log}) })
	return faces.Wait
}
