package cli

import (
	"log/slog"
	"runtime/debug"

	"daypass/app"
	"daypass/app/buckets/transfer"
)

// mover returns what the agent moves files with. Without a folder to remember transfers in, there are none.
// moving is told when files begin to move and when none do any more.
func mover(log *slog.Logger, moving func(bool)) func(app.Sessions) app.Mover {
	dir, err := transfer.Dir()
	if err != nil {
		log.Warn("no files are moved", "error", err)
		return nil
	}
	return func(sessions app.Sessions) app.Mover {
		return transfer.New(sessions, transfer.Options{Dir: dir, Log: log, Busy: func(busy bool) { makeRoom(busy); moving(busy) }})
	}
}

// busyMemoryTarget in bytes is what the agent may take while it moves files: a transfer of a million
// objects remembers which of them are done.
const busyMemoryTarget = 512 << 20

// makeRoom lets the agent have more memory while it moves files, and releases it afterwards.
func makeRoom(busy bool) {
	if busy {
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(busyMemoryTarget)
		return
	}
	keepSmall()
	debug.FreeOSMemory()
}
