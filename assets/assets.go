// Package assets embeds the program's mark; the folders below it hold the icons, the typeface and the
// page that the browser ends on.
package assets

import _ "embed"

// Icon is the program's mark as a PNG of 512 by 512.
//
//go:embed icon.png
var Icon []byte
