// Daypass-window is the window of Daypass. It shows what the agent does, and starts it where none
// runs: the daypass program, or itself where that is not there. With a link to a connection or a connection file as its
// argument, it shows that for review. With other arguments it is the command line: the agent tells other tools to run the
// program that it is itself.
package main

import (
	"context"
	"net/url"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"github.com/go-gl/glfw/v3.4/glfw"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/cli"
	"daypass/app/connection"
	"daypass/app/importers"
	"daypass/app/locale"
	"daypass/app/messages"
	"daypass/app/settings"
	"daypass/assets"
	"daypass/auth"
	"daypass/ui"
	"daypass/ui/native"
	"daypass/ui/preferences"
)

func main() {
	target, ours := agent.ParseWindowArgs(os.Args[1:])
	if !ours {
		os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	if raised(target) {
		return
	}
	system, preferred := messages.Match(locale.Messages()...), settings.Default()
	if file, err := settings.Path(); err == nil {
		preferred = settings.Peek(file)
	}
	messages.Use(ui.Language(preferred.Language, system))
	a := fyneapp.NewWithID("io.github.daypass.Daypass")
	a.SetIcon(fyne.NewStaticResource("daypass.png", assets.Icon))
	dir, _ := agent.RuntimeDir() // a failure is told by connect
	state, err := connection.StateDir()
	if err != nil {
		state = "" // places are forgotten then
	}
	var loop native.Loop
	w := ui.New(a, ui.Options{
		Connect: connect, Dispatch: loop.Do, Decoder: cli.PreviewDecoder(),
		OpenURL:     func(u *url.URL) error { return auth.OpenBrowser(u.String()) },
		FindServers: func() []importers.Candidate { return importers.Find(importers.ThisComputer()) },
		Target:      target,
		SandboxFile: ui.FileIfThere(filepath.Join(dir, "sandbox.daypass")), StateDir: state, ReportFile: os.Getenv(ui.ReportVariable),
		Downloads: ui.DownloadsFolder(), SystemLanguage: system, Settings: preferred, Preferences: preferences.Watch,
	})
	w.Start()
	native.Watch(w.Window(), func(handle *glfw.Window) {
		native.WatchMouse(handle, w.Back, w.Forward)
		native.KeepSize(w.Window(), handle, w.Maximized(), w.SetMaximized)
		loop.Rest(handle, w.SetMinimized)
	})
	w.Window().ShowAndRun()
}

// raised brings a window that is open already to the front, and has it show a target.
func raised(target app.WindowTarget) bool {
	core, err := agent.Dial(context.Background())
	return err == nil && core.RaiseWindow(context.Background(), target) == nil
}

func connect(ctx context.Context) (app.Core, error) {
	return agent.Ensure(ctx, agent.StartProcess, cli.Version)
}
