package notify

import (
	"context"
	"encoding/xml"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"

	"git.sr.ht/~jackmordaunt/go-toast/v2/wintoast"

	"daypass/app/messages"
)

const (
	// appID names the sender of our toasts, and appGUID who is called when one is pressed.
	appID   = "Daypass"
	appGUID = "{7A0C6B0E-6D3B-4B7C-9C3E-0D5E1B9A2F41}"
	// The arguments that a press brings back begin with the action.
	openAction   = "open:"
	signInAction = "sign-in:"
)

// toasts brings notices to Windows, which keeps them in its notification center. A toast that was
// pushed cannot be withdrawn by the library; Windows takes it away after three days.
type toasts struct{ log *slog.Logger }

var registerOnce sync.Once

func newDesktop(ctx context.Context, answers chan<- answer, log *slog.Logger) desktop {
	registerOnce.Do(func() {
		if err := wintoast.SetAppData(wintoast.AppData{AppID: appID, GUID: appGUID}); err != nil {
			log.Warn("no answers to notifications", "error", err)
		}
	})
	wintoast.SetActivationCallback(func(_, pressed string, _ []wintoast.UserData) {
		if a, ok := parseAnswer(pressed); ok {
			select {
			case answers <- a:
			case <-ctx.Done():
			}
		}
	})
	return toasts{log}
}

func parseAnswer(pressed string) (answer, bool) {
	quoted, signIn := strings.CutPrefix(pressed, signInAction)
	if !signIn {
		quoted, _ = strings.CutPrefix(pressed, openAction)
	}
	id, err := url.QueryUnescape(quoted)
	return answer{id: id, signIn: signIn}, err == nil && id != ""
}

func (t toasts) show(n notice) {
	go func() {
		if err := wintoast.Push(appID, toastXML(n)); err != nil {
			t.log.Warn("a notification is not shown", "session", n.id, "error", err)
		}
	}()
}

func (toasts) withdraw(string) {}
func (toasts) close()          {}

// toastXML is a toast in Windows' own terms. All text in it is escaped: servers have a say in it.
func toastXML(n notice) string {
	var b strings.Builder
	text := func(s string) string {
		b := new(strings.Builder)
		_ = xml.EscapeText(b, []byte(s)) // a strings.Builder takes everything
		return b.String()
	}
	id := url.QueryEscape(n.id)
	fmt.Fprintf(&b, `<toast activationType="foreground" launch="%s">`, text(openAction+id))
	fmt.Fprintf(&b, `<visual><binding template="ToastGeneric"><text>%s</text><text>%s</text></binding></visual>`, text(n.title), text(n.body))
	if n.signIn {
		fmt.Fprintf(&b, `<actions><action activationType="foreground" content="%s" arguments="%s"/></actions>`,
			text(messages.Text("common.sign-in-again")), text(signInAction+id))
	}
	b.WriteString(`</toast>`)
	return b.String()
}
