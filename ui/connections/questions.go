package connections

import (
	"daypass/app"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/ui/present"
)

// Question is what is asked before a connection is saved. Its ID names what is done then.
type Question struct{ ID, Title, Text, Yes string }

// askExposure adds the question whether a server may get a login; exposure says whose, and is empty where there is
// none.
func askExposure(questions []Question, exposure string) []Question {
	if exposure == "" {
		return questions
	}
	return append(questions, Question{ID: "give-login", Title: messages.Text("connections.exposure.title"), Text: exposure, Yes: messages.Text("connections.exposure.yes")})
}

// askSignOut adds the question whether the session of a connection may end, where one would. changes names the
// settings that change and that a session depends on; it is empty where there are none.
func askSignOut(questions []Question, s app.Session, changes string) []Question {
	if changes == "" || s.Phase == session.SignedOut || s.Phase == session.SignInFailed {
		return questions
	}
	return append(questions, Question{
		ID: "save-and-sign-out", Title: messages.Text("connections.sign-out.title"), Yes: messages.Text("connections.sign-out.yes"),
		Text: messages.Text("connections.sign-out.text", messages.Args{"Changes": changes, "Connection": present.Visible(s.Name)}),
	})
}
