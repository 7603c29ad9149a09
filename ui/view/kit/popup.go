package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// dialogWidth is the width of the text of a question.
const dialogWidth = 88 * theme.Grid

// Question is something to confirm.
type Question struct {
	Title, Text, Yes string
	Do               func()
}

// Ask shows a question above the window; Escape or Cancel puts it away.
func (k *Kit) Ask(c fyne.Canvas, q Question) {
	p := k.newPaper(c, q.Title, q.Text)
	no := k.Button("Cancel", "", Plain, p.leave)
	yes := k.Button(q.Yes, "", Danger, func() { p.leave(); q.Do() })
	p.show(no, no, yes)
}

// Tell says something above the window until it is put away.
func (k *Kit) Tell(c fyne.Canvas, title, text string) {
	p := k.newPaper(c, title, text)
	ok := k.Button("Close", "", Plain, p.leave)
	p.show(ok, ok)
}

// paper is a title and a text above the window.
type paper struct {
	canvas      fyne.Canvas
	before      fyne.Focusable
	title, text fyne.CanvasObject
	pop         *widget.PopUp
}

func (k *Kit) newPaper(c fyne.Canvas, title, text string) *paper {
	m := NewMeasure(dialogWidth)
	return &paper{canvas: c, before: c.Focused(), title: NewParagraph(title, Strong, m, 0), text: NewParagraph(text, Secondary, m, 0)}
}

// show opens the paper with its buttons at the right, the focus on first.
func (p *paper) show(first *Button, buttons ...*Button) {
	line := []fyne.CanvasObject{NewText("", Body)}
	for _, b := range buttons {
		b.OnEscape = p.leave
		line = append(line, b)
	}
	column := Column(theme.Medium, p.title, p.text, Stretch(theme.Small, 0, line...))
	p.pop = widget.NewModalPopUp(Inset(column, theme.Large, theme.Large, theme.Large, theme.Large), p.canvas)
	p.pop.Show()
	p.canvas.Focus(first)
}

func (p *paper) leave() {
	p.pop.Hide()
	if p.before != nil {
		p.canvas.Focus(p.before)
	}
}
