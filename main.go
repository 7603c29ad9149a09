// Daypass-window is the window of Daypass. It shows what the agent does, and starts it where none
// runs: the daypass program, or itself where that is not there.
package main

import (
	"context"
	"net/url"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/buckets"
	"daypass/app/cli"
	"daypass/assets"
	"daypass/auth"
	"daypass/ui"
	"daypass/ui/browse"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == agent.Command {
		os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	a := fyneapp.NewWithID("io.github.daypass.Daypass")
	a.SetIcon(fyne.NewStaticResource("daypass.png", assets.Icon))
	w := ui.New(a, ui.Options{
		Connect: connect, Storage: openStorage, Dispatch: fyne.Do,
		OpenURL:     func(u *url.URL) error { return auth.OpenBrowser(u.String()) },
		SandboxFile: sandboxFile(), ReportFile: os.Getenv(ui.ReportVariable),
	})
	w.Start()
	w.Window().ShowAndRun()
}

func connect(ctx context.Context) (app.Core, error) {
	return agent.Ensure(ctx, agent.StartProcess, cli.Version)
}

func openStorage(s app.Session, keys buckets.KeySource) (browse.Source, error) {
	return buckets.Open(buckets.Server{Endpoint: s.Endpoint, Region: s.Region, CAFile: s.CAFile}, keys)
}

// sandboxFile is the connection file that a running sandbox keeps in the agent's folder; empty for none.
func sandboxFile() string {
	dir, err := agent.RuntimeDir()
	if err != nil {
		return ""
	}
	file := filepath.Join(dir, "sandbox.daypass")
	if info, err := os.Lstat(file); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return file
}
