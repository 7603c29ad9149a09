//go:build unix && !darwin

package clipboard

import "os"

// open connects to the desktop. Where a Wayland compositor lets programs without a window at the
// clipboard it is Wayland's; else it is X11's, which compositors without that keep in step with theirs.
func open() (board, error) {
	err := ErrNone
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		var b board
		if b, err = openWayland(); err == nil {
			return b, nil
		}
	}
	if os.Getenv("DISPLAY") == "" {
		return nil, err
	}
	return openX11()
}

// hint is what clipboards with a history look for, and secretHint what it says of a secret: that it is
// not to be kept.
const (
	hint       = "x-kde-passwordManagerHint"
	secretHint = "secret"
)

// content is what is given of text in a type that was offered; empty where the type was not.
func content(kind, text string) []byte {
	if kind == hint {
		return []byte(secretHint)
	}
	for _, k := range kinds {
		if k == kind {
			return []byte(text)
		}
	}
	return nil
}

// kinds are the types in which a text is offered, the best first.
var kinds = []string{"text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "STRING", "TEXT"}
