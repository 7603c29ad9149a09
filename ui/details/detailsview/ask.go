package detailsview

import (
	"daypass/app/messages"
	"daypass/ui/details"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// tagsHeight returns the height of the field for tags: ten lines.
func tagsHeight() float32 { return theme.ForText(58 * theme.Grid) }

// AskTags implements details.View.
func (v *View) AskTags(lines string, done func(lines string)) {
	sheet := v.kit.NewSheet(messages.Text("details.tags.title"))
	sheet.AddText(details.TagsHelp(), kit.Secondary)
	entry := kit.NewEntry("tags", messages.Text("details.info.tags"), messages.Text("details.tags.example"))
	entry.MultiLine = true
	entry.Put(lines)
	sheet.Add(kit.Sized(entry, sheet.Width(), tagsHeight()))
	style := kit.Caption
	style.Color = theme.ColorError
	invalid := sheet.AddText("", style)
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
	yes := v.kit.Button(kit.ConfirmID("tags"), messages.Text("common.save"), "", kit.Primary, save)
	no := v.kit.Button(kit.ConfirmID("cancel"), messages.Text("common.cancel"), "", kit.Plain, sheet.Leave)
	invalid.Set("")
	sheet.Focus(entry)
	sheet.Show(yes, no, yes)
}

// Confirm implements details.View.
func (v *View) Confirm(q present.Question, do func()) {
	v.kit.Ask(kit.Question{ID: q.ID, Title: q.Title, Text: q.Text, Yes: q.Yes, Do: do})
}
