package browserview

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"daypass/app/messages"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// pathBar shows the way to the location, and takes a typed one.
type pathBar struct {
	kit    *kit.Kit
	to     Navigation
	leave  func()
	object fyne.CanvasObject
	deck   *kit.Deck
	crumbs *fyne.Container
	show   fyne.CanvasObject
	entry  *kit.Entry
	drawn  browser.Folder
}

func newPathBar(k *kit.Kit, to Navigation, leave func()) *pathBar {
	p := &pathBar{kit: k, to: to, leave: leave, crumbs: container.New(&crumbLayout{})}
	edit := k.IconButton("edit-path", "edit", present.Hint(messages.Text("browser.path.edit"), "Ctrl+L"), p.edit)
	row := kit.Stretch(0, 0, p.crumbs, edit)
	p.show = container.NewStack(kit.NewBox(fynetheme.ColorNameInputBackground, theme.Radius), kit.Inset(row, 0, 0, 0, theme.Grid))
	p.deck = kit.NewDeck()
	p.deck.Show(p.show)
	p.object = kit.Sized(p.deck.Object(), 0, kit.ButtonHeight()) // which a field alone would be a little more than
	return p
}

func (p *pathBar) render(m browser.Folder) {
	if slices.Equal(m.Crumbs, p.drawn.Crumbs) {
		p.drawn = m
		return
	}
	p.drawn = m
	p.crumbs.Objects = p.crumbs.Objects[:0]
	for i, c := range m.Crumbs {
		if i == len(m.Crumbs)-1 {
			p.crumbs.Objects = append(p.crumbs.Objects, kit.Inset(kit.NewText(c.Label, kit.Strong.InMiddle()), 0, 0, 0, theme.Grid))
			continue
		}
		p.crumbs.Objects = append(p.crumbs.Objects, p.kit.Button(kit.RowID("crumb", c.To.URL()), c.Label, "", kit.Link, func() { p.to.Go(c.To) }), kit.NewIcon("chevron", theme.ColorSecondary, 16))
	}
	p.crumbs.Refresh()
}

// edit turns the way into an entry.
func (p *pathBar) edit() {
	if p.entry == nil {
		p.entry = kit.NewEntry("path", messages.Text("browser.path"), "s3://bucket/folder/")
		p.entry.OnEscape = p.done
		p.entry.OnSubmitted = p.submit
		p.entry.OnLeave = p.close
		p.entry.OnChanged = func(string) { p.kit.Hush() }
	}
	path := p.drawn.Path
	if len(p.drawn.Crumbs) == 1 {
		path = "" // the list of buckets; the entry shows what a path looks like
	}
	p.entry.Put(path)
	p.deck.Show(p.entry)
	p.kit.Focus(p.entry)
	p.entry.TypedShortcut(&fyne.ShortcutSelectAll{}) // what is typed or pasted takes its place
}

func (p *pathBar) submit(text string) {
	if invalid := p.to.OpenPath(text); invalid != "" {
		p.kit.Say(p.entry, invalid)
		return
	}
	p.done()
}

func (p *pathBar) done() {
	p.close()
	p.leave()
}

func (p *pathBar) close() {
	p.kit.Hush()
	p.deck.Show(p.show)
}

// crumbLayout puts the steps side by side; where they do not fit, those after the first go.
type crumbLayout struct{}

// MinSize implements fyne.Layout.
func (*crumbLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, kit.ButtonHeight())
}

// lastCrumb is the room that the location itself keeps.
const lastCrumb = float32(25 * theme.Grid)

// Layout implements fyne.Layout.
func (*crumbLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	n := len(objects)
	if n == 0 {
		return
	}
	total := theme.ForText(lastCrumb)
	for _, o := range objects[:n-1] {
		o.Show()
		total += o.MinSize().Width
	}
	for i := 0; i+1 < n-1 && total > s.Width; i += 2 {
		objects[i].Hide()
		objects[i+1].Hide()
		total -= objects[i].MinSize().Width + objects[i+1].MinSize().Width
	}
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if i == n-1 {
			least.Width = max(0, s.Width-x)
		}
		o.Resize(least)
		o.Move(fyne.NewPos(x, (s.Height-least.Height)/2))
		x += least.Width
	}
}
