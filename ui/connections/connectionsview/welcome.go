package connectionsview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/messages"
	"daypass/ui/connections"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// WelcomeCommands are the ways to add a connection.
type WelcomeCommands interface {
	// Probe finds out what is at an address, and shows the form with it.
	Probe(address string)
	// Add shows an empty form, ShowFound the servers that other programs are set up for, Import has a connection file
	// chosen, UseSandbox takes that of the sandbox.
	Add()
	ShowFound()
	Import()
	UseSandbox()
	// Leave closes the screen.
	Leave()
}

// Welcome is the first start: what this is, and the ways to add a connection.
type Welcome struct {
	page    *kit.Page
	title   *kit.Paragraph
	text    *kit.Paragraph
	found   fyne.CanvasObject
	sandbox fyne.CanvasObject
	cancel  *kit.Button
	address *kit.Entry
}

// NewWelcome returns the screen, which shows nothing until Render.
func NewWelcome(k *kit.Kit, c WelcomeCommands) *Welcome {
	w := &Welcome{}
	m := kit.NewMeasure(theme.ForText(welcomeWidth))
	w.title = kit.NewParagraph("", kit.Title, m, 0)
	w.text = kit.NewParagraph("", kit.Secondary, m, 0)
	byHand := k.Button("enter-address", messages.Text("connections.by-hand"), "", kit.Link, c.Add)
	check := k.Button("check-address", messages.Text("connections.by-address.yes"), "", kit.Primary, func() { c.Probe(w.address.Text) })
	w.address = kit.NewEntry("address", messages.Text("connections.address"), "minio.example:9000")
	w.address.OnSubmitted = c.Probe
	file := k.Button("open-file", messages.Text("connections.by-file.yes"), "", kit.Plain, c.Import)
	others := k.Button("show-found", messages.Text("connections.by-found.yes"), "", kit.Plain, c.ShowFound)
	sandbox := k.Button("use-sandbox", messages.Text("connections.by-sandbox.yes"), "", kit.Plain, c.UseSandbox)
	wide := theme.ForText(wayWidth)
	for _, b := range []*kit.Button{check, others, file, sandbox} {
		wide = max(wide, b.MinSize().Width)
	}
	byAddress := w.byAddress(m, wide, check, byHand)
	byFile := way{"file-text", messages.Text("connections.by-file"), messages.Text("connections.by-file.text"), file}.object(m, wide)
	w.found = way{"search", messages.Text("connections.by-found"), messages.Text("connections.by-found.text"), others}.object(m, wide)
	w.sandbox = way{"bucket", messages.Text("connections.by-sandbox"), messages.Text("connections.by-sandbox.text"), sandbox}.object(m, wide)
	w.cancel = k.Button("welcome.cancel", messages.Text("common.cancel"), "", kit.Plain, c.Leave)
	ways := kit.Inset(kit.Column(theme.Large, byAddress, w.found, byFile, w.sandbox), theme.Large, 0, theme.Large, 0)
	column := kit.Column(theme.Small, w.title, w.text, ways, kit.Line(0, w.cancel))
	w.page = kit.NewPage(m, kit.Centered, column)
	return w
}

// welcomeWidth is the width of the ways, wayWidth the least width of the button of each, and pictureWidth the width of
// what stands before it.
const (
	welcomeWidth = 132 * theme.Grid
	wayWidth     = 30 * theme.Grid
	pictureWidth = 10 * theme.Grid
)

// way is one way to add a connection.
type way struct {
	icon        theme.IconName
	title, text string
	button      *kit.Button
}

// byAddress is the way that begins with a field: what the user has goes into it.
func (w *Welcome) byAddress(m *kit.Measure, wide float32, check, byHand *kit.Button) fyne.CanvasObject {
	inset := pictureWidth + theme.Medium
	words := kit.Column(0, kit.NewLabel(messages.Text("connections.by-address"), kit.Strong, m, inset), kit.NewLabel(messages.Text("connections.by-address.text"), kit.Caption, m, inset))
	field := kit.Stretch(theme.Medium, 0, kit.Sized(w.address, 0, kit.InputHeight()), kit.Sized(check, wide, 0))
	return kit.Beside(pictureWidth, theme.Medium, picture("server"), kit.Column(theme.Small, words, field, kit.Line(0, byHand)))
}

// picture is what stands before a way.
func picture(icon theme.IconName) fyne.CanvasObject {
	tile := container.NewStack(kit.NewBox(theme.ColorInfoFill, theme.Radius), kit.NewIcon(icon, theme.ColorAccentText, 20))
	return kit.Sized(tile, pictureWidth, pictureWidth)
}

// object returns what to put on screen, with a button of the given width.
func (w way) object(m *kit.Measure, button float32) fyne.CanvasObject {
	picture := picture(w.icon)
	inset := pictureWidth + theme.Medium
	below := button > welcomeWidth/3 // large text leaves no room beside the words
	if !below {
		inset += theme.Medium + button
	}
	words := kit.Column(0, kit.NewLabel(w.title, kit.Strong, m, inset), kit.NewLabel(w.text, kit.Caption, m, inset))
	if below {
		return kit.Stretch(theme.Medium, 1, picture, kit.Column(theme.Grid, words, kit.Line(0, w.button)))
	}
	return kit.Stretch(theme.Medium, 1, picture, words, kit.Sized(w.button, button, 0))
}

// Object returns what to put on screen.
func (w *Welcome) Object() fyne.CanvasObject { return w.page.Object() }

// Main returns the field that leads on.
func (w *Welcome) Main() fyne.Focusable { return w.address }

// Render shows m.
func (w *Welcome) Render(m connections.Welcome) {
	w.title.Set(m.Title)
	w.text.Set(m.Text)
	if w.sandbox.Visible() != m.Sandbox || w.cancel.Visible() != m.Cancel || w.found.Visible() != m.Found {
		kit.SetVisible(w.found, m.Found)
		kit.SetVisible(w.sandbox, m.Sandbox)
		kit.SetVisible(w.cancel, m.Cancel)
		w.page.Refresh()
	}
}
