//go:build unix && !darwin

package clipboard

import (
	"sync"
	"time"
)

// promise is a clipboard on which a text lasts as long as the program that offers it. Others may keep
// copies, and offer them when that program goes.
type promise interface {
	// offer makes text what is on the clipboard.
	offer(text string) error
	// offering tells whether what was offered last is still there.
	offering() bool
	// asked has something in it once another program has been given what was offered last.
	asked() <-chan struct{}
	// letGo leaves the clipboard empty where what was offered last is still there.
	letGo() error
	// read gives the text that another program has there; empty where it gives none.
	read() string
}

// offered is what a promise gives to those who ask.
type offered struct {
	secret string // what put was given
	given  chan struct{}

	mu   sync.Mutex
	text string // the secret, or a blank
}

func newOffered() offered { return offered{given: make(chan struct{}, 1)} }

func (o *offered) asked() <-chan struct{} { return o.given }

// gave notes that a program has text, where that is still what is offered.
func (o *offered) gave(text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.text == text {
		latest(o.given, struct{}{})
	}
}

// blanks are offered, one after the other, until no program brings the secret back. Some do not keep an
// empty text.
var blanks = []string{"", "", " "}

// How long is waited for a program that keeps copies to ask for a blank, then for others that do, and for
// one to offer its copy.
const (
	firstPatience = time.Second
	restPatience  = 100 * time.Millisecond
	looks         = 5
	lookPause     = 100 * time.Millisecond
)

// takeOff takes a secret off the clipboard, no matter who offers it by now. A program that keeps a copy of what
// was there last is left with one of a blank.
func takeOff(p promise, secret string) error {
	if !p.offering() && p.read() != secret {
		return nil
	}
	for _, blank := range blanks {
		if err := p.offer(blank); err != nil {
			return err
		}
		select {
		case <-p.asked():
			time.Sleep(restPatience)
		case <-time.After(firstPatience):
		}
		if err := p.letGo(); err != nil {
			return err
		}
		if !comesBack(p, secret) {
			return nil
		}
	}
	return errBroughtBack
}

// comesBack tells whether another program offers the secret again.
func comesBack(p promise, secret string) bool {
	for range looks {
		time.Sleep(lookPause)
		if text := p.read(); text != "" {
			return text == secret
		}
	}
	return false
}
