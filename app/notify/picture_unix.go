//go:build unix && !darwin

package notify

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"

	"daypass/app/status"
	"daypass/assets/tray"
)

// picture is what the specification's hint image-data takes.
type picture struct {
	Width, Height, RowStride int32
	HasAlpha                 bool
	BitsPerSample, Channels  int32
	Data                     []byte
}

// read returns the picture of a state, the same as in the tray. Icons by name are found only where Daypass
// is installed for the whole system.
func read(severity status.Severity) (picture, error) {
	data, err := tray.Files.ReadFile(string(severity) + ".png")
	if err != nil {
		return picture{}, err
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return picture{}, err
	}
	plain := image.NewNRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	draw.Draw(plain, plain.Bounds(), img, img.Bounds().Min, draw.Src)
	return picture{
		Width: int32(plain.Rect.Dx()), Height: int32(plain.Rect.Dy()), RowStride: int32(plain.Stride),
		HasAlpha: true, BitsPerSample: 8, Channels: 4, Data: plain.Pix,
	}, nil
}
