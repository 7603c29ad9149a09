package toolsview

import (
	"testing"

	"daypass/ui/tools"
)

// A button after which something stops working looks unlike one that only removes a row.
func TestIconsOfRows_endLooksUnlikeRemove(t *testing.T) {
	if endIcon(tools.ClientRow{Ends: true}) == endIcon(tools.ClientRow{}) {
		t.Error("revoking and forgetting look the same")
	}
}
