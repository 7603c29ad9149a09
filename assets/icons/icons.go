// Package icons embeds the icon set: one shape a file on a grid of 20, drawn in #000000, which
// the window and the tray replace by the color of the surroundings.
package icons

import "embed"

// Files holds one SVG an icon, named after it.
//
//go:embed *.svg
var Files embed.FS
