package theme

import (
	"bytes"
	"fmt"
	"image/color"
	"sync"

	"fyne.io/fyne/v2"

	"daypass/assets/icons"
)

// IconName names one of our icons.
type IconName string

var drawn sync.Map // "name#rrggbb" -> fyne.Resource

// Icon returns an icon in a color. It panics where there is no such icon, which a test rules out.
func Icon(name IconName, c color.Color) fyne.Resource {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	hex := fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
	key := string(name) + hex
	if r, ok := drawn.Load(key); ok {
		return r.(fyne.Resource)
	}
	svg, err := icons.Files.ReadFile(string(name) + ".svg")
	if err != nil {
		panic(err)
	}
	r := fyne.NewStaticResource(key+".svg", bytes.ReplaceAll(svg, []byte("#000000"), []byte(hex)))
	drawn.Store(key, r)
	return r
}
