package present

import (
	"slices"
	"time"

	"daypass/app"
)

// PresentQuit is the question before Daypass is quit; without a title nothing is asked.
func PresentQuit(list app.TransferList) Farewell {
	moving := list.Moving()
	if moving == 0 {
		return Farewell{}
	}
	title := "Quit while a transfer is running?"
	if moving > 1 {
		title = "Quit while " + Grouped(moving) + " transfers are running?"
	}
	return Farewell{
		Title: title, Yes: "Quit",
		Text: "They stop now and continue when Daypass starts again. To keep them going, close the window instead.",
	}
}

// PresentQuitByKey is PresentQuit after a key, which may have been pressed by mistake: it asks also where somebody is
// signed in.
func PresentQuitByKey(list app.TransferList, sessions []app.Session, now time.Time) Farewell {
	asked := PresentQuit(list)
	if asked.Title == "" && slices.ContainsFunc(sessions, func(s app.Session) bool { return s.HasCredentials(now) }) {
		return Farewell{
			Title: "Quit Daypass?", Yes: "Quit",
			Text: "Nothing is renewed, and other programs get no credentials, until Daypass starts again. To keep it running, close the window instead.",
		}
	}
	return asked
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
	f := Farewell{
		Title: "Daypass goes on without its window", Yes: "Close window",
		Text: "You stay signed in, and your keys renew themselves. To come back, open Daypass again; “daypass quit” in a terminal ends it.",
	}
	if s.TrayShown {
		f.Text = "You stay signed in, and your keys renew themselves. You find Daypass in the tray."
	}
	return f
}
