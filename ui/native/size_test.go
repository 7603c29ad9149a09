//go:build cgo

package native_test

import (
	"image"
	"testing"

	"daypass/ui/native"
)

// A window that was left on a large screen opens on a small one with all of its edges in sight.
func TestFit_screens(t *testing.T) {
	frame, laptop, tall, wide := image.Pt(2, 32), image.Pt(1366, 738), image.Pt(1080, 1880), image.Pt(2560, 1400)
	for _, tt := range []struct {
		name       string
		size, want image.Point
		screens    []image.Point
	}{
		{"as it is", image.Pt(1100, 700), image.Pt(1100, 700), []image.Point{laptop}},
		{"too large", image.Pt(2000, 1300), image.Pt(1364, 706), []image.Point{laptop}},
		{"too wide", image.Pt(2000, 600), image.Pt(1364, 600), []image.Point{laptop}},
		{"two screens", image.Pt(2000, 1300), image.Pt(2000, 1300), []image.Point{laptop, wide}},
		{"two small screens", image.Pt(2000, 1300), image.Pt(1078, 1300), []image.Point{laptop, tall}},
		{"no screen", image.Pt(2000, 1300), image.Pt(2000, 1300), nil},
		{"a screen without size", image.Pt(2000, 1300), image.Pt(2000, 1300), []image.Point{{}}},
	} {
		if got := native.Fit(tt.size, frame, tt.screens); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
