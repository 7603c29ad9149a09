package ui

import (
	"daypass/ui/diagnosis"
	"daypass/ui/diagnosis/diagnosisview"
	"daypass/ui/present"
	"daypass/ui/view"
)

// diagnosisScreen is the window as the screen with the details of a connection sees it.
type diagnosisScreen struct{ u *Window }

func (s diagnosisScreen) newView() view.Screen {
	u := s.u
	v := diagnosisview.New(u.kit, u.diagnosis)
	return &screen[diagnosis.Model]{view: v, model: func() diagnosis.Model { return u.diagnosis.Model(u.shown.Selected) }}
}

// open shows the details of a connection.
func (s diagnosisScreen) open(id string) {
	s.u.diagnosis.Open(id)
	s.u.showScreenOf(id, present.ShowDetails)
}

// Render implements diagnosis.Window.
func (s diagnosisScreen) Render() { s.u.render() }

// Leave implements diagnosis.Window.
func (s diagnosisScreen) Leave() { s.u.show(present.ShowSession) }
