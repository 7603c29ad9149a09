package cli

import (
	"context"
	"io"
	"log/slog"
	"os"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/logfile"
	"daypass/app/settings"
)

// agentLog returns the agent's log: on stderr at the level of the command line, and in the file that
// the user may choose in the settings. Where the environment asks for a log already, stderr is
// that file.
func agentLog(stderr io.Writer, level slog.Level) (*slog.Logger, *logfile.File) {
	console := slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: level})
	path, err := agent.LogPath()
	if err != nil || os.Getenv(agent.LogVariable) != "" {
		path = ""
	}
	file := logfile.New(path)
	return slog.New(slog.NewMultiHandler(console, file.Handler())), file
}

// keepLogLevel has the log follow the settings until ctx ends. When it returns, it is as they are now.
func keepLogLevel(ctx context.Context, core app.Core, file *logfile.File, log *slog.Logger) {
	last := settings.LogOff
	take := func(s app.Snapshot) {
		if s.Settings.Log == last {
			return
		}
		last = s.Settings.Log
		if err := file.Set(last); err != nil {
			log.Warn("the settings ask for a log", "error", err)
		}
	}
	watch := core.Watch(ctx)
	take(<-watch)
	go func() {
		for s := range watch {
			take(s)
		}
	}()
}
