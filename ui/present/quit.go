package present

import (
	"slices"
	"time"

	"daypass/app"
	"daypass/app/messages"
)

// PresentQuit is the question before Daypass is quit; without a title nothing is asked.
func PresentQuit(list app.TransferList) Farewell {
	moving := list.Moving()
	if moving == 0 {
		return Farewell{}
	}
	return Farewell{
		Title: messages.Plural("window.quit.transfers", moving), Text: messages.Text("window.quit.transfers.text"), Yes: messages.Text("window.quit.yes"),
	}
}

// PresentQuitByKey is PresentQuit after a key, which may have been pressed by mistake: it asks also where somebody is
// signed in.
func PresentQuitByKey(list app.TransferList, sessions []app.Session, now time.Time) Farewell {
	confirm := PresentQuit(list)
	if confirm.Title == "" && slices.ContainsFunc(sessions, func(s app.Session) bool { return s.HasCredentials(now) }) {
		return Farewell{Title: messages.Text("window.quit.title"), Text: messages.Text("window.quit.text"), Yes: messages.Text("window.quit.yes")}
	}
	return confirm
}

// Farewell is what is said when the window is closed for the first time.
type Farewell struct{ Title, Text, Yes string }

// PresentFarewell returns what to say when the window is closed; an empty Title means nothing.
func PresentFarewell(in Input) Farewell {
	s := in.Snapshot
	live := slices.ContainsFunc(s.Sessions, func(one app.Session) bool { return one.HasCredentials(in.Now) })
	if !in.Agent.Ready || s.Settings.ClosingExplained || !live {
		return Farewell{}
	}
	f := Farewell{Title: messages.Text("window.close.title"), Text: messages.Text("window.close.text"), Yes: messages.Text("window.close.yes")}
	if s.TrayShown {
		f.Text = messages.Text("window.close.text-tray")
	}
	return f
}
