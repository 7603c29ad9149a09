package cli

import (
	"log/slog"

	"daypass/app"
	"daypass/app/buckets/transfer"
)

// mover gives what the agent moves files with. Without a folder to remember transfers in, there are none.
func mover(log *slog.Logger) func(app.Sessions) app.Mover {
	dir, err := transfer.Dir()
	if err != nil {
		log.Warn("no files are moved", "error", err)
		return nil
	}
	return func(sessions app.Sessions) app.Mover {
		return transfer.New(sessions, transfer.Options{Dir: dir, Log: log})
	}
}
