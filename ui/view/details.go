package view

import (
	"cmp"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/buckets/objects"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// DetailsIntents is what a person can want of the object beside the listing.
type DetailsIntents interface {
	// Details is what is known of it, and whether the pane is open.
	Details() (m present.Details, open bool)
	// ShowTab turns to another side of it.
	ShowTab(tab present.DetailsTab)
	// KeepDetailsWidth remembers the width of the pane; zero for what fits.
	KeepDetailsWidth(width float32)
	// WrapLines has long lines of text broken, or not.
	WrapLines(on bool)
	// EditTags asks for other tags.
	EditTags()
	// Version does something to a version.
	Version(ref objects.Ref, do present.VersionDo)
}

// details is the pane with the object that is chosen.
type details struct {
	env     Env
	object  *fyne.Container
	icon    *kit.Icon
	title   *kit.Text
	tabs    map[present.DetailsTab]*kit.Button
	tabRow  fyne.CanvasObject
	body    *kit.Deck
	fresh   *fyne.Container
	message *messagePane
	measure *kit.Measure
	// prose is the width of wrapped text, divider the left edge, and width what it was pulled to; zero for what fits.
	prose   *kit.Measure
	divider *kit.Divider
	width   float32
	drawn   present.Details
	made    bool
	// moved has the pane laid out anew.
	moved func()
	// open is whether it was asked for; where it would cover the listing, vacant it is not shown.
	open, vacant bool
}

// detailTabs are the tabs in their order.
var detailTabs = []struct {
	tab   present.DetailsTab
	label string
}{{present.TabPreview, "Preview"}, {present.TabFacts, "Facts"}, {present.TabVersions, "Versions"}}

func newDetails(env Env) *details {
	d := &details{env: env, icon: kit.NewIcon("", theme.ColorSecondary, 18), title: kit.NewText("", kit.Strong.InMiddle()), tabs: map[present.DetailsTab]*kit.Button{}}
	d.measure, d.prose = kit.NewMeasure(messageWidth), kit.NewMeasure(proseMost)
	d.divider = kit.NewDivider(d.pull, func() { d.setWidth(0) })
	d.message = newMessagePane(env, "")
	d.body, d.fresh = kit.NewDeck(), container.NewStack()
	var row []fyne.CanvasObject
	for _, t := range detailTabs {
		b := env.Kit.Button(t.label, "", kit.Quiet, func() { env.Intents.ShowTab(t.tab) })
		d.tabs[t.tab] = b
		row = append(row, b)
	}
	d.tabRow = kit.Inset(kit.Line(theme.Grid, row...), 0, theme.Large, theme.Small, theme.Medium)
	shut := env.Kit.IconButton("close", "Close the details (Ctrl+I)", func() { env.Intents.Act(present.ActDetails) })
	head := kit.Inset(kit.Stretch(theme.Small, 1, d.icon, d.title, shut), theme.Small, theme.Small, theme.Grid, theme.Large)
	content := container.NewBorder(kit.Column(0, head, d.tabRow), nil, nil, nil, d.body.Object())
	d.object = container.NewStack(kit.NewBox(theme.ColorSidebar, theme.Small), content, container.New(&leftEdge{}, d.divider))
	d.object.Hide()
	return d
}

// render shows m, and reports whether the pane was opened or closed, or may cover the listing now or no longer.
func (d *details) render(m present.Details, open bool) (moved bool) {
	moved = d.open != open || d.vacant != m.Vacant || !d.made
	if !d.made {
		d.width = m.Width
	}
	d.open, d.vacant = open, m.Vacant
	if !open || d.made && reflect.DeepEqual(m, d.drawn) {
		return moved
	}
	d.drawn, d.made = m, true
	d.icon.Set(theme.IconName(m.Icon), theme.ColorSecondary)
	kit.SetVisible(d.icon, m.Icon != "")
	d.title.Set(m.Title)
	kit.SetVisible(d.tabRow, m.Tabs)
	for tab, b := range d.tabs {
		kind := kit.Quiet
		if tab == m.Tab {
			kind = kit.Plain
		}
		b.SetKind(kind)
	}
	if m.Message.Title != "" {
		d.message.render(m.Path, m.Message)
		d.body.Show(d.message.object)
	} else {
		d.fresh.Objects = []fyne.CanvasObject{d.content(m)}
		d.body.Show(d.fresh)
	}
	d.object.Refresh()
	return moved
}

// content is what stands below the tabs, made for each object.
func (d *details) content(m present.Details) fyne.CanvasObject {
	switch {
	case m.Preview != nil:
		return d.preview(m.Preview, m.Title)
	case m.Groups != nil:
		return d.facts(m)
	case m.Versions != nil:
		return d.versions(m)
	}
	return container.NewStack() // on its way
}

// pairName is the width of the names of facts.
const pairName = 24 * theme.Grid

func (d *details) facts(m present.Details) fyne.CanvasObject {
	column := kit.Column(theme.Grid)
	for _, g := range m.Groups {
		head := []fyne.CanvasObject{kit.NewText(g.Title, kit.Strong)}
		if g.Title == "Tags" && m.CanTag {
			edit := d.env.Kit.Button("Edit…", "", kit.Link, d.env.Intents.EditTags)
			edit.SetEnabled(m.TagHint == "")
			edit.SetHint(m.TagHint)
			head = append(head, edit)
		}
		column.Add(kit.Sized(kit.Stretch(0, 0, head...), 0, kit.ButtonHeight))
		for _, f := range g.Facts {
			column.Add(d.pair(f))
		}
		if len(g.Facts) == 0 {
			column.Add(kit.NewText(g.None, kit.Caption))
		}
	}
	return d.scrolled(column)
}

func (d *details) pair(f present.Pair) fyne.CanvasObject {
	name := kit.Sized(kit.NewText(f.Name, kit.Caption), pairName, 0)
	value := kit.Body
	value.Size = theme.SizeCaption
	return container.New(&pairLayout{}, name, kit.NewParagraph(f.Value, value, d.measure, pairName+theme.Small))
}

func (d *details) versions(m present.Details) fyne.CanvasObject {
	column := kit.Column(theme.Small)
	for _, v := range m.Versions {
		column.Add(d.version(v))
	}
	if m.Foot != "" {
		column.Add(kit.NewText(m.Foot, kit.Caption))
	}
	return d.scrolled(column)
}

func (d *details) version(v present.VersionRow) fyne.CanvasObject {
	words := kit.Column(0, kit.NewText(v.When, kit.Body), kit.NewText(v.Text, kit.Caption))
	act := func(icon theme.IconName, hint, refused string, do present.VersionDo, can bool) fyne.CanvasObject {
		b := d.env.Kit.IconButton(icon, cmp.Or(refused, hint), func() { d.env.Intents.Version(v.Ref, do) })
		b.SetEnabled(refused == "")
		kit.SetVisible(b, can)
		return b
	}
	return kit.Stretch(
		0, 0, words,
		act("download", "Download this version…", "", present.DownloadVersion, v.CanDownload),
		act("history", "Make it the one you see", v.NoRestore, present.RestoreVersion, v.CanRestore),
		act("trash", "Delete this version…", v.NoDelete, present.DeleteVersion, true),
	)
}

// scrolled lets a column scroll, and sets running text to its width.
func (d *details) scrolled(column fyne.CanvasObject) fyne.CanvasObject {
	inner := kit.Inset(column, theme.Grid, theme.Large, theme.Large, theme.Large)
	return container.New(&sided{d.measure}, kit.Scrolling(container.NewVScroll(inner)))
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
	objects[0].Resize(fyne.NewSize(pairName, objects[0].MinSize().Height))
	objects[1].Resize(fyne.NewSize(s.Width-pairName-theme.Small, s.Height))
	objects[1].Move(fyne.NewPos(pairName+theme.Small, 0))
}

// leftEdge puts one object at the left edge.
type leftEdge struct{}

// MinSize implements fyne.Layout.
func (*leftEdge) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (*leftEdge) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Resize(fyne.NewSize(kit.DividerWidth, s.Height))
}

// pull makes the pane wider by dx to the left.
func (d *details) pull(dx float32) {
	d.setWidth(d.object.Size().Width - dx)
}

func (d *details) setWidth(width float32) {
	d.width = width
	d.moved()
	d.env.Intents.KeepDetailsWidth(d.width)
}

// withSide puts a pane at the right of the listing, or in its place where there is no room for both.
type withSide struct{ details *details }

// The widths of the pane, and the width from which it stands beside the listing.
const (
	sideLeast   = 72 * theme.Grid
	sideMost    = 110 * theme.Grid
	roomForSide = 600
	// listLeast is what a wide pane leaves of the listing.
	listLeast = 70 * theme.Grid
)

// widthIn returns the width of the pane in a room: what it was pulled to, as far as there is room for that.
func (d *details) widthIn(room float32) float32 {
	if d.width == 0 {
		return max(sideLeast, min(sideMost, float32(int(room*0.42))))
	}
	d.width = max(sideLeast, min(room-listLeast, d.width))
	return float32(int(max(sideLeast, d.width)))
}

// MinSize implements fyne.Layout.
func (*withSide) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout implements fyne.Layout.
func (w *withSide) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	list, side := objects[0], objects[1]
	width := float32(0)
	narrow := s.Width < roomForSide
	kit.SetVisible(side, w.details.open && !(narrow && w.details.vacant))
	if side.Visible() {
		width = w.details.widthIn(s.Width)
		if narrow {
			width = s.Width - 2*theme.Small
		}
		side.Resize(fyne.NewSize(width, s.Height))
		side.Move(fyne.NewPos(s.Width-width-theme.Small, 0))
		width += theme.Small
	}
	kit.SetVisible(list, width < s.Width-theme.Huge)
	list.Resize(fyne.NewSize(s.Width-width, s.Height))
	list.Move(fyne.Position{})
}
