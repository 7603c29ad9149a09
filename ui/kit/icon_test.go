package kit

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"daypass/ui/theme"
)

// A button has the icon that was set last, in the color of its label, and none beside a label that stands alone.
func TestButton_icon(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light))
	b := (&Kit{}).Button("do", "Do", "check", Primary, nil)
	test.TempWidgetRenderer(t, b)
	if p := b.picture; p.name != "check" || p.color != b.text.Color || !p.raster.Visible() {
		t.Errorf("it shows %q in %v beside a label in %v", p.name, p.color, b.text.Color)
	}
	b.SetIcon("folder")
	b.Disable()
	if p := b.picture; p.name != "folder" || p.color != b.text.Color {
		t.Errorf("disabled it shows %q in %v beside a label in %v", p.name, p.color, b.text.Color)
	}
	b.SetIcon("")
	if b.picture.raster.Visible() {
		t.Error("it shows an icon that it no longer has")
	}
}
