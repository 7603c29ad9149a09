package browser

import (
	"daypass/app/buckets"
	"daypass/app/status"
	"daypass/ui/present"
)

// SearchState is what is known of a search below a location.
type SearchState struct {
	Scan[buckets.Entry]
	Text string
	// Begun is true once something was searched for.
	Begun bool
	// Near is where the search is.
	Near string
}

// Search is a search on screen.
type Search struct {
	ResultsModel
	// Hint says what can be typed, Text what was.
	Hint, Text string
}

// NewSearch makes the head and foot of a search.
func NewSearch(s SearchState) Search {
	m := Search{Hint: "Search below " + s.At.URL(), Text: s.Text, ResultsModel: ResultsModel{Running: s.Running}}
	if !s.Begun {
		m.Message = present.Message{
			Severity: status.Neutral, Title: "Search below this folder",
			Text: "A part of a name finds all that have it. With * and ? it is a pattern, like *.csv; with a slash the whole path counts, and ** goes across folders, like 2026/**/*.csv.",
		}
		return m
	}
	found, seen := present.Counted(len(s.Found), "match", "matches"), present.Counted(s.Seen, "file", "files")
	var done bool
	m.Status, m.Message, done = s.outcome(found, seen)
	switch {
	case done && s.Running:
		if s.Near != "" {
			m.Status += ", now in " + present.Visible(s.Near)
		}
		m.Status = present.WaitingFor(m.Status, s.Server, s.Wait)
	case done:
	case s.Limited:
		m.Status = "The first " + found + ". Search for something more exact to find the rest."
	default:
		m.Status = found + " in " + seen
	}
	if m.Message.Title == "" && len(s.Found) == 0 && !s.Running {
		m.Message = present.Message{Severity: status.Neutral, Title: "Nothing found", Text: "No name below " + s.At.URL() + " matches “" + s.Text + "”."}
		if s.Stopped {
			m.Message = present.Message{Severity: status.Neutral, Title: "The search was stopped", Text: "Nothing that matches “" + s.Text + "” was found by then."}
		}
	}
	return m
}
