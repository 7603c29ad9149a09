package toolsview

import (
	"slices"

	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/kit"
	"daypass/ui/theme"
	"daypass/ui/tools"
)

// locationCommands are what the user can do with the locations of limits.
type locationCommands interface {
	// AddLocation adds a bucket or folder, and reports whether text names one; RemoveLocation removes the nth.
	AddLocation(text string) bool
	RemoveLocation(n int)
}

// limitLocations are the buckets and folders that limited credentials reach.
type limitLocations struct {
	kit      *kit.Kit
	commands locationCommands
	// id is how the IDs of the controls begin.
	id     string
	object fyne.CanvasObject
	list   *fyne.Container
	entry  *kit.Entry
	bucket *kit.Button
	fault  *kit.Paragraph
	drawn  tools.LocationsModel
}

func newLimitLocations(k *kit.Kit, id string, c locationCommands, m *kit.Measure) *limitLocations {
	l := &limitLocations{kit: k, commands: c, id: id, list: kit.Column(0)}
	l.entry = kit.NewEntry(id+".location", messages.Text("tools.limit.location"), "measurements/2026/")
	l.entry.OnSubmitted = func(string) { l.add() }
	add := k.Button(id+".add", messages.Text("tools.limit.add"), "", kit.Plain, l.add)
	l.bucket = k.Button(id+".choose-bucket", messages.Text("tools.limit.select-bucket"), "chevron-down", kit.Plain, l.openBuckets)
	style := kit.Caption
	style.Color = theme.ColorError
	l.fault = kit.NewParagraph("", style, m, 0)
	row := kit.Stretch(theme.Small, 0, kit.Sized(l.entry, 0, kit.InputHeight()), add)
	l.object = kit.Column(theme.Small, kit.NewLabel(messages.Text("tools.limit.locations"), kit.Body, m, 0), l.list, row, l.fault, kit.Line(0, l.bucket))
	return l
}

func (l *limitLocations) add() {
	if l.commands.AddLocation(l.entry.Text) {
		l.entry.Put("")
	}
}

func (l *limitLocations) openBuckets() {
	var items []kit.Item
	for _, b := range l.drawn.Buckets {
		items = append(items, kit.Item{ID: kit.RowID("bucket", b), Label: b, Do: func() { l.commands.AddLocation(b) }})
	}
	l.kit.ShowMenuBelow(l.bucket, items)
}

func (l *limitLocations) render(m tools.LocationsModel) {
	if !slices.Equal(m.Locations, l.drawn.Locations) {
		l.setList(m.Locations)
	}
	l.fault.Set(m.Fault)
	kit.SetVisible(l.bucket, len(m.Buckets) > 0)
	l.drawn = m
}

func (l *limitLocations) setList(locations []string) {
	l.list.Objects = nil
	for i, name := range locations {
		remove := l.kit.IconButton(kit.RowID(l.id+".remove", name), "close", messages.Text("tools.limit.remove", messages.Args{"Location": name}), func() { l.commands.RemoveLocation(i) })
		l.list.Add(kit.Stretch(theme.Small, 1, kit.NewIcon("folder", theme.ColorSecondary, 18), kit.NewText(name, kit.Body.InMiddle()), remove))
	}
	l.list.Refresh()
}
