package realwindow

import (
	"fmt"
	"image"
	"testing"

	"golang.org/x/text/language"

	"daypass/app/messages"
)

// The words and their size change in the open window. All of it is drawn for them at once: what looks otherwise once it is
// drawn again was left over from before.
func TestWords_changeInOpenWindow(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	s.away()
	for _, w := range []words{{"de", 0}, {"ja", 80}, {"de", 150}} {
		s.show(w)
		s.sharp(w.String(), s.ground())
	}
}

// The same under Wayland, where text is drawn for the scale of the screen.
func TestWords_changeUnderWayland(t *testing.T) {
	s, _ := onWayland(t, 2)
	for _, w := range []words{{"ja", 0}, {"de", 150}} {
		s.show(w)
		s.sharp(w.String(), corner)
	}
}

// The same on other screens, with text of the ordinary and of the largest size. The pictures are there to be looked at.
func TestWords_screens(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	for _, w := range []words{{"de", 200}, {"ja", 100}} {
		s.show(w)
		for _, screen := range []string{"settings", "use"} {
			s.must(s.window.Click(s.ctx, screen))
			s.away()
			s.sharp(screen+" "+w.String(), s.ground())
			s.must(s.window.Key(s.ctx, "Escape"))
			s.see("README.md")
		}
	}
}

// The lines of icons are wider where the screen has more points, as text is.
func TestIcons_scale(t *testing.T) {
	s, w := onWayland(t, 1)
	drawn := func(scale float64) int {
		p := s.still(fmt.Sprint(scale))
		at := s.control("refresh")
		return ink(p, image.Rect(int(at.X*scale), int(at.Y*scale), int((at.X+at.W)*scale), int((at.Y+at.H)*scale)))
	}
	small := drawn(1)
	w.setScale(2)
	s.sharp("scaled", corner)
	if share := float64(drawn(2)) / float64(small); share < 3 {
		t.Errorf("an icon has %.1f times as many points at twice the scale", share)
	}
}

func (w words) String() string { return fmt.Sprintf("%s-%d", w.language, w.textSize) }

// show changes the words and waits until the window has them.
func (s *scene) show(w words) {
	s.t.Helper()
	s.setWords(w)
	s.see(messages.In(language.Make(w.language)).Text("window.settings"))
}

// ground is a part of the window that has nothing but its color.
func (s *x11) ground() image.Rectangle {
	s.t.Helper()
	return corner.Add(s.corner())
}
