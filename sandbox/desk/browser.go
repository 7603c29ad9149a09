package desk

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// browserScript is the desk's xdg-open: it opens a real Chromium, which can be looked into. The
// same profile again means a new tab in the browser that is already there, as on any desk.
func (d *Desk) browserScript() string {
	flags := []string{
		"--no-first-run", "--no-default-browser-check", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--disable-quic", "--disable-gpu", "--password-store=basic", "--disable-features=Translate",
		"--disable-save-password-bubble", "--window-position=470,60", "--window-size=900,720",
		"--remote-debugging-port=0", "--user-data-dir=" + d.Path("chromium"),
	}
	if os.Getuid() == 0 {
		flags = append(flags, "--no-sandbox", "--test-type")
	}
	return fmt.Sprintf("#!/bin/sh\n# the desk's browser\nchromium %s \"$1\" >>%s 2>&1 &\necho $! >>%s\n",
		strings.Join(flags, " "), d.Path("chromium.log"), d.Path("chromium.pids"))
}

// Browser is the browser that a program on the desk has opened.
type Browser struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// Browser waits for the browser and attaches to its page whose address contains part.
func (d *Desk) Browser(ctx context.Context, part string) (*Browser, error) {
	address, err := d.debugger(ctx)
	if err != nil {
		return nil, err
	}
	allocator, cancelAllocator := chromedp.NewRemoteAllocator(ctx, address, chromedp.NoModifyURL)
	root, cancelRoot := chromedp.NewContext(allocator)
	cancel := func() { cancelRoot(); cancelAllocator() }
	id, err := findPage(root, part)
	if err != nil {
		cancel()
		return nil, err
	}
	page, cancelPage := chromedp.NewContext(root, chromedp.WithTargetID(id))
	b := &Browser{ctx: page, cancel: func() { cancelPage(); cancel() }}
	if err := chromedp.Run(page); err != nil { // attaches; what is attached under a deadline ends with it
		b.Close()
		return nil, err
	}
	return b, nil
}

// debugger is the address of the browser's debugging interface, from the file it leaves in its profile.
func (d *Desk) debugger(ctx context.Context) (string, error) {
	var address string
	err := Until(ctx, "the browser", func() bool {
		data, err := os.ReadFile(d.Path("chromium", "DevToolsActivePort"))
		port, path, found := strings.Cut(strings.TrimSpace(string(data)), "\n")
		address = "ws://127.0.0.1:" + port + path
		return err == nil && found
	})
	return address, err
}

func findPage(ctx context.Context, part string) (target.ID, error) {
	var id target.ID
	err := Until(ctx, "a page at "+part, func() bool {
		targets, err := chromedp.Targets(ctx)
		if err != nil {
			return false
		}
		for _, t := range targets {
			if t.Type == "page" && strings.Contains(t.URL, part) {
				id = t.TargetID
			}
		}
		return id != ""
	})
	return id, err
}

// SignIn fills in the provider's form as a person does and waits for the page it ends on.
func (b *Browser) SignIn(email, password string) error {
	if err := b.FillIn(email, password); err != nil {
		return err
	}
	return b.Submit()
}

// FillIn types the name and the password.
func (b *Browser) FillIn(email, password string) error {
	return b.do(
		chromedp.WaitVisible("#login", chromedp.ByID),
		chromedp.SendKeys("#login", email, chromedp.ByID),
		chromedp.SendKeys("#password", password, chromedp.ByID),
	)
}

// Submit sends the form and waits until the browser has left the provider.
func (b *Browser) Submit() error {
	if err := b.do(chromedp.Click("#submit-login", chromedp.ByID)); err != nil {
		return err
	}
	return Until(b.ctx, "the page after signing in", func() bool {
		address, err := b.Address()
		return err == nil && !strings.Contains(address, "/dex/")
	})
}

// Address is the page's address.
func (b *Browser) Address() (string, error) {
	var address string
	err := b.do(chromedp.Location(&address))
	return address, err
}

// Text is the page's text.
func (b *Browser) Text() (string, error) {
	var text string
	err := b.do(chromedp.Text("body", &text, chromedp.ByQuery))
	return text, err
}

// Close lets go of the browser, which goes on.
func (b *Browser) Close() { b.cancel() }

func (b *Browser) do(actions ...chromedp.Action) error {
	ctx, cancel := context.WithTimeout(b.ctx, Patience)
	defer cancel()
	return chromedp.Run(ctx, actions...)
}

// closeBrowser ends the browsers that the desk's xdg-open started, and waits until they have: they
// write into their profile while they end.
func (d *Desk) closeBrowser() {
	data, err := os.ReadFile(d.Path("chromium.pids"))
	if err != nil {
		return // none was opened
	}
	deadline := time.Now().Add(5 * time.Second)
	for line := range strings.FieldsSeq(string(data)) {
		pid, err := strconv.Atoi(line)
		if err != nil {
			continue
		}
		_ = syscall.Kill(pid, syscall.SIGTERM)
		for time.Now().Before(deadline) && syscall.Kill(pid, 0) == nil {
			time.Sleep(20 * time.Millisecond)
		}
	}
}
