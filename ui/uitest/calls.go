package uitest

import (
	"strings"
	"sync"
)

// calls remembers what a Core was asked, and how it is to answer.
type calls struct {
	mu      sync.Mutex
	all     []string
	fail    error
	held    string
	release chan struct{}
}

// FailWith makes every call after it fail with err.
func (c *calls) FailWith(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fail = err
}

// Calls lists what was asked so far, as "sign-in research-lake".
func (c *calls) Calls() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.all...)
}

// Hold has every call that begins with what wait, after it was noted, until release is called.
func (c *calls) Hold(what string) (release func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	held := make(chan struct{})
	c.held, c.release = what, held
	return sync.OnceFunc(func() { close(held) })
}

func (c *calls) called(what string) error {
	c.mu.Lock()
	c.all = append(c.all, what)
	release := c.release
	if !strings.HasPrefix(what, c.held) {
		release = nil
	}
	c.mu.Unlock()
	if release != nil {
		<-release
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.fail
}
