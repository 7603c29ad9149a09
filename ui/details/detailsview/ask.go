package detailsview

import (
	"daypass/ui/details"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// tagsHeight returns the height of the field for tags: ten lines.
func tagsHeight() float32 { return theme.ForText(58 * theme.Grid) }

// AskTags implements details.View.
func (v *View) AskTags(lines string, done func(lines string)) {
	sheet := v.kit.NewSheet("Tags")
	sheet.AddText("One tag a line, as name = value. An object has at most ten.", kit.Secondary)
	entry := kit.NewEntry("tags", "Tags", "project = tides")
	entry.MultiLine = true
	entry.Put(lines)
	sheet.Add(kit.Sized(entry, kit.SheetWidth, tagsHeight()))
	look := kit.Caption
	look.Color = theme.ColorBad
	invalid := sheet.AddText("", look)
	save := func() {
		if _, reason := details.ParseTags(entry.Text); reason != "" {
			invalid.Set(reason)
			sheet.Fit()
			return
		}
		sheet.Leave()
		done(entry.Text)
	}
	entry.OnSubmitted = func(string) { save() }
	yes := v.kit.Button(kit.ConfirmID("tags"), "Save", "", kit.Primary, save)
	no := v.kit.Button(kit.ConfirmID("cancel"), "Cancel", "", kit.Plain, sheet.Leave)
	invalid.Set("")
	sheet.Focus(entry)
	sheet.Show(yes, no, yes)
}

// Confirm implements details.View.
func (v *View) Confirm(q present.Question, do func()) {
	v.kit.Ask(kit.Question{ID: q.ID, Title: q.Title, Text: q.Text, Yes: q.Yes, Do: do})
}
