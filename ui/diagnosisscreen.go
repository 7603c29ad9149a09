package ui

import (
	"daypass/ui/diagnosis"
	"daypass/ui/diagnosis/diagnosisview"
	"daypass/ui/present"
	"daypass/ui/view"
)

// diagnosisScreen is the window as the screen with the details of a connection sees it.
type diagnosisScreen struct{ u *Window }

func (u *Window) newDiagnosisScreen() view.Screen {
	v := diagnosisview.New(u.kit, u.diagnosis)
	return &screen[diagnosis.Model]{view: v, model: func() diagnosis.Model { return u.diagnosis.Model(u.shown.Selected) }}
}

// openDiagnosis shows the details of a connection.
func (u *Window) openDiagnosis(id string) {
	u.input.Selected, u.input.Screen, u.input.Failed = id, present.ShowDetails, nil
	u.diagnosis.Open(id)
	u.render()
}

// Render implements diagnosis.Window.
func (s diagnosisScreen) Render() { s.u.render() }

// Leave implements diagnosis.Window.
func (s diagnosisScreen) Leave() { s.u.router.Show(present.ShowSession) }
