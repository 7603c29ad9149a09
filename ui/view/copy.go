package view

import (
	"slices"

	"daypass/ui/present"
	"daypass/ui/theme"
	"daypass/ui/view/kit"
)

// AskCopy asks where to copy or move something. done gets the number of the place, the path in it, and whether what
// is there shall be replaced.
func (w *Window) AskCopy(q present.CopyQuestion, done func(place int, path string, replace bool)) {
	sheet := w.env.Kit.NewSheet(w.env.Canvas(), q.Title)
	text := sheet.AddText(q.Text(0), kit.Secondary)
	var names []string
	for _, p := range q.Places {
		names = append(names, p.Name)
	}
	entry := newFaultyEntry(sheet, "Folder")
	entry.Put(q.Places[0].Path)
	place := 0
	choose := func(name string) {
		was := q.Places[place].Path
		place = slices.Index(names, name)
		text.Set(q.Text(place))
		if entry.Text == was {
			entry.Put(q.Places[place].Path)
		}
		entry.fault.Set("")
		sheet.Fit()
	}
	if len(names) > 1 {
		where := w.env.Kit.NewChoice("Connection", names, choose)
		where.Put(names, names[0])
		sheet.Add(kit.Column(theme.Grid, kit.NewText("Connection", kit.Caption), where))
	}
	sheet.Add(entry.object)
	replace := kit.NewCheck(q.Choice, func(bool) {})
	sheet.Add(replace)
	submit := func() {
		if entry.say(q.Check(place, entry.Text)) {
			return
		}
		sheet.Leave()
		done(place, entry.Text, replace.On())
	}
	entry.OnSubmitted = func(string) { submit() }
	yes := w.env.Kit.Button(q.Yes, "", kit.Primary, submit)
	no := w.env.Kit.Button("Cancel", "", kit.Plain, sheet.Leave)
	sheet.Focus(entry.Entry)
	sheet.Show(yes, no, yes)
}
