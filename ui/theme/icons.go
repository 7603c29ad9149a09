package theme

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"sync"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"

	"daypass/assets/icons"
)

// IconName names one of our icons.
type IconName string

// drawing is what one picture of an icon is made from.
type drawing struct {
	name  IconName
	color color.NRGBA
	size  image.Point
	line  float64
}

var drawn sync.Map // drawing -> image.Image

// DrawIcon draws an icon in a color, in so many points of the screen. A line is as wide as its file says where line is 1,
// and else as many times that. It panics where there is no such icon, which a test rules out.
//
// The toolkit draws icons too, but no line wider than its file says, however many points there are: on a screen of
// twice the points, or beside larger text, the lines would be thin.
func DrawIcon(name IconName, c color.Color, size image.Point, line float64) image.Image {
	d := drawing{name, color.NRGBAModel.Convert(c).(color.NRGBA), size, line}
	if p, ok := drawn.Load(d); ok {
		return p.(image.Image)
	}
	p := d.draw()
	drawn.Store(d, p)
	return p
}

func (d drawing) draw() image.Image {
	svg, err := icons.Files.ReadFile(string(d.name) + ".svg")
	if err != nil {
		panic(err)
	}
	hex := fmt.Sprintf("#%02x%02x%02x", d.color.R, d.color.G, d.color.B)
	icon, err := oksvg.ReadIconStream(bytes.NewReader(bytes.ReplaceAll(svg, []byte("#000000"), []byte(hex))))
	if err != nil {
		panic(err)
	}
	for i := range icon.SVGPaths {
		icon.SVGPaths[i].LineWidth *= d.line
	}
	icon.SetTarget(0, 0, float64(d.size.X), float64(d.size.Y))
	p := image.NewRGBA(image.Rectangle{Max: d.size})
	icon.Draw(rasterx.NewDasher(d.size.X, d.size.Y, rasterx.NewScannerGV(d.size.X, d.size.Y, p, p.Bounds())), 1)
	out := image.NewNRGBA(p.Bounds()) // which the toolkit shows as it is
	draw.Draw(out, p.Bounds(), p, image.Point{}, draw.Src)
	return out
}
