package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"daypass/ui/theme"
)

// Inset puts room around content: top, right, bottom, left.
func Inset(o fyne.CanvasObject, top, right, bottom, left float32) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), o)
}

// Column stacks with the given gap; hidden ones take no room.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// Line puts objects side by side, each at its least width, centred in height.
func Line(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&line{gap: gap, stretch: -1}, objects...)
}

// Stretch is Line in which the object at index takes the room that is left.
func Stretch(gap float32, index int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&line{gap: gap, stretch: index}, objects...)
}

type line struct {
	gap     float32
	stretch int
}

func (l *line) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	first := true
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if !first {
			size.Width += l.gap
		}
		first = false
		least := o.MinSize()
		size.Width += least.Width
		size.Height = max(size.Height, least.Height)
	}
	return size
}

func (l *line) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	free := s.Width - l.MinSize(objects).Width
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if i == l.stretch {
			least.Width = max(0, least.Width+free)
		}
		o.Resize(least)
		o.Move(fyne.NewPos(x, float32(int((s.Height-least.Height)/2+0.5))))
		x += least.Width + l.gap
	}
}

// Sized returns content with a fixed width, a fixed height or both; zero leaves a side as it is.
func Sized(o fyne.CanvasObject, width, height float32) *fyne.Container {
	return container.New(&sized{width, height}, o)
}

type sized struct{ width, height float32 }

func (z *sized) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize()
	if z.width > 0 {
		least.Width = z.width
	}
	if z.height > 0 {
		least.Height = z.height
	}
	return least
}

func (z *sized) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Resize(s)
	objects[0].Move(fyne.Position{})
}

// Framed puts content between what stands above and below it; either may be nil. Unlike the toolkit's
// own border it keeps the order of reading, which is the order in which the keyboard goes.
func Framed(top, content, bottom fyne.CanvasObject) *fyne.Container {
	var objects []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{top, content, bottom} {
		if o != nil {
			objects = append(objects, o)
		}
	}
	return container.New(layout.NewBorderLayout(top, bottom, nil, nil), objects...)
}

// Beside puts two objects side by side, in line at the top, the first of a fixed width.
func Beside(width, gap float32, first, second fyne.CanvasObject) *fyne.Container {
	return container.New(&beside{width: width, gap: gap}, first, second)
}

type beside struct{ width, gap float32 }

// MinSize implements fyne.Layout.
func (b *beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	first, second := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(b.width+b.gap+second.Width, max(first.Height, second.Height))
}

// Layout implements fyne.Layout.
func (b *beside) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Resize(fyne.NewSize(b.width, objects[0].MinSize().Height))
	objects[1].Resize(fyne.NewSize(max(0, s.Width-b.width-b.gap), s.Height))
	objects[1].Move(fyne.NewPos(b.width+b.gap, 0))
}

// Wrapped puts objects side by side, and continues below where the measure has no room; hidden ones take none.
func Wrapped(m *Measure, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrapped{measure: m, gap: theme.Small}, objects...)
}

type wrapped struct {
	measure *Measure
	gap     float32
}

// MinSize implements fyne.Layout.
func (w *wrapped) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, w.each(objects, w.measure.Width(), func(fyne.CanvasObject, fyne.Position) {}))
}

// Layout implements fyne.Layout.
func (w *wrapped) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	w.each(objects, s.Width, func(o fyne.CanvasObject, at fyne.Position) {
		o.Resize(o.MinSize())
		o.Move(at)
	})
}

// each calls put with the position of each object, and returns the height of all.
func (w *wrapped) each(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position)) float32 {
	var x, y, height float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if x > 0 && x+least.Width > width {
			x, y = 0, y+height+w.gap
		}
		put(o, fyne.NewPos(x, y))
		x, height = x+least.Width+w.gap, least.Height
	}
	return y + height
}

// Center puts o at x, in the middle of a height.
func Center(o fyne.CanvasObject, x float32, size fyne.Size, height float32) {
	o.Resize(size)
	o.Move(fyne.NewPos(float32(int(x)), float32(int((height-size.Height)/2+0.5))))
}
