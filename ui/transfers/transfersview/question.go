package transfersview

import (
	"daypass/app"
	"daypass/app/messages"
	"daypass/ui/kit"
	"daypass/ui/theme"
	"daypass/ui/transfers"
)

// question asks what to do where a name is taken: once by itself, and again when it is asked for.
type question struct {
	kit      *kit.Kit
	commands Commands
	seen     map[string]bool
	open     *kit.Sheet
	id       string
}

func newQuestion(k *kit.Kit, c Commands) *question {
	return &question{kit: k, commands: c, seen: map[string]bool{}}
}

// render shows a new question, unless something else is being asked, and puts away one that is
// answered elsewhere.
func (q *question) render(c *transfers.Conflict) {
	if q.open != nil && (c == nil || c.ID != q.id) {
		q.open.Leave()
		q.open = nil
	}
	if c != nil && !q.seen[c.ID] && q.open == nil && q.kit.Canvas().Overlays().Top() == nil {
		q.ask(c)
	}
}

func (q *question) ask(c *transfers.Conflict) {
	if c == nil {
		return
	}
	q.seen[c.ID], q.id = true, c.ID
	sheet := q.kit.NewSheet(c.Title)
	all := sheet.NewCheck("conflict.for-all", c.ForAll, func(bool) {})
	kit.SetVisible(all, c.ForAll != "")
	sheet.OnLeave = func() { q.open = nil }
	answer := func(choice app.ConflictPolicy) func() {
		return func() {
			sheet.Leave()
			q.commands.Answer(c.Transfer, app.ConflictAnswer{Question: c.ID, Choice: choice, ForAll: c.ForAll != "" && all.On()})
		}
	}
	sheet.AddText(c.Text, kit.Secondary)
	sheet.Add(kit.Column(theme.Grid, kit.NewText(c.Facts[0], kit.Body), kit.NewText(c.Facts[1], kit.Body)))
	sheet.Add(all)
	skip := q.kit.Button("conflict.skip", messages.Text("transfers.conflict.skip"), "", kit.Plain, answer(app.Skip))
	both := q.kit.Button("conflict.keep-both", messages.Text("transfers.conflict.keep-both"), "", kit.Plain, answer(app.KeepBoth))
	replace := q.kit.Button("conflict.replace", messages.Text("transfers.conflict.replace"), "", kit.Danger, answer(app.Replace))
	replace.SetEnabled(c.CanReplace)
	later := q.kit.Button("conflict.later", messages.Text("transfers.conflict.later"), "", kit.Quiet, sheet.Leave)
	q.open = sheet
	sheet.Show(skip, later, skip, both, replace)
}
