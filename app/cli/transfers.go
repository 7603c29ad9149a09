package cli

import (
	"log/slog"

	"daypass/app"
	"daypass/app/buckets/transfer"
)

// mover returns what the agent moves files with. Without a folder to remember transfers in, there are none.
// moving is called when files begin to move and when none do any more.
func mover(log *slog.Logger, moving func(bool)) func(app.Sessions) app.Mover {
	dir, err := transfer.Dir()
	if err != nil {
		log.Warn("no files are moved", "error", err)
		return nil
	}
	return func(sessions app.Sessions) app.Mover {
		return transfer.New(sessions, transfer.Options{Dir: dir, Log: log, Busy: moving})
	}
}
