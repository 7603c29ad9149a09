package view

import (
	"daypass/app"
	"daypass/ui/kit"
)

// signInQuestion asks what only the user knows in the middle of a sign-in.
type signInQuestion struct {
	env      Env
	open     *kit.Sheet
	session  string
	id       uint64
	answered bool // the last one, here
}

// RenderSignInQuestion shows the question of a session, unless something else is being asked, and puts
// away one that is answered elsewhere. A nil q is no question.
func (w *Window) RenderSignInQuestion(session string, q *app.SignInQuestion) {
	s := w.signIn
	same := q != nil && session == s.session && q.ID == s.id
	if s.open != nil && !same {
		s.close()
	}
	if q != nil && s.open == nil && !(same && s.answered) && w.env.Kit.Canvas().Overlays().Top() == nil {
		s.ask(session, *q)
	}
}

func (s *signInQuestion) close() {
	sheet := s.open
	s.open = nil
	sheet.Leave()
}

func (s *signInQuestion) ask(session string, q app.SignInQuestion) {
	s.session, s.id, s.answered = session, q.ID, false
	sheet := s.env.Kit.NewSheet(q.Title)
	answer := func(yes bool) {
		if s.open == sheet {
			s.answered = true
			s.close()
			s.env.Intents.AnswerSignIn(session, q.ID, yes)
		}
	}
	sheet.OnLeave = func() { answer(false) }
	sheet.AddText(q.Detail, kit.Secondary)
	no := s.env.Kit.Button(q.No, "", kit.Plain, func() { answer(false) })
	yes := s.env.Kit.Button(q.Yes, "", kit.Danger, func() { answer(true) })
	s.open = sheet
	sheet.Show(no, no, yes)
}
