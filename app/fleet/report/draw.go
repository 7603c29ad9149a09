package main

import (
	"bytes"
	"fmt"

	"daypass/app/fleet"
)

// Sizes in pixels, and the part of the day that is drawn, in minutes.
const (
	width, height  = 720, 170 // of a chart
	left, top      = 60, 40
	from, to       = 8 * 60, 19 * 60
	perTick        = 60 // minutes between the labels of the lower axis
	ticks          = 5  // parts of the left axis
	perPoint       = 2  // minutes that one point of a line stands for
	secondsOfPoint = perPoint * 60
)

// chart is one day.
type chart struct {
	title string
	day   *fleet.Day
	// most is the load at the upper edge, in requests a second.
	most int
}

// line is the load of one service.
type line struct {
	of           fleet.Service
	label, color string
	// dashes keep lines apart that lie on one another.
	dashes string
}

var lines = []line{
	{fleet.Provider, "identity provider", "#0b62a8", "none"},
	{fleet.STS, "STS of the storage server", "#c2500a", "4 3"},
}

// draw returns the days as an SVG picture.
func draw(days fleet.Days) []byte {
	charts := []chart{
		{"An ordinary day", days.Quiet, 10},
		{"The identity provider is out of order from 10:00 to 11:00", days.Outages[fleet.Provider], 60},
		{"The storage server is out of order from 10:00 to 11:00", days.Outages[fleet.STS], 60},
	}
	var b bytes.Buffer
	total := len(charts)*(height+top+30) + 40
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" fill="#222">`+"\n", left+width+20, total)
	fmt.Fprintln(&b, `<rect width="100%" height="100%" fill="#fff"/>`)
	for i, c := range charts {
		fmt.Fprintf(&b, `<g transform="translate(%d %d)">`+"\n", left, i*(height+top+30)+top)
		c.draw(&b)
		fmt.Fprintln(&b, "</g>")
	}
	legend(&b, total-20)
	fmt.Fprintln(&b, "</svg>")
	return b.Bytes()
}

func (c chart) draw(b *bytes.Buffer) {
	fmt.Fprintf(b, `<text y="-12" font-size="14">%s</text>`+"\n", c.title)
	for i := range ticks + 1 {
		load := c.most * i / ticks
		y := height - height*i/ticks
		fmt.Fprintf(b, `<path d="M0 %d h%d" stroke="#ddd"/><text x="-8" y="%d" text-anchor="end">%d/s</text>`+"\n", y, width, y+4, load)
	}
	for minute := from; minute <= to; minute += perTick {
		fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">%d:%02d</text>`+"\n", x(minute), height+18, minute/60, minute%60)
	}
	for _, l := range lines {
		fmt.Fprintf(b, `<polyline fill="none" stroke="%s" stroke-width="1.5" stroke-dasharray="%s" points="`, l.color, l.dashes)
		for minute := from; minute < to; minute += perPoint {
			fmt.Fprintf(b, "%d,%.1f ", x(minute), c.y(l.of, minute))
		}
		fmt.Fprintln(b, `"/>`)
	}
}

func x(minute int) int { return (minute - from) * width / (to - from) }

// y returns where a line is at a minute.
func (c chart) y(of fleet.Service, minute int) float64 {
	requests := 0
	for _, n := range c.day.Requests[of][minute : minute+perPoint] {
		requests += n
	}
	return height - height*float64(requests)/secondsOfPoint/float64(c.most)
}

func legend(b *bytes.Buffer, y int) {
	for i, l := range lines {
		at := left + i*260
		fmt.Fprintf(b, `<path d="M%d %d h30" stroke="%s" stroke-width="2" stroke-dasharray="%s"/><text x="%d" y="%d">Requests at the %s</text>`+"\n",
			at, y-4, l.color, l.dashes, at+38, y, l.label)
	}
}
