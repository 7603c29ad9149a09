package view

import (
	"fyne.io/fyne/v2"

	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// AskText asks for a line of text. done gets it, and whether the box beside it is checked.
func (w *Window) AskText(q browser.TextQuestion, done func(text string, choice bool)) {
	askText(w.env, q, done)
}

func askText(env Env, q browser.TextQuestion, done func(text string, choice bool)) {
	sheet := env.Kit.NewSheet(q.Title)
	if q.Text != "" {
		sheet.AddText(q.Text, kit.Secondary)
	}
	entry := newFaultyEntry(sheet, q.Label)
	entry.Put(q.Value)
	sheet.Add(entry.object)
	choice := kit.NewCheck(q.Choice, func(bool) {})
	kit.SetVisible(choice, q.Choice != "")
	sheet.Add(choice)
	submit := func() {
		if entry.say(q.Check(entry.Text)) {
			return
		}
		sheet.Leave()
		done(entry.Text, q.Choice != "" && choice.On())
	}
	entry.OnSubmitted = func(string) { submit() }
	yes := env.Kit.Button(q.Yes, "", kit.Primary, submit)
	no := env.Kit.Button("Cancel", "", kit.Plain, sheet.Leave)
	sheet.Focus(entry.Entry)
	sheet.Show(yes, no, yes)
	entry.Mark(q.Select)
}

// faultyEntry is a labelled line of text in a sheet, with what is wrong with it below.
type faultyEntry struct {
	*kit.Entry
	object fyne.CanvasObject
	fault  *kit.Paragraph
	sheet  *kit.Sheet
}

func newFaultyEntry(sheet *kit.Sheet, label string) *faultyEntry {
	look := kit.Caption
	look.Color = theme.ColorBad
	e := &faultyEntry{Entry: kit.NewEntry(label, ""), fault: sheet.NewText("", look), sheet: sheet}
	e.object = kit.Column(theme.Grid, kit.NewText(label, kit.Caption), kit.Sized(e.Entry, 0, 9*theme.Grid), e.fault)
	e.fault.Set("")
	e.OnChanged = func(string) {
		if e.fault.Visible() {
			e.say("")
		}
	}
	return e
}

// say shows what is wrong, and reports whether anything is.
func (e *faultyEntry) say(fault string) bool {
	e.fault.Set(fault)
	e.sheet.Fit()
	return fault != ""
}

// DeleteSheet asks before something is deleted; what it says is filled in as it becomes known.
type DeleteSheet struct {
	sheet   *kit.Sheet
	sum     *kit.Text
	fate    *kit.Paragraph
	forever *kit.Check
}

// AskDelete asks before something is deleted. done gets whether all versions shall go; left is called
// when the question is put away, with or without an answer.
func (w *Window) AskDelete(q browser.Deletion, done func(forever bool), left func()) *DeleteSheet {
	sheet := w.env.Kit.NewSheet(q.Title)
	d := &DeleteSheet{sheet: sheet, sum: kit.NewText("", kit.Caption), forever: kit.NewCheck(browser.DeleteForever, func(bool) {})}
	sheet.OnLeave = left
	if names := namesOf(q); names != nil {
		sheet.Add(names)
	}
	sheet.Add(d.sum)
	d.fate = sheet.AddText("", kit.Secondary)
	sheet.Add(d.forever)
	no := w.env.Kit.Button("Cancel", "", kit.Plain, sheet.Leave)
	yes := w.env.Kit.Button(q.Yes, "", kit.Danger, func() {
		sheet.Leave()
		done(d.forever.Visible() && d.forever.On())
	})
	d.Update(q)
	sheet.Show(no, no, yes)
	return d
}

// namesOf is the list of names in a question; nil where the title says it all.
func namesOf(q browser.Deletion) fyne.CanvasObject {
	if len(q.Names) < 2 && q.More == "" {
		return nil
	}
	column := kit.Column(2)
	for _, name := range q.Names {
		column.Add(kit.Sized(kit.NewText(name, kit.Body.InMiddle()), kit.SheetWidth, 0))
	}
	if q.More != "" {
		column.Add(kit.NewText(q.More, kit.Caption))
	}
	return column
}

// Update fills in what has become known.
func (d *DeleteSheet) Update(q browser.Deletion) {
	d.sum.Set(q.Sum)
	kit.SetVisible(d.sum, q.Sum != "")
	d.fate.Set(q.Fate)
	kit.SetVisible(d.forever, q.Forever)
	d.sheet.Fit()
}
