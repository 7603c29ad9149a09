package settings_test

import (
	"testing"

	appsettings "daypass/app/settings"
	"daypass/ui/settings"
	"daypass/ui/uitest"
)

// Every setting of the file is on screen, can be changed there, and changes nothing else.
func TestPresent_showsEverySetting(t *testing.T) {
	m := settings.Present(uitest.Snapshot(uitest.SignedOut()), "")
	seen := 0
	for _, g := range m.Groups {
		for _, one := range g.Settings {
			seen++
			changed := settings.Changed(appsettings.Default(), one.Key, !one.On, "")
			for _, c := range one.Choices {
				changed = settings.Changed(appsettings.Default(), one.Key, false, c.Value)
				if err := changed.Validate(); err != nil {
					t.Errorf("%s: the choice %q is refused: %v", one.Key, c.Value, err)
				}
			}
			if len(one.Choices) == 0 && changed == appsettings.Default() {
				t.Errorf("%s changes nothing", one.Key)
			}
		}
	}
	if seen != 14 {
		t.Errorf("%d settings on screen", seen)
	}
}
