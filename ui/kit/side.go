package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/messages"
	"daypass/ui/theme"
)

// Side is a pane at the right of some content, or in its place where there is no room for both. Its left edge can be
// pulled.
type Side struct {
	// OnWidth is called with the width that the user gave to the pane; zero for what fits.
	OnWidth func(width float32)

	pane *fyne.Container
	both *fyne.Container
	// open is whether it was asked for; where it would cover the content, vacant it is not shown.
	open, vacant bool
	width        float32
}

// NewSide returns a pane that is not open.
func NewSide(pane fyne.CanvasObject) *Side {
	s := &Side{}
	divider := NewDivider(messages.Text("window.resize-pane"), s.pull, func() { s.setWidth(0) })
	s.pane = container.NewStack(NewBox(theme.ColorSidebar, theme.Small), pane, container.New(&leftEdge{}, divider))
	s.pane.Hide()
	return s
}

// Beside returns the content with the pane beside it. There is one content.
func (s *Side) Beside(content fyne.CanvasObject) fyne.CanvasObject {
	s.both = container.New(&withSide{s}, content, s.pane)
	return s.both
}

// Refresh is for when the content of the pane has changed.
func (s *Side) Refresh() { s.pane.Refresh() }

// SetWidth sets the width; zero for what fits.
func (s *Side) SetWidth(width float32) { s.width = width }

// Show opens the pane, or closes it. A vacant one does not cover the content.
func (s *Side) Show(open, vacant bool) {
	if s.open != open || s.vacant != vacant {
		s.open, s.vacant = open, vacant
		s.layout()
	}
}

func (s *Side) layout() {
	if s.both != nil {
		s.both.Refresh()
	}
}

// pull makes the pane wider by dx to the left.
func (s *Side) pull(dx float32) { s.setWidth(s.pane.Size().Width - dx) }

func (s *Side) setWidth(width float32) {
	s.width = width
	s.layout()
	s.OnWidth(s.width)
}

// The widths of the pane, and the width from which it stands beside the content.
const (
	minSide     = 72 * theme.Grid
	maxSide     = 110 * theme.Grid
	roomForSide = 600
	// minBeside is what a wide pane leaves of the content.
	minBeside = 70 * theme.Grid
)

// widthIn returns the width of the pane in a room: what it was pulled to, as far as there is room for that.
func (s *Side) widthIn(room float32) float32 {
	if s.width == 0 {
		return max(minSide, min(maxSide, float32(int(room*0.42))))
	}
	s.width = max(minSide, min(room-minBeside, s.width))
	return float32(int(max(minSide, s.width)))
}

// withSide lays out a pane at the right of the content.
type withSide struct{ side *Side }

// MinSize implements fyne.Layout.
func (*withSide) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout implements fyne.Layout.
func (w *withSide) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	content, pane := objects[0], objects[1]
	width := float32(0)
	narrow := s.Width < theme.ForText(roomForSide)
	SetVisible(pane, w.side.open && !(narrow && w.side.vacant))
	if pane.Visible() {
		width = w.side.widthIn(s.Width)
		if narrow {
			width = s.Width - 2*theme.Small
		}
		pane.Resize(fyne.NewSize(width, s.Height))
		pane.Move(fyne.NewPos(s.Width-width-theme.Small, 0))
		width += theme.Small
	}
	SetVisible(content, width < s.Width-theme.Huge)
	content.Resize(fyne.NewSize(s.Width-width, s.Height))
	content.Move(fyne.Position{})
}

// leftEdge puts one object at the left edge.
type leftEdge struct{}

// MinSize implements fyne.Layout.
func (*leftEdge) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (*leftEdge) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Resize(fyne.NewSize(DividerWidth, s.Height))
}
