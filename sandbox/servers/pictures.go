package servers

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math"
)

// pictures draws the images of the bucket Pictures.
func pictures() []object {
	return []object{
		{"harbour-morning.jpg", "image/jpeg", encode(jpegImage, sea(960, 640, 0.55))},
		{"harbour-evening.jpg", "image/jpeg", encode(jpegImage, sea(960, 640, 0.05))},
		{"charts/wind-rose.png", "image/png", encode(png.Encode, rose(480))},
		{"charts/thumbnails/wind-rose.png", "image/png", encode(png.Encode, rose(64))},
		{"charts/pixel.gif", "image/gif", encode(gifImage, rose(1))},
		{"broken.png", "image/png", "This is no PNG, whatever its name says.\n"},
		{"logo.svg", "image/svg+xml", logo},
	}
}

// logo has a script in it, which no preview may run.
const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><script>alert(1)</script>` +
	`<circle cx="32" cy="32" r="28" fill="#2b6cb0"/></svg>
`

func encode(write func(w io.Writer, m image.Image) error, m image.Image) string {
	var b bytes.Buffer
	if err := write(&b, m); err != nil {
		panic(err) // a buffer takes everything, and the images have a size
	}
	return b.String()
}

func jpegImage(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) }

func gifImage(w io.Writer, m image.Image) error { return gif.Encode(w, m, nil) }

// sea is a sky over water; sun is how high the sun stands, from 0 to 1.
func sea(width, height int, sun float64) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	horizon := float64(height) * 0.62
	sunX, sunY := float64(width)*0.68, horizon*(1-sun)
	for y := range height {
		for x := range width {
			m.SetRGBA(x, y, seaColor(float64(x), float64(y), horizon, sunX, sunY, sun))
		}
	}
	return m
}

func seaColor(x, y, horizon, sunX, sunY, sun float64) color.RGBA {
	depth := y / horizon
	shine := 0.0
	if y > horizon { // the water is a darker sky upside down, with waves
		below := y - horizon
		depth = (horizon - below*1.4) / horizon * 0.9
		shine = 0.35 * math.Exp(-math.Pow((x-sunX)/(20+below), 2)) * (0.6 + 0.4*math.Sin(below*below/90+x/40))
		depth += 0.02 * math.Sin(below*0.9+x/60)
	}
	glow := math.Exp(-math.Hypot(x-sunX, y-sunY) / 120)
	if y <= horizon && math.Hypot(x-sunX, y-sunY) < 34 {
		glow = 1
	}
	warm := (1 - sun) * depth
	return color.RGBA{
		level(0.25 + 0.35*depth + 0.45*warm + 0.6*glow + shine),
		level(0.42 + 0.32*depth - 0.12*warm + 0.45*glow + shine*0.9),
		level(0.68 + 0.15*depth - 0.35*warm + 0.15*glow + shine*0.6), 255,
	}
}

func level(v float64) uint8 { return uint8(255 * min(1, max(0, v))) }

// rose is a wind rose of the given size.
func rose(size int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, size, size))
	center := float64(size) / 2
	for y := range size {
		for x := range size {
			dx, dy := float64(x)+0.5-center, float64(y)+0.5-center
			m.SetRGBA(x, y, roseColor(math.Hypot(dx, dy)/center, math.Atan2(dy, dx)))
		}
	}
	return m
}

func roseColor(radius, angle float64) color.RGBA {
	sector := math.Floor((angle/(2*math.Pi) + 0.5) * 16)
	reach := 0.35 + 0.55*math.Abs(math.Sin(sector*1.7+0.4))
	switch {
	case radius < reach && radius < reach*0.5:
		return color.RGBA{43, 108, 176, 255}
	case radius < reach:
		return color.RGBA{99, 179, 237, 255}
	case radius < 0.97 && math.Mod(radius, 0.25) < 0.01:
		return color.RGBA{203, 213, 224, 255}
	default:
		return color.RGBA{255, 255, 255, 255}
	}
}
