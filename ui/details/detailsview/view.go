// Package detailsview is the pane about what is selected, on screen.
package detailsview

import (
	"cmp"
	"reflect"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/buckets/objects"
	"daypass/app/messages"
	"daypass/ui/details"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// Commands is what a user can want of the pane.
type Commands interface {
	// Toggle closes the pane.
	Toggle()
	// ShowTab turns to another side of the object.
	ShowTab(tab details.Tab)
	// SetWidth remembers the width of the pane; zero for what fits.
	SetWidth(width float32)
	// WrapLines has long lines of text broken, or not.
	WrapLines(on bool)
	// EditTags asks for other tags.
	EditTags()
	// Version does something to a version.
	Version(ref objects.Ref, action details.VersionAction)
	// Do does what a button of a message offers.
	Do(action present.Do)
}

// View is the pane on screen.
type View struct {
	kit      *kit.Kit
	commands Commands
	side     *kit.Side
	icon     *kit.Icon
	title    *kit.Text
	tabs     map[details.Tab]*kit.Button
	tabRow   fyne.CanvasObject
	body     *kit.Deck
	content  *fyne.Container
	message  *kit.MessagePane
	// measure is the width of names and values, prose that of wrapped text.
	measure, prose *kit.Measure
	drawn          *details.Model
}

// tabs are the tabs in their order.
var tabs = []details.Tab{details.TabPreview, details.TabInfo, details.TabVersions}

// New returns a pane that is not open.
func New(k *kit.Kit, c Commands) *View {
	v := &View{kit: k, commands: c, icon: kit.NewIcon("", theme.ColorSecondary, 18), title: kit.NewText("", kit.Strong.InMiddle()), tabs: map[details.Tab]*kit.Button{}}
	v.measure, v.prose = kit.NewMeasure(theme.ForText(kit.MessageWidth)), kit.NewMeasure(maxProse)
	v.message = k.MessagePane("details", func(_ string, action present.Do) { c.Do(action) })
	v.body, v.content = kit.NewDeck(), container.NewStack()
	var row []fyne.CanvasObject
	for _, tab := range tabs {
		b := k.Button(kit.PartID("details", string(tab)), messages.Text("details.tab."+string(tab)), "", kit.Quiet, func() { c.ShowTab(tab) })
		v.tabs[tab] = b
		row = append(row, b)
	}
	v.tabRow = kit.Inset(kit.Line(theme.Grid, row...), 0, theme.Large, theme.Small, theme.Medium)
	shut := k.IconButton("details.close", "close", present.Hint(messages.Text("details.close"), "Ctrl+I"), c.Toggle)
	head := kit.Inset(kit.Stretch(theme.Small, 1, v.icon, v.title, shut), theme.Small, theme.Small, theme.Grid, theme.Large)
	v.side = kit.NewSide(container.NewBorder(kit.Column(0, head, v.tabRow), nil, nil, nil, v.body.Object()))
	v.side.OnWidth = c.SetWidth
	return v
}

// Beside returns the listing with the pane beside it.
func (v *View) Beside(listing fyne.CanvasObject) fyne.CanvasObject { return v.side.Beside(listing) }

// Render implements details.View.
func (v *View) Render(m details.Model) {
	if m.Open {
		v.show(m)
	}
	v.side.Show(m.Open, m.Vacant)
}

func (v *View) show(m details.Model) {
	if v.drawn != nil && reflect.DeepEqual(m, *v.drawn) {
		return
	}
	if v.drawn == nil {
		v.side.SetWidth(m.Width)
	}
	v.drawn = &m
	v.icon.Set(theme.IconName(m.Icon), theme.ColorSecondary)
	kit.SetVisible(v.icon, m.Icon != "")
	v.title.Set(m.Title)
	kit.SetVisible(v.tabRow, m.Tabs)
	for tab, b := range v.tabs {
		kind := kit.Quiet
		if tab == m.Tab {
			kind = kit.Plain
		}
		b.SetKind(kind)
		b.SetOn(tab == m.Tab)
	}
	if m.Message.Title != "" {
		v.message.Render(m.Path, m.Message)
		v.body.Show(v.message.Object())
	} else {
		v.content.Objects = []fyne.CanvasObject{v.newContent(m)}
		v.body.Show(v.content)
	}
	v.side.Refresh()
}

// newContent returns what stands below the tabs, made for each object.
func (v *View) newContent(m details.Model) fyne.CanvasObject {
	switch {
	case m.Preview != nil:
		return v.preview(m.Preview, m.Title)
	case m.Groups != nil:
		return v.groups(m)
	case m.Versions != nil:
		return v.versions(m)
	}
	return container.NewStack() // on its way
}

// pairName returns the width of the names.
func pairName() float32 { return theme.ForText(24 * theme.Grid) }

func (v *View) groups(m details.Model) fyne.CanvasObject {
	column := kit.Column(theme.Grid)
	for _, g := range m.Groups {
		head := []fyne.CanvasObject{kit.NewText(g.Title, kit.Strong)}
		if g.Tags && m.CanTag {
			edit := v.kit.Button("details.edit-tags", messages.Text("details.tags.edit"), "", kit.Link, v.commands.EditTags)
			edit.SetEnabled(m.TagHint == "")
			edit.SetHint(m.TagHint)
			head = append(head, edit)
		}
		column.Add(kit.Sized(kit.Stretch(0, 0, head...), 0, kit.ButtonHeight()))
		for _, p := range g.Pairs {
			column.Add(v.pair(p))
		}
		if len(g.Pairs) == 0 {
			column.Add(kit.NewText(g.None, kit.Caption))
		}
	}
	return v.scrolled(column)
}

func (v *View) pair(p details.Pair) fyne.CanvasObject {
	name := kit.NewLabel(p.Name, kit.Caption, kit.NewMeasure(pairName()), 0)
	value := kit.Body
	value.Size = theme.SizeCaption
	return container.New(&pairLayout{}, name, kit.NewParagraph(p.Value, value, v.measure, pairName()+theme.Small))
}

func (v *View) versions(m details.Model) fyne.CanvasObject {
	column := kit.Column(theme.Small)
	for n, row := range m.Versions {
		column.Add(v.version(n, row))
	}
	if m.Foot != "" {
		column.Add(kit.NewText(m.Foot, kit.Caption))
	}
	return v.scrolled(column)
}

// version returns the row of the nth version; the newest is the first.
func (v *View) version(n int, row details.VersionRow) fyne.CanvasObject {
	buttons := 3 * kit.ButtonHeight()
	words := kit.Column(0, kit.NewLabel(row.When, kit.Body, v.measure, buttons), kit.NewLabel(row.Text, kit.Caption, v.measure, buttons))
	button := func(icon theme.IconName, hint, refused string, action details.VersionAction, can bool) fyne.CanvasObject {
		id := kit.RowID("version."+string(action), strconv.Itoa(n))
		b := v.kit.IconButton(id, icon, cmp.Or(refused, hint), func() { v.commands.Version(row.Ref, action) })
		b.SetEnabled(refused == "")
		kit.SetVisible(b, can)
		return b
	}
	return kit.Stretch(
		0, 0, words,
		button("download", messages.Text("details.version.download"), "", details.DownloadOne, row.CanDownload),
		button("history", messages.Text("details.version.restore"), row.NoRestore, details.RestoreOne, row.CanRestore),
		button("trash", messages.Text("details.version.delete"), row.NoDelete, details.DeleteOne, true),
	)
}

// scrolled lets a column scroll, and sets running text to its width.
func (v *View) scrolled(column fyne.CanvasObject) fyne.CanvasObject {
	inner := kit.Inset(column, theme.Grid, theme.Large, theme.Large, theme.Large)
	return container.New(&sided{v.measure}, kit.Scrolling(container.NewVScroll(inner)))
}

// sided sets the measure to the width inside the pane's margins.
type sided struct{ measure *kit.Measure }

// MinSize implements fyne.Layout.
func (*sided) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (f *sided) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	f.measure.Fit(s.Width - 2*theme.Large)
	objects[0].Resize(s)
}

// pairLayout puts a name before a value of several lines.
type pairLayout struct{}

// MinSize implements fyne.Layout.
func (*pairLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, max(objects[0].MinSize().Height, objects[1].MinSize().Height))
}

// Layout implements fyne.Layout.
func (*pairLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Resize(fyne.NewSize(pairName(), objects[0].MinSize().Height))
	objects[1].Resize(fyne.NewSize(s.Width-pairName()-theme.Small, s.Height))
	objects[1].Move(fyne.NewPos(pairName()+theme.Small, 0))
}
