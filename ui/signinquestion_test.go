package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/app/session"
	"daypass/ui/uitest"
)

func asking() app.Session {
	s := uitest.Waiting()
	s.LinkReady = false
	s.Question = &app.SignInQuestion{
		ID: 7, Code: session.QuestionHost, QuestionWords: session.QuestionWords{
			Title:  "Does login.corp.example belong to evil.example?",
			Detail: "Continue only if your administrator confirms both.", Yes: "Continue", No: "Cancel",
		},
	}
	return s
}

// A sign-in that waits for an answer is asked about by itself, and once.
func TestRule38_confirmSiteInWindow(t *testing.T) {
	b := newBench(t, one(asking()))
	b.see("Does login.corp.example belong to evil.example?")
	b.press("confirm.yes")
	b.asked("answer research-lake 7 true")
	b.gone("Does login.corp.example belong to evil.example?")
}

// Escape answers no.
func TestRule38_escapeIsNo(t *testing.T) {
	b := newBench(t, one(asking()))
	b.see("Does login.corp.example belong to evil.example?")
	b.key(fyne.KeyEscape)
	b.asked("answer research-lake 7 false")
	b.gone("Does login.corp.example belong to evil.example?")
}
