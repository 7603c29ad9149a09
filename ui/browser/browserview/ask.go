package browserview

import (
	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// dialogs ask and tell.
type dialogs struct{ kit *kit.Kit }

// Confirm implements browser.Dialogs.
func (d *dialogs) Confirm(q present.Question, do func()) {
	d.kit.Ask(kit.Question{ID: q.ID, Title: q.Title, Text: q.Text, Yes: q.Yes, Harmless: q.Harmless, Do: do})
}

// Tell implements browser.Dialogs.
func (d *dialogs) Tell(title, text string) { d.kit.Tell(title, text) }

// ShowFailures implements browser.Dialogs.
func (d *dialogs) ShowFailures(f present.Failures) { d.kit.ShowFailures(f) }

// AskText implements browser.Dialogs.
func (d *dialogs) AskText(q browser.TextQuestion, done func(text string)) {
	sheet := d.kit.NewSheet(q.Title)
	if q.Text != "" {
		sheet.AddText(q.Text, kit.Secondary)
	}
	entry := newCheckedEntry(sheet, q.Field, q.Label)
	entry.Put(q.Value)
	sheet.Add(entry.object)
	submit := func() {
		if entry.say(q.Check(entry.Text)) {
			return
		}
		sheet.Leave()
		done(entry.Text)
	}
	entry.OnSubmitted = func(string) { submit() }
	yes := d.kit.Button(kit.ConfirmID(q.ID), q.Yes, "", kit.Primary, submit)
	no := d.kit.Button(kit.ConfirmID("cancel"), messages.Text("common.cancel"), "", kit.Plain, sheet.Leave)
	sheet.Focus(entry.Entry)
	sheet.Show(yes, no, yes)
	entry.Mark(q.Select)
}

// AskDrop implements browser.Dialogs.
func (d *dialogs) AskDrop(q browser.DropQuestion, done func(move bool)) {
	sheet := d.kit.NewSheet(q.Title)
	sheet.AddText(q.Text, kit.Secondary)
	answer := func(move bool) func() {
		return func() {
			sheet.Leave()
			done(move)
		}
	}
	no := d.kit.Button(kit.ConfirmID("cancel"), messages.Text("common.cancel"), "", kit.Plain, sheet.Leave)
	take := d.kit.Button(kit.ConfirmID("copy"), messages.Text("browser.copy.yes"), "", kit.Plain, answer(false))
	move := d.kit.Button(kit.ConfirmID("move"), messages.Text("browser.move.yes"), "", kit.Primary, answer(true))
	sheet.Show(move, no, take, move)
}

// checkedEntry is a labeled line of text in a sheet, with what is wrong with it below.
type checkedEntry struct {
	*kit.Entry
	object  fyne.CanvasObject
	invalid *kit.Paragraph
	sheet   *kit.Sheet
}

func newCheckedEntry(sheet *kit.Sheet, id, label string) *checkedEntry {
	style := kit.Caption
	style.Color = theme.ColorError
	e := &checkedEntry{Entry: kit.NewEntry(id, label, ""), invalid: sheet.NewText("", style), sheet: sheet}
	e.object = kit.Column(theme.Grid, kit.NewText(label, kit.Caption), kit.Sized(e.Entry, 0, kit.InputHeight()), e.invalid)
	e.invalid.Set("")
	e.OnChanged = func(string) {
		if e.invalid.Visible() {
			e.say("")
		}
	}
	return e
}

// say shows what is wrong, and reports whether anything is.
func (e *checkedEntry) say(invalid string) bool {
	e.invalid.Set(invalid)
	e.sheet.Fit()
	return invalid != ""
}

// deleteSheet asks before something is deleted; what it says is filled in as it becomes known.
type deleteSheet struct {
	sheet   *kit.Sheet
	sum     *kit.Text
	fate    *kit.Paragraph
	forever *kit.Check
}

// AskDelete implements browser.Dialogs.
func (d *dialogs) AskDelete(q browser.Deletion, done func(forever bool), left func()) (update func(browser.Deletion)) {
	sheet := d.kit.NewSheet(q.Title)
	a := &deleteSheet{sheet: sheet, sum: kit.NewText("", kit.Caption), forever: sheet.NewCheck("delete-versions", messages.Text("browser.delete.versions"), func(bool) {})}
	sheet.OnLeave = left
	if names := namesOf(q, sheet.Width()); names != nil {
		sheet.Add(names)
	}
	sheet.Add(a.sum)
	a.fate = sheet.AddText("", kit.Secondary)
	sheet.Add(a.forever)
	no := d.kit.Button(kit.ConfirmID("cancel"), messages.Text("common.cancel"), "", kit.Plain, sheet.Leave)
	yes := d.kit.Button(kit.ConfirmID(string(browser.CommandDelete)), q.Yes, "", kit.Danger, func() {
		sheet.Leave()
		done(a.forever.Visible() && a.forever.On())
	})
	a.update(q)
	sheet.Show(no, no, yes)
	return a.update
}

// namesOf is the list of names in a question, of a width; nil where the title says it all.
func namesOf(q browser.Deletion, width float32) fyne.CanvasObject {
	if len(q.Names) < 2 && q.More == "" {
		return nil
	}
	column := kit.Column(2)
	for _, name := range q.Names {
		column.Add(kit.Sized(kit.NewText(name, kit.Body.InMiddle()), width, 0))
	}
	if q.More != "" {
		column.Add(kit.NewText(q.More, kit.Caption))
	}
	return column
}

// update fills in what has become known.
func (a *deleteSheet) update(q browser.Deletion) {
	a.sum.Set(q.Sum)
	kit.SetVisible(a.sum, q.Sum != "")
	a.fate.Set(q.Fate)
	kit.SetVisible(a.forever, q.Forever)
	a.sheet.Fit()
}
