package diagnosis_test

import (
	"testing"

	"daypass/app/doctor"
	"daypass/ui/diagnosis"
	"daypass/ui/uitest"
)

// What was found of one connection is never shown as another's.
func TestPresent_reportsBelongToTheirConnection(t *testing.T) {
	report := doctor.Report{Connection: "Archive"}
	m := diagnosis.Present(uitest.SignedOut(), diagnosis.Found{ID: "archive", Report: &report})
	if !m.Busy || m.Report != "" || len(m.Tables) != 0 {
		t.Errorf("shows %+v", m)
	}
}
