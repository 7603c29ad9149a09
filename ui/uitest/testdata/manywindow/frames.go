package main

import (
	"errors"
	"image/color"
	"math/rand/v2"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"daypass/ui"
	"daypass/ui/browser/listing"
	"daypass/ui/kit"
)

const (
	pageRounds  = 9
	frameRounds = 300
	// turn is how far one frame scrolls: three clicks of a wheel in a sixtieth of a second.
	turn      = 75
	rowHeight = 32
	// rest is left to the server, which goes on for a while with a listing that nobody wants any more.
	rest = 2 * time.Second
	// timeout is how long anything may take.
	timeout = 5 * time.Minute
)

// stage is the window with something in it that tells when a frame begins.
type stage struct {
	window *ui.Window
	canvas fyne.Canvas
	list   *kit.List
	probe  *probe
}

// probe is asked first for its size when a frame begins.
type probe struct {
	canvas.Rectangle
	began func()
}

// MinSize implements fyne.CanvasObject.
func (p *probe) MinSize() fyne.Size {
	if began := p.began; began != nil {
		p.began = nil
		began()
	}
	return fyne.Size{}
}

func measure(w *ui.Window, bucket string, objects int) (found results, err error) {
	s := &stage{window: w, canvas: w.Window().Canvas(), probe: &probe{Rectangle: *canvas.NewRectangle(color.Transparent)}}
	fyne.DoAndWait(func() { w.Window().SetContent(container.NewStack(s.probe, w.Window().Content())) })
	if err := s.await(func() bool { return s.findList() && s.list.Count() == objects }); err != nil {
		return found, err
	}
	found.Wheel, found.Jumps = s.scroll()
	for round := range 2 * pageRounds {
		if err := s.leave(); err != nil {
			return found, err
		}
		time.Sleep(rest)
		first, into := s.firstPage, &found.Shown
		if round%4 == 0 || round%4 == 3 { // neither is always the one that comes after the other
			first, into = func() (float64, error) { return bare(bucket) }, &found.Bare
		}
		took, err := first()
		if err != nil {
			return found, err
		}
		*into = append(*into, took)
	}
	return found, nil
}

// await looks at the window twenty times a second.
func (s *stage) await(done func() bool) error {
	for began := time.Now(); time.Since(began) < timeout; time.Sleep(50 * time.Millisecond) {
		ok := false
		fyne.DoAndWait(func() { ok = done() })
		if ok {
			return nil
		}
	}
	return errors.New("the window never shows all objects")
}

func (s *stage) findList() bool {
	s.list = listIn(s.window.Window().Content())
	return s.list != nil
}

// listIn finds the list of the place shown: the one in sight that loads more when its end is seen.
func listIn(o fyne.CanvasObject) *kit.List {
	if !o.Visible() {
		return nil
	}
	if l, ok := o.(*kit.List); ok && l.OnSeen != nil {
		return l
	}
	for _, child := range kit.Inside(o) {
		if l := listIn(child); l != nil {
			return l
		}
	}
	return nil
}

// leave goes up to the list of buckets, which ends the loading.
func (s *stage) leave() error {
	fyne.DoAndWait(func() { s.tap("up") })
	return s.await(func() bool { return s.list.Count() > 0 && s.list.Count() < listing.PageSize })
}

func (s *stage) tap(id string) {
	if button, ok := s.window.Find(id).(fyne.Tappable); ok {
		test.Tap(button)
	}
}

// firstPage goes back to the place and gives the time until its first entries are painted.
func (s *stage) firstPage() (float64, error) {
	var start time.Time
	painted := make(chan time.Time, 1)
	fyne.DoAndWait(func() {
		start = time.Now()
		s.tap("back")
		s.whenPainted(painted)
	})
	select {
	case at := <-painted:
		return milliseconds(at.Sub(start)), nil
	case <-time.After(timeout):
		return 0, errors.New("the first page does not come")
	}
}

// whenPainted tells when a frame has been painted in which the list has entries.
func (s *stage) whenPainted(painted chan<- time.Time) {
	s.probe.began = func() {
		if s.list.Count() == 0 {
			s.whenPainted(painted)
			return
		}
		go fyne.Do(func() { painted <- time.Now() }) // which is run when the frame is done
	}
}

// scroll returns the times that frames take while a wheel is turned, and while the bar is pulled about.
func (s *stage) scroll() (wheel, jumps []float64) {
	size := s.canvas.Size()
	middle := fyne.NewPos(size.Width/2, size.Height/2)
	for range frameRounds {
		wheel = append(wheel, s.frame(func() { test.Scroll(s.canvas, middle, 0, -turn) }))
	}
	at, end := float64(frameRounds*turn), float64(s.list.Count()*rowHeight)-float64(size.Height)
	for range frameRounds {
		to := rand.Float64() * end
		jumps = append(jumps, s.frame(func() { test.Scroll(s.canvas, middle, 0, float32(at-to)) }))
		at = to
	}
	return wheel, jumps
}

// frame does something and gives the time that takes and that the frame takes which shows it: from
// its beginning until it is on the screen, without the wait for its turn.
func (s *stage) frame(do func()) float64 {
	var handled time.Duration
	var began time.Time
	done := make(chan time.Duration)
	fyne.Do(func() {
		start := time.Now()
		do()
		handled = time.Since(start)
		s.probe.began = func() {
			began = time.Now()
			go fyne.Do(func() { took := handled + time.Since(began); go func() { done <- took }() })
		}
	})
	return milliseconds(<-done)
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
