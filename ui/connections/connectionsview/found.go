package connectionsview

import (
	"strconv"

	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/connections"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// FoundCommands are what the user can do with servers that other programs are set up for.
type FoundCommands interface {
	// UseFound sets a connection up to the server of a row.
	UseFound(row int)
}

// Found is a sheet with the servers that other programs are set up for.
type Found struct {
	kit      *kit.Kit
	commands FoundCommands
	sheet    *kit.Sheet
}

// NewFound returns what shows nothing until Show.
func NewFound(k *kit.Kit, c FoundCommands) *Found { return &Found{kit: k, commands: c} }

// Show opens the sheet with m.
func (f *Found) Show(m connections.Found) {
	f.sheet = f.kit.NewWideSheet(m.Title)
	f.sheet.AddText(m.Text, kit.Secondary)
	rows := kit.Column(theme.Medium)
	var first *kit.Button
	for i, row := range m.Rows {
		use := f.kit.Button("found.use."+strconv.Itoa(i), messages.Text("connections.found.use"), "", kit.Plain, func() { f.commands.UseFound(i) })
		rows.Add(f.row(row, use))
		if first == nil {
			first = use
		}
	}
	f.sheet.Add(rows)
	f.sheet.OnLeave = func() { f.sheet = nil }
	leave := f.kit.Button("found.close", messages.Text("common.cancel"), "", kit.Plain, f.Hide)
	f.sheet.Show(first, leave)
}

// Hide closes the sheet.
func (f *Found) Hide() {
	if f.sheet != nil {
		f.sheet.Leave()
	}
}

// row is a server with the button that sets a connection up to it.
func (f *Found) row(r connections.FoundRow, use *kit.Button) fyne.CanvasObject {
	width := f.sheet.Width()
	below := use.MinSize().Width > width/4 // large text leaves no room beside the words
	inset := use.MinSize().Width + theme.Medium
	if below {
		inset = 0
	}
	measure := kit.NewMeasure(width)
	words := kit.Column(0, kit.NewParagraph(r.Name, kit.Strong, measure, inset))
	for _, line := range []string{r.Hosts, r.Source, r.Notes} {
		if line != "" {
			words.Add(kit.NewParagraph(line, kit.Caption, measure, inset))
		}
	}
	if below {
		return kit.Column(theme.Grid, words, kit.Line(0, use))
	}
	return kit.Stretch(theme.Medium, 0, words, use)
}
