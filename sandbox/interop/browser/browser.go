// Package browser drives a real Chromium through the pages of identity providers, as a user does who signs in.
package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// Page is the page of a Chromium of its own, without a screen and without cookies of earlier ones.
type Page struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// Open starts a Chromium and opens an address in it.
func Open(ctx context.Context, address string) (*Page, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath("chromium"), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-features", "Translate,HttpsUpgrades"), chromedp.Flag("ignore-certificate-errors", true))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, cancelAllocator := chromedp.NewExecAllocator(ctx, options...)
	page, cancel := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	p := &Page{page, func() { cancel(); cancelAllocator() }}
	if err := chromedp.Run(page); err != nil { // starts it; what is done under a deadline ends with it
		p.Close()
		return nil, fmt.Errorf("Chromium does not start: %w", err)
	}
	if err := p.run(chromedp.Navigate(address)); err != nil {
		p.Close()
		return nil, fmt.Errorf("%s does not open: %w", address, err)
	}
	return p, nil
}

// Close ends the Chromium and removes its profile.
func (p *Page) Close() { p.cancel() }

// Forms say how to get through the pages of one provider.
type Forms struct {
	// Name, Password and Code are what to type where a page wants them.
	Name, Password, Code string
	// Submit are the selectors of the buttons that lead on, the better ones first.
	Submit []string
}

// Advance fills in the form that the page shows and sends it; it does so once for each page, and nothing while there is
// no form.
func (p *Page) Advance(f Forms) error {
	values, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return p.run(chromedp.Evaluate("("+advance+")("+string(values)+")", nil))
}

// advance types as a user does: pages made by scripts hear of values by events only.
const advance = `(f) => {
	const page = document.documentElement;
	if (document.readyState !== "complete") return;
	const seen = (e) => e && e.getClientRects().length > 0 && !e.disabled;
	const fields = [["input[name=username],input[name=login],input[name=subject],#login,#username", f.Name],
		["input[type=password],input[name=password]", f.Password], ["input[name=user_code],#device-user-code,#code", f.Code]];
	const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
	let typed = "";
	for (const [selector, value] of fields) {
		const field = [...document.querySelectorAll(selector)].find(seen);
		if (!field || !value) continue;
		typed += selector;
		if (field.value === value) continue;
		setter.call(field, value);
		field.dispatchEvent(new Event("input", {bubbles: true}));
		field.dispatchEvent(new Event("change", {bubbles: true}));
	}
	for (const selector of f.Submit) {
		const button = [...document.querySelectorAll(selector)].find(seen);
		const step = selector + " after " + typed + " at " + location.href;
		if (!button) continue;
		if (page.dataset.sent !== step) {
			page.dataset.sent = step;
			button.click();
		}
		return;
	}
}`

// Shown is the page's address and the beginning of its text.
func (p *Page) Shown() string {
	var address, text string
	if err := p.run(chromedp.Location(&address), chromedp.Evaluate(`document.body ? document.body.innerText : ""`, &text)); err != nil {
		return err.Error()
	}
	return address + "\n" + strings.TrimSpace(text)[:min(len(strings.TrimSpace(text)), 600)]
}

func (p *Page) run(actions ...chromedp.Action) error {
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	return chromedp.Run(ctx, actions...)
}
