// Package ui is the window, a shell around the screens: it crosses to the UI thread in one place, goes from screen to
// screen, and hands what the user wants to the controllers.
//
// Its files read from the bottom up: window.go is what every screen needs of the window, the files named after screens
// are the window as each of them sees it, router.go and keys.go take commands to them, and compose.go puts it all
// together and draws it.
package ui

import (
	"context"
	"net/url"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"golang.org/x/text/language"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/preview"
	"daypass/app/importers"
	appsettings "daypass/app/settings"
	"daypass/ui/bookmarks"
	"daypass/ui/bridge"
	"daypass/ui/browser"
	"daypass/ui/browser/browserview"
	"daypass/ui/clipboard"
	"daypass/ui/connections"
	"daypass/ui/connections/connectionsview"
	"daypass/ui/details"
	"daypass/ui/diagnosis"
	"daypass/ui/kit"
	"daypass/ui/memory"
	"daypass/ui/preferences"
	"daypass/ui/present"
	"daypass/ui/settings"
	"daypass/ui/share"
	"daypass/ui/tools"
	"daypass/ui/transfers"
	"daypass/ui/view"
)

// Storage is one server, as far as the window uses it.
type Storage = browser.Storage

// Options is what the window needs from outside.
type Options struct {
	// Connect returns the core, starting the agent where none answers.
	Connect func(ctx context.Context) (app.Core, error)
	// Storage opens the storage of a session; nil for OpenStorage.
	Storage func(s app.Session, keys buckets.CredentialSource) (Storage, error)
	// Decoder makes previews; nil for preview.InProcess, which has no limits.
	Decoder preview.Decoder
	// Dispatch runs a function on the UI thread: fyne.Do, or a queue in tests.
	Dispatch func(func())
	// OpenURL opens the system's browser.
	OpenURL func(*url.URL) error
	// Prober finds out what answers at an address; nil for the network.
	Prober connections.Prober
	// FindServers returns the servers that other programs are set up for; nil for none.
	FindServers func() []importers.Candidate
	// SandboxFile is the connection file of a sandbox; empty for none.
	SandboxFile string
	// ReportFile is where the widget report goes; empty for none.
	ReportFile string
	// Target is what the window shows first.
	Target app.WindowTarget
	// Selected is the ID of the connection to show first; empty for the first one signed in.
	Selected string
	// OpenFile opens a file or folder with the system's program; nil for opener.Open.
	OpenFile func(path string) error
	// StateDir is the folder in which bookmarks and places are kept; empty for nowhere.
	StateDir string
	// Downloads is the folder that downloads go to, unless the user wants to be asked; empty for asking always.
	Downloads string
	// Chooser asks for files and folders; nil for the desktop's dialogs, or else the toolkit's.
	Chooser Chooser
	// SystemLanguage is the language of the catalogue for users who have selected none, which the process has, or that
	// of the settings, when the window is made.
	SystemLanguage language.Tag
	// Settings are those that the window begins with, before the agent has told its own.
	Settings appsettings.Settings
	// Preferences calls changed with what the desktop asks of all programs, until ctx ends; nil for nothing.
	Preferences func(ctx context.Context, changed func(preferences.Preferences))
	// Now is the clock; nil for the system's.
	Now func() time.Time
}

// Window is the one window of the program. Its methods and fields belong to the UI thread, except queued.
type Window struct {
	Options
	controllers
	ctx    context.Context
	cancel context.CancelFunc
	app    fyne.App
	window fyne.Window
	kit    *kit.Kit
	view   *view.Window
	// browserView is the view of the screen that browses buckets, once that was shown.
	browserView *browserview.View
	// content holds what the view draws.
	content *fyne.Container

	agent     *bridge.Bridge
	clipboard *clipboard.Clipboard
	bookmarks *bookmarks.Store
	memory    *memory.Store
	size      *windowSize

	look look
	// preferences are what the desktop asks of all programs.
	preferences preferences.Preferences
	// language is that of the settings; empty for the system's.
	language string
	input    present.Input
	shown    present.Window
	tick     *time.Timer
	queued   atomic.Bool
	// draw draws all that is known now; it is set where the screens are put together.
	draw func()
}

// controllers are those of the screens, and the views that are more than one screen's.
type controllers struct {
	sessions  *connections.Sessions
	editor    *connections.Editor
	form      *connectionsview.Form // nil until it is first shown
	probe     *connectionsview.Probe
	found     *connectionsview.Found
	signIn    *connectionsview.SignInQuestion
	transfers *transfers.Controller
	sharing   *share.Controller // the link being made; nil for none
	browser   *browser.Controller
	details   *details.Controller
	tools     *tools.Controller
	diagnosis *diagnosis.Controller
	settings  *settings.Controller
}

// defaultSize is the size of the window when it first opens.
var defaultSize = fyne.NewSize(1100, 720)

// Window is the window itself.
func (u *Window) Window() fyne.Window { return u.window }

// show goes to a screen.
func (u *Window) show(screen present.Screen) {
	u.input.Screen = screen
	u.render()
}

// showSession shows a connection.
func (u *Window) showSession(id string) {
	u.input.Selected, u.input.Screen, u.input.Failed = id, present.ShowSession, nil
	u.render()
}

// showScreenOf goes to a screen about a connection.
func (u *Window) showScreenOf(id string, screen present.Screen) {
	u.input.Selected, u.input.Screen, u.input.Failed = id, screen, nil
	u.render()
}

// invalidate has the window rendered soon; however often it is called, one render is queued.
func (u *Window) invalidate() {
	if u.queued.CompareAndSwap(false, true) {
		u.Dispatch(func() {
			u.queued.Store(false)
			u.render()
		})
	}
}

// failed shows why what the user asked for failed, above the session; nil hides that.
func (u *Window) failed(p *app.Problem) {
	if p != nil || u.input.Failed != nil {
		u.input.Failed = p
		u.render()
	}
}

// render draws all that is known now, unless the window is closed.
func (u *Window) render() {
	if u.ctx.Err() == nil {
		u.draw()
	}
}
