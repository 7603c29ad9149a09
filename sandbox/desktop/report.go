package desktop

import (
	"slices"
	"strconv"
	"strings"
)

// Widget is one thing that the window says it shows.
type Widget struct {
	// ID is that of a control; empty for what is only shown.
	ID               string
	Kind, Text, Name string
	X, Y, W, H       float64
	Focused          bool
	Enabled          bool
	Visible          bool
	Selected         bool
}

// Report is what the window says it shows; see DAYPASS_WINDOW_REPORT.
type Report struct {
	Title   string
	Size    [2]float64
	Scale   float64
	Widgets []Widget
}

// Find returns the first visible widget whose text or name contains what.
func (r Report) Find(what string) (Widget, bool) {
	var found Widget
	for _, candidate := range r.Widgets {
		if !candidate.Visible || candidate.W == 0 {
			continue
		}
		if candidate.Text == what || candidate.Name == what {
			return candidate, true
		}
		if found.W == 0 && (strings.Contains(candidate.Text, what) || strings.Contains(candidate.Name, what)) {
			found = candidate
		}
	}
	return found, found.W != 0
}

// Control returns the visible control with an ID; it is not found where there are several.
func (r Report) Control(id string) (found Widget, ok bool) {
	for _, w := range r.Widgets {
		if w.ID == id && w.Visible && w.W > 0 {
			if ok {
				return Widget{}, false
			}
			found, ok = w, true
		}
	}
	return found, ok
}

// Has reports whether the window shows a widget that fits.
func (r Report) Has(fits func(Widget) bool) bool {
	return slices.ContainsFunc(r.Widgets, func(w Widget) bool { return w.Visible && w.W > 0 && fits(w) })
}

// Texts lists everything the window shows, for messages.
func (r Report) Texts() string {
	var out []string
	for _, w := range r.Widgets {
		if t := strings.TrimSpace(w.Text + " " + w.Name); w.Visible && t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, " | ")
}

// finder looks for one widget in a report.
type finder struct {
	what string
	find func(Report) (Widget, bool)
}

func byText(text string) finder {
	return finder{strconv.Quote(text), func(r Report) (Widget, bool) { return r.Find(text) }}
}

func byID(id string) finder {
	return finder{"the control " + id, func(r Report) (Widget, bool) { return r.Control(id) }}
}
