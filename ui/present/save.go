package present

import (
	"daypass/app"
	"daypass/app/session"
)

// SaveQuestion is what is asked before a connection is saved.
type SaveQuestion struct{ Title, Text, Yes string }

// AskExposure adds the question whether a server may get a login; exposure says whose, and is empty where there is
// none.
func AskExposure(questions []SaveQuestion, exposure string) []SaveQuestion {
	if exposure == "" {
		return questions
	}
	return append(questions, SaveQuestion{Title: "Give this login to another server?", Text: exposure, Yes: "Give the login"})
}

// AskSignOut adds the question whether the session of a connection may end, where one would. changes names the
// settings that change and that a session depends on; it is empty where there are none.
func AskSignOut(questions []SaveQuestion, s app.Session, changes string) []SaveQuestion {
	if changes == "" || s.Phase == session.SignedOut || s.Phase == session.Trouble {
		return questions
	}
	text := "You have changed " + changes + ". Saving that signs you out of “" + Visible(s.Name) + "”, and other tools get no credentials until " +
		"you sign in again. Files, profiles and bookmarks stay as they are."
	return append(questions, SaveQuestion{Title: "Save and sign out?", Text: text, Yes: "Save and sign out"})
}
