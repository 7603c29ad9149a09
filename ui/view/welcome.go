package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// welcome is the first start: what this is, and the ways in.
type welcome struct {
	env     Env
	object  fyne.CanvasObject
	page    *kit.Page
	title   *kit.Paragraph
	text    *kit.Paragraph
	sandbox fyne.CanvasObject
	cancel  *kit.Button
	first   *kit.Button
}

func newWelcome(env Env) *welcome {
	w := &welcome{env: env}
	m := kit.NewMeasure(welcomeWidth)
	w.title = kit.NewParagraph("", kit.Title, m, 0)
	w.text = kit.NewParagraph("", kit.Secondary, m, 0)
	var byAddress fyne.CanvasObject
	byAddress, w.first = way(env, "server", "Enter the server's address", "With its login. Your administrator knows both.", "Enter address", kit.Primary, env.Intents.Add)
	byFile, _ := way(env, "file-text", "Open a connection file", "A colleague or your administrator can send one.", "Open file…", kit.Plain, env.Intents.Import)
	w.sandbox, _ = way(env, "bucket", "Try it with the sandbox", "One runs on this computer, ready to use.", "Use sandbox", kit.Plain, env.Intents.Sandbox)
	w.cancel = env.Kit.Button("Cancel", "", kit.Plain, func() { env.Intents.Show(present.ShowSession) })
	ways := kit.Inset(kit.Column(theme.Large, byAddress, byFile, w.sandbox), theme.Large, 0, theme.Large, 0)
	column := kit.Column(theme.Small, w.title, w.text, ways, kit.Line(0, w.cancel))
	w.page = kit.NewPage(m, kit.Centered, column)
	w.object = w.page.Object()
	return w
}

// welcomeWidth is the width of the ways in, wayWidth of the button of each.
const (
	welcomeWidth = 132 * theme.Grid
	wayWidth     = 30 * theme.Grid
)

// way is one way in, and its button.
func way(env Env, icon theme.IconName, title, text, label string, kind kit.Kind, do func()) (fyne.CanvasObject, *kit.Button) {
	words := kit.Column(0, kit.NewText(title, kit.Strong), kit.NewText(text, kit.Caption))
	button := env.Kit.Button(label, "", kind, do)
	tile := container.NewStack(kit.NewBox(theme.ColorInfoFill, theme.Radius), kit.NewIcon(icon, theme.ColorAccentText, 20))
	return kit.Stretch(theme.Medium, 1, kit.Sized(tile, 10*theme.Grid, 10*theme.Grid), words, kit.Sized(button, wayWidth, 0)), button
}

func (w *welcome) render(m present.Welcome) {
	w.title.Set(m.Title)
	w.text.Set(m.Text)
	if w.sandbox.Visible() != m.Sandbox || w.cancel.Visible() != m.Cancel {
		kit.SetVisible(w.sandbox, m.Sandbox)
		kit.SetVisible(w.cancel, m.Cancel)
		w.page.Refresh()
	}
}
