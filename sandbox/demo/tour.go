package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// tour is a walk through Daypass with a picture of every stop.
type tour struct {
	*desktop.Desk
	ctx    context.Context
	window *desktop.Window
	out    string
	stop   int
}

func takeTour(ctx context.Context, sandbox *servers.Sandbox, bin, out string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, 8*time.Minute)
	defer cancel()
	fmt.Println("There is no display here: taking the tour on a virtual one.")
	d, err := desktop.New(ctx, bin)
	if err != nil {
		return err
	}
	defer d.Close()
	t := &tour{Desk: d, ctx: ctx, out: out}
	ended := filepath.Join(out, "where-it-ended.png")
	_ = os.Remove(ended) // an earlier tour's
	defer func() {
		if err != nil {
			_ = t.Picture(context.WithoutCancel(ctx), ended)
		}
	}()
	for _, file := range []string{sandbox.ClaimConnection, sandbox.RoleConnection} {
		if err := d.AddConnection(file); err != nil {
			return err
		}
	}
	for _, walk := range []func() error{t.open, t.signIn, t.look, t.renewal, t.denial, t.farewell} {
		if err := walk(); err != nil {
			return err
		}
	}
	fmt.Println("The tour is done. Its pictures are in", out)
	return nil
}

// picture keeps what the display shows, after a moment for the last change to be drawn.
func (t *tour) picture(name, words string) error {
	time.Sleep(700 * time.Millisecond)
	t.stop++
	fmt.Printf("  %d. %s\n", t.stop, words)
	return t.Picture(t.ctx, filepath.Join(t.out, fmt.Sprintf("%02d-%s.png", t.stop, name)))
}

func (t *tour) see(what ...string) error {
	for _, w := range what {
		if _, err := t.window.See(t.ctx, w); err != nil {
			return err
		}
	}
	return nil
}

func (t *tour) open() (err error) {
	if t.window, err = t.StartWindow(t.ctx, t.Bin); err != nil {
		return err
	}
	if err := t.see("Sandbox lake", "Sign in"); err != nil {
		return err
	}
	return t.picture("start", "Daypass with the sandbox's connections, signed out")
}

func (t *tour) signIn() error {
	if err := t.window.Click(t.ctx, "sign-in"); err != nil {
		return err
	}
	if err := t.see("Waiting for your browser"); err != nil {
		return err
	}
	browser, err := t.Browser(t.ctx, "/dex/")
	if err != nil {
		return err
	}
	defer browser.Close()
	if err := browser.FillIn(servers.Ada.Email, servers.Ada.Password); err != nil {
		return err
	}
	if err := t.picture("browser", "The browser at the login, opened by Daypass"); err != nil {
		return err
	}
	if err := browser.Submit(); err != nil {
		return err
	}
	if err := t.see(servers.Ada.Email); err != nil { // the window comes to the front with that
		return err
	}
	if err := t.FrontBrowser(t.ctx); err != nil {
		return err
	}
	return t.picture("browser-done", "The page that the browser ends on")
}

func (t *tour) look() error {
	if err := t.see(servers.Ada.Email, "measurements"); err != nil {
		return err
	}
	if err := t.window.Front(t.ctx); err != nil {
		return err
	}
	if err := t.picture("buckets", "Signed in: who, for how long, and the buckets"); err != nil {
		return err
	}
	if err := t.window.DoubleClickText(t.ctx, "measurements"); err != nil {
		return err
	}
	if err := t.see("README.md"); err != nil {
		return err
	}
	return t.picture("folder", "A bucket's content")
}

// renewal waits for one that Daypass makes by itself; the sandbox's tokens live two minutes.
func (t *tour) renewal() error {
	fmt.Println("     waiting for a renewal, about a minute")
	var last desktop.Session
	for last.Renewals == 0 {
		now, err := t.Status(t.ctx, "sandbox")
		if err != nil {
			return err
		}
		last = now
		select {
		case <-t.ctx.Done():
			return t.ctx.Err()
		case <-time.After(time.Second):
		}
	}
	if err := t.see("Renewed once"); err != nil {
		return err
	}
	return t.picture("renewed", "Renewed by itself: the countdown starts again")
}

// error signs in as somebody whom the storage server does not let in.
func (t *tour) denial() error {
	if err := t.window.Click(t.ctx, "sign-out"); err != nil {
		return err
	}
	if err := t.window.Click(t.ctx, "sign-in"); err != nil {
		return err
	}
	browser, err := t.Browser(t.ctx, "/dex/")
	if err != nil {
		return err
	}
	defer browser.Close()
	if err := browser.SignIn(servers.NoPolicy.Email, servers.NoPolicy.Password); err != nil {
		return err
	}
	if err := t.see("Try again"); err != nil {
		return err
	}
	if err := t.window.Front(t.ctx); err != nil {
		return err
	}
	return t.picture("refused", "A user without permissions, and why")
}

func (t *tour) farewell() error { return t.window.Close(t.ctx) }
