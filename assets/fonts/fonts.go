// Package fonts embeds the typeface of the window. See OFL.txt for its origin and licence.
package fonts

import _ "embed"

// Regular is the face of running text. Its digits have equal widths.
//
//go:embed DaypassSans-Regular.otf
var Regular []byte

// SemiBold is the face of titles and of what stands out.
//
//go:embed DaypassSans-SemiBold.otf
var SemiBold []byte
