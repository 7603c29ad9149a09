// Package preferences reads what the user has asked of all programs in the settings of their desktop: larger text, more
// contrast. Fewer animations need no asking, since the window has none.
package preferences

// Preferences are what the desktop asks of all programs.
type Preferences struct {
	// TextSize is a share of the ordinary size of text; zero where the desktop says nothing of it.
	TextSize float32
	// HighContrast asks for more contrast.
	HighContrast bool
}

// The bounds of a size of text that is believed.
const (
	minTextSize = 0.5
	maxTextSize = 3
)

// textSize returns a size that a desktop has named, or zero for one that cannot be.
func textSize(share float64) float32 {
	if share >= minTextSize && share <= maxTextSize {
		return float32(share)
	}
	return 0
}
