package connections_test

import (
	"testing"

	"daypass/ui/connections"
)

func TestPresentWelcome_texts(t *testing.T) {
	if m := connections.PresentWelcome(false, false, false); m.Cancel || m.Sandbox {
		t.Errorf("first start shows %+v", m)
	}
	if m := connections.PresentWelcome(true, true, true); !m.Cancel || !m.Sandbox || m.Title != "Add connection" {
		t.Errorf("adding another shows %+v", m)
	}
}
