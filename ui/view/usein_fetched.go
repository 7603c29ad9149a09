package view

import (
	"fyne.io/fyne/v2"

	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// setFetched shows who fetched keys.
func (u *useIn) setFetched(m present.Fetched) {
	defer u.keepFocus()()
	u.fetched.Objects, u.rows = nil, nil
	if m.Title == "" {
		return
	}
	u.fetched.Add(kit.NewParagraph(m.Title, kit.Strong, u.measure, 0))
	if m.Waiting != "" {
		u.fetched.Add(kit.WithSeverity(present.Soon, kit.NewParagraph(m.Waiting, kit.Body, u.measure, kit.SeverityInset)))
	}
	if m.None != "" {
		u.fetched.Add(kit.NewParagraph(m.None, kit.Secondary, u.measure, 0))
	}
	for _, r := range m.Rows {
		u.fetched.Add(u.fetchedRow(r))
	}
}

// fetchedButtons is the room that the buttons of a row have.
const fetchedButtons = 18 * theme.Grid

func (u *useIn) fetchedRow(r present.FetchedRow) fyne.CanvasObject {
	const inset = kit.SeverityInset + fetchedButtons + theme.Small
	words := kit.Column(0, kit.NewParagraph(r.Name, kit.Body, u.measure, inset),
		kit.NewParagraph(r.When, kit.Caption, u.measure, inset), kit.NewParagraph(r.Reach, kit.Caption, u.measure, inset))
	hint, icon := "Pause “"+r.Name+"”", theme.IconName("pause")
	if r.Paused {
		hint, icon = "Let “"+r.Name+"” go on", "resume"
	}
	buttons := []*kit.Button{u.env.Kit.IconButton(icon, hint, func() { u.env.Intents.Pause(r.ID, !r.Paused) })}
	if r.Revoke != "" {
		buttons = append(buttons, u.env.Kit.IconButton(endIcon(r), r.Revoke+" “"+r.Name+"”", func() { u.revoke(r) }))
	}
	row := kit.Line(theme.Grid)
	for _, b := range buttons {
		row.Add(b)
	}
	u.rows = append(u.rows, buttons)
	return kit.Stretch(theme.Small, 0, kit.WithSeverity(r.Mark, words), kit.Sized(row, fetchedButtons, 0))
}

// endIcon tells a button after which something works no longer from one that only removes the row.
func endIcon(r present.FetchedRow) theme.IconName {
	if r.Ends {
		return "revoke"
	}
	return "close"
}

func (u *useIn) revoke(r present.FetchedRow) {
	do := func() { u.env.Intents.Revoke(r.ID) }
	if r.Ask == "" {
		do()
		return
	}
	u.env.Kit.Ask(kit.Question{Title: "Revoke the keys of “" + r.Name + "”?", Text: r.Ask, Yes: "Revoke", Do: do})
}

// keepFocus remembers the button that has the focus; what it gives puts the focus on the one in its place.
func (u *useIn) keepFocus() func() {
	for i, row := range u.rows {
		for j, b := range row {
			if u.env.Kit.Canvas().Focused() != fyne.Focusable(b) {
				continue
			}
			return func() {
				if len(u.rows) > 0 {
					row := u.rows[min(i, len(u.rows)-1)]
					u.env.Kit.Focus(row[min(j, len(row)-1)])
				}
			}
		}
	}
	return func() {}
}
