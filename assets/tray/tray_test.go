package tray

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"
)

var states = []string{"ok", "busy", "warning", "neutral", "error"}

func picture(t *testing.T, state string) image.Image {
	t.Helper()
	data, err := Files.ReadFile(state + ".png")
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// luminance is that of WCAG 2.
func luminance(c color.NRGBA) float64 {
	channel := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// body is the color that most of the picture has, white and clear aside.
func body(img image.Image) color.NRGBA {
	count := map[color.NRGBA]int{}
	var most color.NRGBA
	white := color.NRGBA{255, 255, 255, 255}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			if c.A != 255 || c == white {
				continue
			}
			if count[c]++; count[c] > count[most] {
				most = c
			}
		}
	}
	return most
}

// Each icon is visible on light and on dark panels.
func TestIcons_lightAndDarkPanels(t *testing.T) {
	for _, state := range states {
		c := body(picture(t, state))
		for panel, background := range map[string]color.NRGBA{"light": {250, 250, 250, 255}, "dark": {36, 36, 36, 255}} {
			if got := contrast(c, background); got < 3 {
				t.Errorf("%s on a %s panel: contrast %.1f", state, panel, got)
			}
		}
	}
}

// Without its color each icon is still another: four pixels in a hundred at least.
func TestIcons_distinctShapes(t *testing.T) {
	shape := func(img image.Image) []bool {
		c := body(img)
		var out []bool
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				out = append(out, color.NRGBAModel.Convert(img.At(x, y)) == c)
			}
		}
		return out
	}
	for i, a := range states {
		for _, b := range states[i+1:] {
			x, y := shape(picture(t, a)), shape(picture(t, b))
			other := 0
			for j := range x {
				if x[j] != y[j] {
					other++
				}
			}
			if other < len(x)/25 {
				t.Errorf("%s and %s differ in %d of %d pixels", a, b, other, len(x))
			}
		}
	}
}
