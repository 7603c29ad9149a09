package preview

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
)

const (
	// drawingSide is how large a drawing is made.
	drawingSide = 768
	// mostElements bounds what a drawing asks for, and mostCopied what its shapes are copied to, in bytes.
	mostElements = 50_000
	mostCopied   = 64 << 20
)

// drawingTime is how long drawing may take.
var drawingTime = 2 * time.Second

func looksLikeSVG(head []byte) bool {
	start := bytes.TrimSpace(head[:min(len(head), 4096)])
	return bytes.HasPrefix(start, []byte("<")) && bytes.Contains(start, []byte("<svg"))
}

// pen lets one drawing be made at a time.
var pen = make(chan struct{}, 1)

// drawing shows an SVG as a picture, where it is one that can be drawn; its text is shown otherwise.
func (p *Preview) drawing(data []byte) bool {
	if !p.Whole || !looksLikeSVG(data) {
		return false
	}
	safe, err := passive(data)
	if err != nil {
		return false
	}
	select {
	case pen <- struct{}{}:
	case <-time.After(drawingTime):
		return false
	}
	drawn := make(chan *Preview, 1)
	until := time.Now().Add(drawingTime)
	go func() {
		defer func() { <-pen }()
		made, _ := rasterize(safe, until)
		drawn <- made
	}()
	select {
	case made := <-drawn:
		if made == nil {
			return false
		}
		p.Kind, p.Format, p.Picture, p.Width, p.Height = Picture, "SVG", made.Picture, made.Width, made.Height
		return true
	case <-time.After(drawingTime):
		return false
	}
}

var errNoDrawing = errors.New("not a drawing that can be shown")

// scanner gives up, by a panic, when its time is over: a few bytes can ask for hours of drawing, and the
// drawing library comes by here for every line.
type scanner struct {
	rasterx.Scanner
	until time.Time
}

// Line implements rasterx.Scanner.
func (s scanner) Line(to fixed.Point26_6) {
	s.look()
	s.Scanner.Line(to)
}

// Draw implements rasterx.Scanner.
func (s scanner) Draw() {
	s.look()
	s.Scanner.Draw()
}

func (s scanner) look() {
	if time.Now().After(s.until) {
		panic("it takes too long")
	}
}

func rasterize(data []byte, until time.Time) (made *Preview, err error) {
	defer func() {
		if r := recover(); r != nil { // the drawing library trusts its input
			made, err = nil, fmt.Errorf("%w: %v", errNoDrawing, r)
		}
	}()
	icon, err := oksvg.ReadIconStream(bytes.NewReader(data), oksvg.IgnoreErrorMode)
	if err != nil {
		return nil, err
	}
	w, h := icon.ViewBox.W, icon.ViewBox.H
	if !(w > 0 && h > 0) || math.IsInf(w, 0) || math.IsInf(h, 0) || len(icon.SVGPaths) == 0 {
		return nil, errNoDrawing
	}
	across, down := fit(w, h, drawingSide)
	icon.SetTarget(0, 0, float64(across), float64(down))
	canvas := image.NewRGBA(image.Rect(0, 0, across, down))
	lines := scanner{rasterx.NewScannerGV(across, down, canvas, canvas.Bounds()), until}
	icon.Draw(rasterx.NewDasher(across, down, lines), 1)
	return &Preview{Picture: canvas, Width: int(min(w, 1e6)), Height: int(min(h, 1e6))}, nil
}

// shapes are the elements that are drawn; all others are left out with what is in them.
var shapes = []string{
	"svg", "g", "rect", "circle", "ellipse", "polygon", "polyline", "line", "path", "defs", "linearGradient", "radialGradient", "stop", "use", "style",
}

// dashes are left out: a tiny one takes for ever to draw. So are the comments of a style, and its
// instructions, such as to fetch another one.
var dashes = regexp.MustCompile(`(?is)stroke-dash[a-z]*\s*:[^;}]*|/\*.*?\*/|@[^;{}]*;`)

// emptyRule is one that says nothing, which the drawing library does not take.
var emptyRule = regexp.MustCompile(`[^{}]*\{[\s;]*\}`)

// passive writes an SVG anew with its shapes alone (rule 36): no script, no event, no text in another
// language, no document type, and no reference but to shapes of its own, of which none refers to another.
func passive(data []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errNoDrawing }
	var out bytes.Buffer
	f := &filter{to: xml.NewEncoder(&out)}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			err = f.to.Close()
			return out.Bytes(), err
		}
		if err == nil {
			err = f.take(token, d)
		}
		if err != nil {
			return nil, err
		}
	}
}

type filter struct {
	to             *xml.Encoder
	elements, uses int
	defs           int // how many defs are open
	defined        int // the bytes in them
	open           []string
}

func (f *filter) take(token xml.Token, d *xml.Decoder) error {
	switch t := token.(type) {
	case xml.StartElement:
		name := t.Name.Local
		if !slices.Contains(shapes, name) || name == "use" && f.defs > 0 {
			return d.Skip()
		}
		return f.begin(name, t.Attr)
	case xml.EndElement:
		return f.end(t.Name.Local)
	case xml.CharData:
		if len(f.open) > 0 && f.open[len(f.open)-1] == "style" {
			return f.to.EncodeToken(xml.CharData(emptyRule.ReplaceAll(dashes.ReplaceAll(t, nil), nil)))
		}
	case xml.Directive:
		return errNoDrawing
	}
	return nil
}

func (f *filter) begin(name string, attributes []xml.Attr) error {
	f.elements++
	if name == "use" {
		f.uses++
	}
	if name == "defs" {
		f.defs++
	}
	if f.elements > mostElements || f.uses*f.defined > mostCopied || len(f.open) > 100 {
		return errNoDrawing
	}
	f.open = append(f.open, name)
	start := xml.StartElement{Name: xml.Name{Local: name}}
	for _, a := range attributes {
		value := a.Value
		switch key := strings.ToLower(a.Name.Local); {
		case a.Name.Space == "xmlns", key == "xmlns", strings.HasPrefix(key, "on"), strings.HasPrefix(key, "stroke-dash"):
			continue
		case key == "href" && !strings.HasPrefix(value, "#"):
			continue
		case key == "style":
			value = dashes.ReplaceAllString(value, "")
		}
		if f.defs > 0 {
			f.defined += len(value)
		}
		start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: a.Name.Local}, Value: value})
	}
	return f.to.EncodeToken(start)
}

func (f *filter) end(name string) error {
	if name == "defs" {
		f.defs--
	}
	f.open = f.open[:len(f.open)-1]
	return f.to.EncodeToken(xml.EndElement{Name: xml.Name{Local: name}})
}
