package connectionsview

import (
	"daypass/app"
	"daypass/ui/kit"
)

// SignInQuestion asks what only the user knows in the middle of a sign-in.
type SignInQuestion struct {
	kit      *kit.Kit
	answer   func(session string, question uint64, yes bool)
	open     *kit.Sheet
	session  string
	id       uint64
	answered bool // the last one, here
}

// NewSignInQuestion returns what asks nothing until Render; answer answers a question.
func NewSignInQuestion(k *kit.Kit, answer func(session string, question uint64, yes bool)) *SignInQuestion {
	return &SignInQuestion{kit: k, answer: answer}
}

// Render shows the question of a session, unless something else is being asked, and closes one that is answered
// elsewhere. A nil q is no question.
func (s *SignInQuestion) Render(session string, q *app.SignInQuestion) {
	same := q != nil && session == s.session && q.ID == s.id
	if s.open != nil && !same {
		s.close()
	}
	if q != nil && s.open == nil && !(same && s.answered) && s.kit.Canvas().Overlays().Top() == nil {
		s.ask(session, *q)
	}
}

func (s *SignInQuestion) close() {
	sheet := s.open
	s.open = nil
	sheet.Leave()
}

func (s *SignInQuestion) ask(session string, q app.SignInQuestion) {
	s.session, s.id, s.answered = session, q.ID, false
	words := q.Current()
	sheet := s.kit.NewSheet(words.Title)
	answer := func(yes bool) {
		if s.open == sheet {
			s.answered = true
			s.close()
			s.answer(session, q.ID, yes)
		}
	}
	sheet.OnLeave = func() { answer(false) }
	sheet.AddText(words.Detail, kit.Secondary)
	no := s.kit.Button(kit.ConfirmID("no"), words.No, "", kit.Plain, func() { answer(false) })
	yes := s.kit.Button(kit.ConfirmID("yes"), words.Yes, "", kit.Danger, func() { answer(true) })
	s.open = sheet
	sheet.Show(no, no, yes)
}
