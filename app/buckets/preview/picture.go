package preview

import (
	"bytes"
	"image"
	"image/color"
	_ "image/gif"  // the formats that are
	_ "image/jpeg" // recognized by their
	_ "image/png"  // first bytes
	"slices"
	"strings"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

const (
	// maxPixels is the largest picture that is unpacked, and maxMemory what that may take in bytes: a
	// small file can hold a huge one.
	maxPixels = 40_000_000
	maxMemory = 384 << 20
	// maxSide is how large a picture is kept.
	maxSide = 1024
)

// pictureMagic are the first bytes of the formats that are shown; a question mark is any byte.
var pictureMagic = []string{"\x89PNG\r\n\x1a\n", "\xff\xd8", "GIF87a", "GIF89a", "RIFF????WEBPVP8"}

// looksLikePicture reports whether head begins as a picture does.
func looksLikePicture(head []byte) bool {
	return slices.ContainsFunc(pictureMagic, func(magic string) bool {
		for i := range len(magic) {
			if i >= len(head) || magic[i] != '?' && magic[i] != head[i] {
				return false
			}
		}
		return true
	})
}

// measure reads the size and the format of a picture; an empty format is no picture.
func measure(data []byte) (config image.Config, format string) {
	defer func() {
		if recover() != nil { // a decoder that was not ready for this
			config, format = image.Config{}, ""
		}
	}()
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return image.Config{}, ""
	}
	return config, format
}

// unpack decodes a picture and makes it small; nil where that does not work.
func unpack(data []byte) (small image.Image) {
	defer func() {
		if recover() != nil {
			small = nil
		}
	}()
	full, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	return shrink(full)
}

// picture shows a picture that is here as a whole; of one that moves, its first frame.
func (p *Preview) picture(data []byte) bool {
	config, format := measure(data)
	if format == "" {
		return false
	}
	p.Kind, p.Width, p.Height, p.Format = Picture, config.Width, config.Height, strings.ToUpper(format)
	if p.Whole && config.Width <= maxPixels/config.Height && int64(config.Width*config.Height)*perPixel(config, data) <= maxMemory {
		p.Picture = unpack(data)
	}
	if p.Picture == nil {
		p.Kind, p.Text, p.Whole = Hex, hexHead(data), false
	}
	return true
}

// perPixel is how many bytes unpacking takes for a pixel, at most. A JPEG that comes into focus step by
// step keeps four bytes of each channel until its end.
func perPixel(config image.Config, data []byte) int64 {
	stepwise := isStepwise(data)
	switch config.ColorModel {
	case color.CMYKModel:
		if stepwise {
			return 24
		}
		return 8
	case color.NRGBA64Model, color.RGBA64Model:
		return 8
	}
	if stepwise {
		return 16
	}
	return 4
}

// isStepwise reports whether data is a progressive JPEG (ITU-T T.81): the marker of its frame is SOF2.
func isStepwise(data []byte) bool {
	if !bytes.HasPrefix(data, []byte{0xff, 0xd8}) {
		return false
	}
	for at := 2; at+4 <= len(data); {
		switch marker := data[at+1]; {
		case data[at] != 0xff:
			return true // not as it should be: the worst is assumed
		case marker == 0xff:
			at++
		case marker == 0xc2:
			return true
		case marker >= 0xc0 && marker <= 0xc1, marker == 0xda:
			return false
		default:
			at += 2 + int(data[at+2])<<8 + int(data[at+3])
		}
	}
	return true
}

// shrink makes a picture fit for the screen, and lets go of the large one.
func shrink(full image.Image) *image.NRGBA {
	b := full.Bounds()
	w, h := fit(float64(b.Dx()), float64(b.Dy()), maxSide)
	if b.Dx() <= maxSide && b.Dy() <= maxSide {
		w, h = b.Dx(), b.Dy()
	}
	small := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), full, b, draw.Src, nil)
	return small
}

// fit is the size of w times h so that the longer side is side.
func fit(w, h float64, side int) (int, int) {
	scale := float64(side) / max(w, h)
	return max(1, int(w*scale+0.5)), max(1, int(h*scale+0.5))
}
