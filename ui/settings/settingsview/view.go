// Package settingsview draws the screen of settings.
package settingsview

import (
	"fyne.io/fyne/v2"

	"daypass/ui/kit"
	"daypass/ui/settings"
	"daypass/ui/theme"
)

// Commands are what the user can do on the screen.
type Commands interface {
	// Set changes a setting: to on, or to a value.
	Set(key string, on bool, value string)
	// Quit ends Daypass.
	Quit()
}

// View is the screen. A change applies at once.
type View struct {
	kit      *kit.Kit
	commands Commands
	page     *kit.Page
	failed   *kit.Paragraph
	about    *kit.Text
	inputs   map[string]*input
}

// New returns the screen for the settings of m.
func New(k *kit.Kit, c Commands, m settings.Model) *View {
	s := &View{kit: k, commands: c, inputs: map[string]*input{}, about: kit.NewText("", kit.Caption)}
	width := kit.NewMeasure(theme.ForText(kit.FormWidth))
	style := kit.Body
	style.Color = theme.ColorError
	s.failed = kit.NewParagraph("", style, width, 0)
	s.failed.Hide()
	rows := []fyne.CanvasObject{kit.NewText(m.Title, kit.Title), s.failed}
	for _, group := range m.Groups {
		column := []fyne.CanvasObject{kit.NewText(group.Title, kit.Strong)}
		for _, one := range group.Settings {
			column = append(column, s.add(one, width))
		}
		rows = append(rows, kit.Column(theme.Small, column...))
	}
	quit := k.Button("settings.quit", m.Quit, "", kit.Plain, c.Quit)
	rows = append(rows, kit.Line(0, quit), s.about)
	s.page = kit.NewPage(width, kit.AtTop, kit.Column(theme.Huge, rows...))
	return s
}

// Object returns what to put on screen.
func (s *View) Object() fyne.CanvasObject { return s.page.Object() }

// Render shows m.
func (s *View) Render(m settings.Model) {
	s.about.Set(m.About)
	if s.failed.AccessibilityLabel() != m.Failed {
		s.failed.Set(m.Failed)
		s.page.Refresh()
	}
	for _, group := range m.Groups {
		for _, one := range group.Settings {
			s.inputs[one.Key].put(one)
		}
	}
}

// add makes the row of one setting.
func (s *View) add(m settings.Setting, width *kit.Measure) fyne.CanvasObject {
	in := &input{}
	s.inputs[m.Key] = in
	if len(m.Choices) == 0 {
		return in.newCheck(s.commands, m, width)
	}
	return in.newSelect(s, m, width)
}

// input is the widget of one setting.
type input struct {
	check  *kit.Check
	choice *kit.Choice
}

func settingID(m settings.Setting) string { return kit.PartID("settings", m.Key) }

func (in *input) newCheck(c Commands, m settings.Setting, width *kit.Measure) fyne.CanvasObject {
	in.check = kit.NewCheck(settingID(m), m.Label, width, func(on bool) { c.Set(m.Key, on, "") })
	help := kit.NewParagraph(m.Help, kit.Caption, width, kit.CheckInset())
	return kit.Column(0, in.check, kit.Inset(help, 0, 0, 0, kit.CheckInset()))
}

// choiceWidth returns the width of every choice of the settings.
func choiceWidth() float32 { return theme.ForText(48 * theme.Grid) }

func (in *input) newSelect(s *View, m settings.Setting, width *kit.Measure) fyne.CanvasObject {
	in.choice = s.kit.NewChoice(settingID(m), m.Label, func(value string) { s.commands.Set(m.Key, false, value) })
	in.choice.Within(kit.NewMeasure(choiceWidth()), choiceWidth())
	below, inset := choiceWidth() > kit.FormWidth/2, choiceWidth()+theme.Large
	if below {
		inset = 0
	}
	words := []fyne.CanvasObject{kit.NewLabel(m.Label, kit.Body, width, inset)}
	if m.Help != "" {
		words = append(words, kit.NewParagraph(m.Help, kit.Caption, width, inset))
	}
	if below { // large text leaves no room beside it
		return kit.Column(theme.Grid, append(words, kit.Line(0, in.choice))...)
	}
	return kit.Stretch(theme.Large, 0, kit.Column(0, words...), in.choice)
}

// put shows the value without reporting a change.
func (in *input) put(m settings.Setting) {
	if in.check != nil {
		in.check.Put(m.On)
		return
	}
	in.choice.Put(m.Choices, m.Value)
}
