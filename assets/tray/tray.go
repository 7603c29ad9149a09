// Package tray embeds the icons of the tray: the program's mark as a ticket whose color and
// punched shape say how things stand. They are seen on light panels and on dark ones.
package tray

import "embed"

// Files holds a PNG a state, drawn from the SVG of the same name.
//
//go:generate go run draw.go
//go:embed *.png
var Files embed.FS
