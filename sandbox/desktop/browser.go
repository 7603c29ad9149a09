package desktop

import (
	"context"
	"errors"
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

// noPasswordBubble are the settings of a browser that does not ask whether to save a password.
const noPasswordBubble = `{"credentials_enable_service": false, "profile": {"password_manager_enabled": false}}`

// Browser is a page of the browser that a program on the desk has opened.
type Browser struct {
	desk   *Desk
	ctx    context.Context
	cancel context.CancelFunc
}

// Browser waits for the browser and attaches to its page whose address contains part.
func (d *Desk) Browser(ctx context.Context, part string) (*Browser, error) {
	var b *Browser
	err := Until(ctx, "a page at "+part, func() bool {
		address, err := d.debugger()
		if err == nil {
			b, err = d.attach(ctx, address, part)
		}
		return err == nil
	})
	return b, err
}

// debugger is the address of the browser's debugging interface, from the file it leaves in its profile.
func (d *Desk) debugger() (string, error) {
	data, err := os.ReadFile(d.portFile())
	if err != nil {
		return "", err
	}
	port, path, found := strings.Cut(strings.TrimSpace(string(data)), "\n")
	if !found {
		return "", errors.New("the browser is just starting")
	}
	return "ws://127.0.0.1:" + port + path, nil
}

func (d *Desk) portFile() string { return d.Path("chromium", "DevToolsActivePort") }

func (d *Desk) attach(ctx context.Context, address, part string) (*Browser, error) {
	allocator, cancelAllocator := chromedp.NewRemoteAllocator(ctx, address, chromedp.NoModifyURL)
	root, cancelRoot := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	cancel := func() { cancelRoot(); cancelAllocator() }
	id, err := findPage(root, part)
	if err != nil {
		cancel()
		return nil, err
	}
	page, cancelPage := chromedp.NewContext(root, chromedp.WithTargetID(id))
	b := &Browser{desk: d, ctx: page, cancel: func() { cancelPage(); cancel() }}
	if err := chromedp.Run(page); err != nil { // attaches; what is attached under a deadline ends with it
		b.cancel()
		return nil, err
	}
	return b, nil
}

func findPage(ctx context.Context, part string) (target.ID, error) {
	targets, err := chromedp.Targets(ctx)
	if err != nil {
		return "", err
	}
	for _, t := range targets {
		if t.Type == "page" && strings.Contains(t.URL, part) {
			return t.TargetID, nil
		}
	}
	return "", errors.New("no such page")
}

// SignIn fills in the provider's form as a user does and waits for the page it ends on.
func (b *Browser) SignIn(email, password string) error {
	if err := b.FillIn(email, password); err != nil {
		return err
	}
	return b.Submit()
}

// FillIn writes the name and the password into the form, once the page that holds it stands: the
// provider leads there by redirects, and keys that are typed get lost on a busy machine.
func (b *Browser) FillIn(email, password string) error {
	return Until(b.ctx, "the login's form", func() bool {
		return b.is(fmt.Sprintf(`(() => {
			const name = document.querySelector("#login"), word = document.querySelector("#password");
			if (document.readyState !== "complete" || !name || !word) return false;
			name.value = %q; word.value = %q;
			return true;
		})()`, email, password))
	})
}

// Submit sends the form and waits until the browser has left the provider.
func (b *Browser) Submit() error {
	sent := false
	return Until(b.ctx, "the page after signing in", func() bool {
		sent = sent || b.is(`(document.querySelector("#submit-login").click(), true)`)
		address, err := b.Address()
		return err == nil && !strings.Contains(address, "/dex/")
	})
}

// is reports whether an expression is true on the page.
func (b *Browser) is(expression string) bool {
	var yes bool
	return b.do(chromedp.Evaluate(expression, &yes)) == nil && yes
}

// Address is the page's address.
func (b *Browser) Address() (string, error) {
	var address string
	err := b.do(chromedp.Location(&address))
	return address, err
}

// Text is the text of the page once it stands. It is read by one expression: a node that is looked
// up first and read afterwards is gone where the page gives way to the next one in between.
func (b *Browser) Text() (string, error) {
	var text string
	err := Until(b.ctx, "the page's text", func() bool {
		return b.do(chromedp.Evaluate(`document.readyState === "complete" ? document.body.innerText : ""`, &text)) == nil && text != ""
	})
	return text, err
}

// FrontBrowser brings the browser before the program's window.
func (d *Desk) FrontBrowser(ctx context.Context) error {
	_, err := d.Run(ctx, "xdotool", "search", "--onlyvisible", "--class", "chromium", "windowactivate", "--sync")
	return err
}

// Close closes the page, and with it the browser where it is the last one.
func (b *Browser) Close() {
	b.cancel()
	b.desk.awaitBrowsers(syscall.Signal(0))
	_ = os.Remove(b.desk.portFile()) // the next browser writes its own
}

func (b *Browser) do(actions ...chromedp.Action) error {
	ctx, cancel := context.WithTimeout(b.ctx, Timeout)
	defer cancel()
	return chromedp.Run(ctx, actions...)
}

// awaitBrowsers sends a signal to the browsers that the desk's xdg-open started, and waits a while
// until they have ended: they write into their profile until then.
func (d *Desk) awaitBrowsers(signal syscall.Signal) {
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
		_ = syscall.Kill(pid, signal)
		for time.Now().Before(deadline) && syscall.Kill(pid, 0) == nil {
			time.Sleep(20 * time.Millisecond)
		}
	}
}
