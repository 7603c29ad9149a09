package present

import (
	"image"
	"image/color"

	"rsc.io/qr"
)

// QRCode draws a text; false where it is too long. What a code holds at most is set by its kind.
func QRCode(text string) (picture image.Image, drawn bool) {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return nil, false
	}
	const quiet = 4 // modules of white around it that readers need
	side := code.Size + 2*quiet
	dots := image.NewGray(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			if !code.Black(x-quiet, y-quiet) {
				dots.SetGray(x, y, color.Gray{Y: 0xff})
			}
		}
	}
	return dots, true
}
