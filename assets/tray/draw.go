//go:build ignore

// Draw makes a PNG of each SVG in this folder: `go generate ./assets/tray`.
package main

import (
	"image"
	"image/png"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
)

// side of the pictures in pixels: trays show them at 22 or 24, and twice that on dense screens.
const side = 48

func main() {
	names, err := filepath.Glob("*.svg")
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range names {
		if err := draw(name); err != nil {
			log.Fatal(name, ": ", err)
		}
	}
}

func draw(name string) error {
	svg, err := oksvg.ReadIcon(name, oksvg.StrictErrorMode)
	if err != nil {
		return err
	}
	svg.SetTarget(0, 0, side, side)
	picture := image.NewRGBA(image.Rect(0, 0, side, side))
	svg.Draw(rasterx.NewDasher(side, side, rasterx.NewScannerGV(side, side, picture, picture.Bounds())), 1)
	out, err := os.Create(strings.TrimSuffix(name, ".svg") + ".png")
	if err != nil {
		return err
	}
	if err := png.Encode(out, picture); err != nil {
		return err
	}
	return out.Close()
}
