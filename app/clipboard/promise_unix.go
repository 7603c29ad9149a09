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
	// offering reports whether what was offered last is still there.
	offering() bool
	// requested receives once another program has got what was offered last.
	requested() <-chan struct{}
	// letGo leaves the clipboard empty where what was offered last is still there.
	letGo() error
	// read returns the text that another program has there; empty where it has none.
	read() string
}

// offered is what a promise serves to other programs.
type offered struct {
	secret    string // what put was given
	delivered chan struct{}

	mu   sync.Mutex
	text string // the secret, or a blank
}

func newOffered() offered { return offered{delivered: make(chan struct{}, 1)} }

func (o *offered) requested() <-chan struct{} { return o.delivered }

// gave notes that a program has text, where that is still what is offered.
func (o *offered) gave(text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.text == text {
		latest(o.delivered, struct{}{})
	}
}

// blanks are offered, one after the other, until no program brings the secret back. Some do not keep an
// empty text.
var blanks = []string{"", "", " "}

// How long is waited for a program that keeps copies to ask for a blank, then for others that do, and for
// one to offer its copy.
const (
	firstTimeout = time.Second
	nextTimeout  = 100 * time.Millisecond
	maxReads     = 5
	lookPause    = 100 * time.Millisecond
)

// clear removes a secret from the clipboard, no matter who offers it by now. A program that keeps a copy of what
// was there last is left with one of a blank.
func clear(p promise, secret string) error {
	if !p.offering() && p.read() != secret {
		return nil
	}
	for _, blank := range blanks {
		if err := p.offer(blank); err != nil {
			return err
		}
		select {
		case <-p.requested():
			time.Sleep(nextTimeout)
		case <-time.After(firstTimeout):
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

// comesBack reports whether another program offers the secret again.
func comesBack(p promise, secret string) bool {
	for range maxReads {
		time.Sleep(lookPause)
		if text := p.read(); text != "" {
			return text == secret
		}
	}
	return false
}
