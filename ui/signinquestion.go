package ui

// askSignInQuestion shows the first question with which a sign-in waits, whatever is on screen.
func askSignInQuestion(u *Window) {
	for _, s := range u.input.Snapshot.Sessions {
		if s.Question != nil {
			u.signIn.Render(s.ID, s.Question)
			return
		}
	}
	u.signIn.Render("", nil)
}
