package ui

import (
	"context"
	"errors"
	"net/url"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/app/connection"
	"daypass/auth/localhost"
	"daypass/ui/browse"
	"daypass/ui/browser"
	"daypass/ui/present"
	"daypass/ui/problem"
)

// intents is what the screens may call. All of it returns at once: what asks the core runs in a
// goroutine, and its result comes back through Dispatch.
type intents struct{ u *Window }

// Select implements view.Intents.
func (i *intents) Select(id string) {
	i.u.input.Selected, i.u.input.Screen, i.u.input.Failed = id, present.ShowSession, nil
	i.u.render()
}

// Show implements view.Intents.
func (i *intents) Show(screen present.Screen) {
	i.u.input.Screen = screen
	i.u.render()
}

// Dismiss implements view.Intents.
func (i *intents) Dismiss() {
	i.u.input.Failed = nil
	i.u.render()
}

// Copy implements view.Intents.
func (i *intents) Copy(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }

// Browser implements view.Intents.
func (i *intents) Browser() *browse.Browser {
	if s := i.u.browsers[i.u.shown.Session.ID]; s != nil {
		return s.Browser
	}
	return nil
}

// Do implements view.Intents.
func (i *intents) Do(id string, do present.Do) {
	switch do {
	case present.DoSignIn:
		i.u.awaited[id] = false
		i.u.agent.Call(func(ctx context.Context, core app.Core) error { return core.SignIn(ctx, id) })
	case present.DoCancel:
		delete(i.u.awaited, id)
		i.u.agent.Call(func(ctx context.Context, core app.Core) error { return core.CancelSignIn(ctx, id) })
	case present.DoRenew:
		i.u.agent.Call(func(ctx context.Context, core app.Core) error { return core.RenewNow(ctx, id) })
	case present.DoSignOut:
		i.u.agent.Call(func(ctx context.Context, core app.Core) error { return core.SignOut(ctx, id) })
	case present.DoRemove:
		i.u.agent.Call(func(ctx context.Context, core app.Core) error { return core.RemoveConnection(ctx, id) })
	case present.DoCopyLink:
		i.u.agent.Call(func(ctx context.Context, core app.Core) error {
			link, err := core.SignInLink(ctx, id)
			if err != nil {
				return err
			}
			return i.u.clipboard.Hold(ctx, core, link, signInLifetime)
		})
	case present.DoOpenLink:
		i.u.agent.Call(func(ctx context.Context, core app.Core) error {
			link, err := core.SignInLink(ctx, id)
			if err == nil {
				err = i.u.openLink(link)
			}
			return err
		})
	case present.DoAddScope:
		i.u.addScope(id)
	case present.DoEdit:
		i.u.edit(id)
	case present.DoDetails:
		i.u.openDiagnosis(id)
	case present.DoUse:
		i.u.openTools(id)
	default:
		i.local(id, do)
	}
}

// local does what needs no core.
func (i *intents) local(id string, do present.Do) {
	if do == present.DoRetry && id == "" {
		i.u.agent.Retry()
		return
	}
	b := i.Browser()
	if b == nil {
		return
	}
	switch do {
	case present.DoRetry:
		b.Retry()
	case present.DoStop:
		b.Stop()
	case present.DoGoUp:
		b.Up()
	case present.DoOpenName:
		i.u.view.FocusPath()
	case present.DoShowDeleted:
		i.u.act(browser.CommandDeleted)
	}
}

// signInLifetime is how long the link of a sign-in is of use: the time that a sign-in waits for the browser (rule 13).
const signInLifetime = 5 * time.Minute

var errBadLink = errors.New("the link is not one that may be opened")

// openLink opens the sign-in page again: https only, or this computer itself. It may take as long as the system
// needs to say that it has no browser, so it does not run on the UI thread.
func (u *Window) openLink(link string) error {
	address, err := url.Parse(link)
	if err != nil || address.Scheme != "https" && !(address.Scheme == "http" && localhost.Is(address.Hostname())) {
		return errBadLink
	}
	if u.OpenURL(address) != nil {
		return problem.ErrNoBrowser
	}
	return nil
}

// edit opens the form with a connection's definition.
func (u *Window) edit(id string) {
	u.agent.Call(func(ctx context.Context, core app.Core) error {
		def, err := core.Connection(ctx, id)
		if err == nil {
			u.Dispatch(func() { u.showForm(present.EditConnection(def)) })
		}
		return err
	})
}

func (u *Window) showForm(form present.Form) {
	u.input.Screen = present.ShowForm
	u.view.Form().Fill(form)
	u.render()
	u.view.Form().Focus()
}

// Add implements view.Intents.
func (i *intents) Add() { i.u.showForm(present.NewConnection()) }

// Sandbox implements view.Intents.
func (i *intents) Sandbox() { i.u.importFile(i.u.SandboxFile) }

// Check implements view.Intents.
func (i *intents) Check(def connection.Definition) map[string]string {
	faults := map[string]string{}
	for _, f := range def.Faults() {
		faults[f.Field] = f.Reason
	}
	return faults
}

// formFault shows an error about one field beside it, and returns any other.
func (u *Window) formFault(err error) error {
	if fault, ok := errors.AsType[*connection.FieldError](err); ok {
		u.Dispatch(func() { u.view.Form().Fault(fault.Field, fault.Reason) })
		return nil
	}
	return err
}
