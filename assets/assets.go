// Package assets embeds the program's mark; the folders below it hold the icons, the typeface and the
// page that the browser ends on.
package assets

import _ "embed"

// Icon is the program's mark as a PNG of 128 by 128, for windows: anyone who shows it makes it smaller
// still, and has to take it in whole before the window appears.
//
//go:embed window.png
var Icon []byte
