package view

import (
	"fyne.io/fyne/v2"

	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// settings is what the person has chosen for Daypass as a whole. A choice counts at once.
type settings struct {
	env    Env
	page   *kit.Page
	object fyne.CanvasObject
	failed *kit.Paragraph
	about  *kit.Text
	inputs map[string]*settingInput
}

func newSettings(env Env, m present.Settings) *settings {
	s := &settings{env: env, inputs: map[string]*settingInput{}, about: kit.NewText("", kit.Caption)}
	width := kit.NewMeasure(formWidth)
	look := kit.Body
	look.Color = theme.ColorBad
	s.failed = kit.NewParagraph("", look, width, 0)
	s.failed.Hide()
	rows := []fyne.CanvasObject{kit.NewText(m.Title, kit.Title), s.failed}
	for _, group := range m.Groups {
		column := []fyne.CanvasObject{kit.NewText(group.Title, kit.Strong)}
		for _, one := range group.Settings {
			column = append(column, s.add(one, width))
		}
		rows = append(rows, kit.Column(theme.Small, column...))
	}
	quit := env.Kit.Button(m.Quit, "", kit.Plain, env.Intents.Quit)
	rows = append(rows, kit.Line(0, quit), s.about)
	s.page = kit.NewPage(width, kit.AtTop, kit.Column(theme.Huge, rows...))
	s.object = s.page.Object()
	return s
}

func (s *settings) render(m present.Settings) {
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
func (s *settings) add(m present.Setting, width *kit.Measure) fyne.CanvasObject {
	in := &settingInput{}
	s.inputs[m.Key] = in
	if len(m.Choices) == 0 {
		return in.newCheck(s.env, m, width)
	}
	return in.newSelect(s.env, m, width)
}

// settingInput is the widget of one setting.
type settingInput struct {
	check  *kit.Check
	choice *kit.Choice
	shown  present.Setting
}

func (in *settingInput) newCheck(env Env, m present.Setting, width *kit.Measure) fyne.CanvasObject {
	in.check = kit.NewCheck(m.Label, func(on bool) { env.Intents.Set(m.Key, on, "") })
	help := kit.NewParagraph(m.Help, kit.Caption, width, kit.CheckInset)
	return kit.Column(0, in.check, kit.Inset(help, 0, 0, 0, kit.CheckInset))
}

// choiceWidth is the width of every choice of the settings.
const choiceWidth = 48 * theme.Grid

func (in *settingInput) newSelect(env Env, m present.Setting, width *kit.Measure) fyne.CanvasObject {
	in.choice = env.Kit.NewChoice(m.Label, nil, func(label string) {
		for _, c := range in.shown.Choices {
			if c.Label == label {
				env.Intents.Set(m.Key, false, c.Value)
			}
		}
	})
	words := []fyne.CanvasObject{kit.NewText(m.Label, kit.Body)}
	if m.Help != "" {
		words = append(words, kit.NewParagraph(m.Help, kit.Caption, width, choiceWidth+theme.Large))
	}
	return kit.Stretch(theme.Large, 0, kit.Column(0, words...), kit.Sized(in.choice, choiceWidth, 9*theme.Grid))
}

// put shows what is chosen without telling anyone.
func (in *settingInput) put(m present.Setting) {
	in.shown = m
	if in.check != nil {
		in.check.Put(m.On)
		return
	}
	for _, c := range m.Choices {
		if c.Value == m.Value {
			in.choice.Put(present.Labels(m.Choices), c.Label)
		}
	}
}
