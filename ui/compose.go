package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/buckets/preview"
	"daypass/app/setup"
	"daypass/ui/bookmarks"
	"daypass/ui/bridge"
	"daypass/ui/browser"
	"daypass/ui/clipboard"
	"daypass/ui/connections"
	"daypass/ui/connections/connectionsview"
	"daypass/ui/diagnosis"
	"daypass/ui/kit"
	"daypass/ui/memory"
	"daypass/ui/opener"
	"daypass/ui/portal"
	"daypass/ui/preferences"
	"daypass/ui/present"
	"daypass/ui/settings"
	"daypass/ui/settings/settingsview"
	"daypass/ui/tools"
	"daypass/ui/transfers"
	"daypass/ui/view"
)

// New makes the window; Run shows it.
func New(a fyne.App, o Options) *Window {
	u := &Window{Options: o.withDefaults(), app: a, look: lookOf(o.Settings, preferences.Preferences{}), language: o.Settings.Language}
	u.ctx, u.cancel = context.WithCancel(context.Background())
	u.draw = u.drawAll
	u.bookmarks, u.memory = bookmarks.Open(o.StateDir), memory.Open(o.StateDir)
	u.input = present.Input{Screen: present.ShowSession, Selected: o.Selected}
	a.Settings().SetTheme(u.look.theme())
	u.window = a.NewWindow("Daypass")
	u.window.SetMaster()
	u.window.SetPadded(false)
	u.newControllers()
	u.kit = kit.New(kit.Host{Dispatch: u.Dispatch, Canvas: u.window.Canvas, Now: u.Now})
	u.signIn = connectionsview.NewSignInQuestion(u.kit, u.sessions.Answer)
	translateToolkit()
	u.newView()
	u.content = container.NewStack(u.view.Object())
	u.size = &windowSize{memory: u.memory, dispatch: u.Dispatch, maximized: u.memory.Get().Maximized}
	u.window.SetContent(outlined(u, u.size.watched(reporter{u}.watching(sharpened(u, u.content)))))
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
	if o.Prober == nil {
		o.Prober = setup.Network{}
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
		Raise: u.raise, Close: u.window.Close, Failed: u.failed,
	})
	u.clipboard = clipboard.New(func() clipboard.Board { return u.app.Clipboard() }, u.agent, u.Dispatch)
	u.sessions = connections.NewSessions(u.agent, u.clipboard, u.OpenURL, u.Now)
	u.editor = connections.NewEditor(connectionsScreen{u}, u.agent, u.Dispatch, u.clipboard.Copy,
		connections.Sources{Prober: u.Prober, Find: u.FindServers, SandboxFile: u.SandboxFile})
	u.transfers = transfers.New(transfersPanel{u}, u.agent, u.Dispatch)
	u.tools = tools.New(toolsScreen{u}, u.agent, u.clipboard, u.Dispatch)
	u.diagnosis = diagnosis.New(diagnosisScreen{u}, u.agent, u.clipboard, u.Dispatch)
	u.settings = settings.New(u.agent, u.Dispatch, u.render, router{u}.Quit)
	if u.Chooser == nil {
		u.Chooser = desktopDialogs{u: u, open: portal.Open, otherwise: dialogs{u, u.window}}
	}
	u.browser, u.details = browserScreen{u}.newControllers()
}

// Start begins to follow the core.
func (u *Window) Start() {
	// The toolkit takes up where the pointer is only after it has told of the drop.
	u.window.SetOnDropped(func(_ fyne.Position, dropped []fyne.URI) { u.Dispatch(func() { u.Drop(dropped) }) })
	u.agent.Start()
	u.watchPreferences()
	u.Dispatch(func() { u.showTarget(u.Target) })
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

// drawAll draws what is known now.
func (u *Window) drawAll() {
	u.takeNews()
	defer u.applySettings()()
	u.input.Now = u.Now().Truncate(time.Second)
	before := u.shown
	u.shown = present.Present(u.input)
	if u.input.Selected == "" {
		u.input.Selected = u.shown.Session.ID // others that sign in do not take its place
	}
	if before.Title != u.shown.Title {
		u.window.SetTitle(u.shown.Title)
	}
	browserScreen{u}.show()
	toolsScreen{u}.follow()
	u.view.Render(u.shown)
	askSignInQuestion(u)
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

// newView makes what draws the window.
func (u *Window) newView() {
	u.view = view.NewWindow(view.Env{Kit: u.kit, Commands: router{u}, Transfers: u.transfers, NewBrowser: browserScreen{u}.newView})
	u.addScreens()
}

// addScreens names the screens that have a folder of their own. Each is made when it is first shown.
func (u *Window) addScreens() {
	u.view.Add(present.ShowWelcome, connectionsScreen{u}.newWelcome)
	u.view.Add(present.ShowForm, func() view.Screen { return connectionsScreen{u}.form() })
	u.view.Add(present.ShowUse, toolsScreen{u}.newView)
	u.view.Add(present.ShowDetails, diagnosisScreen{u}.newView)
	u.view.Add(present.ShowSettings, func() view.Screen {
		return &screen[settings.Model]{view: settingsview.New(u.kit, u.settings, u.settings.Model()), model: u.settings.Model}
	})
}
