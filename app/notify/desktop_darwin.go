package notify

import (
	"context"
	"log/slog"
	"os/exec"
	"time"
)

// script shows a notification whose texts are its arguments, so that nothing in them is taken for
// AppleScript.
const script = `on run argv
	display notification (item 2 of argv) with title "Daypass" subtitle (item 1 of argv)
end run`

// showTimeout is how long macOS may take to show one.
const showTimeout = 10 * time.Second

// osascript brings notices to macOS. They have no button and cannot be withdrawn there: what helps is
// in the menu and in the window.
type osascript struct {
	ctx context.Context
	log *slog.Logger
}

func newDesktop(ctx context.Context, _ chan<- answer, log *slog.Logger) desktop {
	return osascript{ctx, log}
}

func (o osascript) show(n notice) {
	go func() {
		ctx, cancel := context.WithTimeout(o.ctx, showTimeout)
		defer cancel()
		if err := exec.CommandContext(ctx, "/usr/bin/osascript", "-e", script, n.title, n.body).Run(); err != nil {
			o.log.Warn("a notification is not shown", "session", n.id, "error", err)
		}
	}()
}

func (osascript) withdraw(string) {}
func (osascript) close()          {}
