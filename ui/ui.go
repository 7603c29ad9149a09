// Package ui is the window: it reads snapshots in one goroutine, crosses to the UI thread in one
// place, and hands what a person wants to the core without waiting for it.
package ui

import (
	"context"
	"net/url"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/preview"
	appsettings "daypass/app/settings"
	"daypass/ui/bookmarks"
	"daypass/ui/bridge"
	"daypass/ui/browser"
	"daypass/ui/clipboard"
	"daypass/ui/connections"
	"daypass/ui/connections/connectionsview"
	"daypass/ui/details"
	"daypass/ui/diagnosis"
	"daypass/ui/kit"
	"daypass/ui/memory"
	"daypass/ui/opener"
	"daypass/ui/portal"
	"daypass/ui/present"
	"daypass/ui/settings"
	"daypass/ui/share"
	"daypass/ui/theme"
	"daypass/ui/tools"
	"daypass/ui/transfers"
	"daypass/ui/view"
)

// Storage is one server, as far as the window uses it.
type Storage = browser.Storage

// Options is what the window needs from outside.
type Options struct {
	// Connect gives the core, starting the agent where none answers.
	Connect func(ctx context.Context) (app.Core, error)
	// Storage opens the storage of a session; nil for OpenStorage.
	Storage func(s app.Session, keys buckets.KeySource) (Storage, error)
	// Decoder makes previews; nil for preview.InProcess, which has no limits.
	Decoder preview.Decoder
	// Dispatch runs a function on the UI thread: fyne.Do, or a queue in tests.
	Dispatch func(func())
	// OpenURL opens the system's browser.
	OpenURL func(*url.URL) error
	// SandboxFile is the connection file of a sandbox; empty for none.
	SandboxFile string
	// ReportFile is where the widget report goes; empty for none.
	ReportFile string
	// Selected is the ID of the connection to show first; empty for the first one signed in.
	Selected string
	// OpenFile opens a file or folder with the system's program; nil for opener.Open.
	OpenFile func(path string) error
	// StateDir is the folder in which favourites and places are kept; empty for nowhere.
	StateDir string
	// Downloads is the folder that downloads go to, unless the user wants to be asked; empty for asking always.
	Downloads string
	// Chooser asks for files and folders; nil for the desktop's dialogs, or else the toolkit's.
	Chooser Chooser
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

	agent     *bridge.Bridge
	clipboard *clipboard.Clipboard
	bookmarks *bookmarks.Store
	memory    *memory.Store
	size      *windowSize
	router    *router
	quitting  quitting

	theme  appsettings.Theme
	input  present.Input
	shown  present.Window
	tick   *time.Timer
	queued atomic.Bool
}

// controllers are those of the screens, and the views that are more than one screen's.
type controllers struct {
	sessions  *connections.Sessions
	editor    *connections.Editor
	form      *connectionsview.Form // nil until it is first shown
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

// New makes the window; Run shows it.
func New(a fyne.App, o Options) *Window {
	u := &Window{Options: o.withDefaults(), app: a, theme: appsettings.ThemeSystem}
	u.ctx, u.cancel = context.WithCancel(context.Background())
	u.router, u.quitting = &router{u}, quitting{u}
	u.bookmarks, u.memory = bookmarks.Open(o.StateDir), memory.Open(o.StateDir)
	u.input = present.Input{Screen: present.ShowSession, Selected: o.Selected}
	a.Settings().SetTheme(theme.New(theme.System))
	u.window = a.NewWindow("Daypass")
	u.window.SetMaster()
	u.window.SetPadded(false)
	u.newControllers()
	u.kit = kit.New(kit.Host{Dispatch: u.Dispatch, Canvas: u.window.Canvas, Now: u.Now})
	u.view = view.NewWindow(view.Env{Kit: u.kit, Commands: u.router, Transfers: u.transfers, NewBrowser: u.newBrowserView})
	u.signIn = connectionsview.NewSignInQuestion(u.kit, u.sessions.Answer)
	u.addScreens()
	u.size = &windowSize{memory: u.memory, dispatch: u.Dispatch, maximized: u.memory.Get().Maximized}
	u.window.SetContent(u.size.watched(reporter{u}.watching(u.sharpened(u.view.Object()))))
	u.window.Resize(u.size.remembered())
	u.window.SetOnClosed(u.Close)
	u.window.SetCloseIntercept(u.Leave)
	keys{u}.add()
	u.render()
	return u
}

// withDefaults returns o with what nobody has set.
func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Decoder == nil {
		o.Decoder = preview.InProcess{}
	}
	if o.Storage == nil {
		o.Storage = browser.OpenStorage
	}
	if o.OpenFile == nil {
		o.OpenFile = opener.Open
	}
	return o
}

// newControllers makes the controllers, which draw nothing yet.
func (u *Window) newControllers() {
	u.agent = bridge.New(bridge.Options{
		Context: u.ctx, Connect: u.Connect, Dispatch: u.Dispatch, Now: u.Now, Changed: u.invalidate,
		Raise: u.window.RequestFocus, Close: u.window.Close, Failed: u.failed,
	})
	u.clipboard = clipboard.New(func() clipboard.Board { return u.app.Clipboard() }, u.agent, u.Dispatch)
	u.sessions = connections.NewSessions(u.agent, u.clipboard, u.OpenURL, u.Now)
	u.editor = connections.NewEditor(connectionsScreen{u}, u.agent, u.Dispatch, u.SandboxFile)
	u.transfers = transfers.New(transfersPanel{u}, u.agent, u.Dispatch)
	u.tools = tools.New(toolsScreen{u}, u.agent, u.clipboard, u.Dispatch)
	u.diagnosis = diagnosis.New(diagnosisScreen{u}, u.agent, u.clipboard, u.Dispatch)
	u.settings = settings.New(u.agent, u.Dispatch, u.render, u.router.Quit)
	if u.Chooser == nil {
		u.Chooser = desktopDialogs{u: u, open: portal.Open, otherwise: dialogs{u, u.window}}
	}
	u.newBrowser()
}

// Window is the window itself.
func (u *Window) Window() fyne.Window { return u.window }

// Start begins to follow the core.
func (u *Window) Start() {
	// The toolkit takes up where the pointer is only after it has told of the drop.
	u.window.SetOnDropped(func(_ fyne.Position, dropped []fyne.URI) { u.Dispatch(func() { u.Drop(dropped) }) })
	u.agent.Start()
}

// SetMinimized has nothing painted while the window is minimized, and everything as it is then once it is restored.
func (u *Window) SetMinimized(minimized bool) {
	u.view.SetHidden(minimized)
	u.render()
	u.browser.Render()
}

// Close ends everything the window has under way.
func (u *Window) Close() {
	u.cancel()
	u.clipboard.Clear()
	u.browser.Close()
	u.bookmarks.Flush()
	u.size.close()
	u.memory.Flush()
	if u.tick != nil {
		u.tick.Stop()
	}
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

// failed shows why what the user asked for failed, above the session; nil takes that away.
func (u *Window) failed(p *app.Problem) {
	u.input.Failed = p
	if p != nil {
		u.render()
	}
}

// render shows what is known now.
func (u *Window) render() {
	if u.ctx.Err() != nil {
		return
	}
	u.takeNews()
	u.applyTheme()
	u.input.Now = u.Now().Truncate(time.Second)
	before := u.shown
	u.shown = present.Present(u.input)
	if u.input.Selected == "" {
		u.input.Selected = u.shown.Session.ID // others that sign in do not take its place
	}
	if before.Title != u.shown.Title {
		u.window.SetTitle(u.shown.Title)
	}
	u.showBrowser()
	u.followTools()
	u.view.Render(u.shown)
	u.renderSignInQuestion()
	u.view.RenderTransfers(u.transfers.Model(u.input.Now))
	u.arm()
}

// takeNews takes over what the bridge has brought.
func (u *Window) takeNews() {
	fresh := u.agent.Take()
	if fresh.Transfers {
		u.transfers.Follow()
		u.browser.Opened.Follow()
	}
	u.input.Agent, u.input.Snapshot = u.agent.Agent(), u.agent.Snapshot()
	if !fresh.Agent {
		return
	}
	if u.sessions.Follow() {
		u.window.RequestFocus()
	}
	u.input.Since = u.sessions.Since()
	if u.sharing != nil {
		u.sharing.Follow()
	}
	if u.input.Agent.Ready { // or the sessions come back with the agent
		u.browser.Follow()
	}
}

// arm sets the clock for the next moment at which a word goes out of date: a whole second, and
// none at all while nothing counts down.
func (u *Window) arm() {
	if u.tick != nil {
		u.tick.Stop()
	}
	if next := u.shown.Next; !next.IsZero() && !u.view.Hidden() {
		u.tick = time.AfterFunc(max(0, next.Sub(u.Now())), u.invalidate)
	}
}
