package transfersview

import (
	"testing"

	"daypass/ui/theme"
	"daypass/ui/transfers"
)

// Buttons of rows that do different things have different icons.
func TestIconsOfRows_areDistinct(t *testing.T) {
	meaning := map[theme.IconName]transfers.Command{}
	for do, icon := range actionIcons {
		if other, taken := meaning[icon]; taken {
			t.Errorf("%s stands for %s and %s", icon, do, other)
		}
		meaning[icon] = do
	}
}
