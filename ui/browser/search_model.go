package browser

import (
	"daypass/app/buckets"
	"daypass/app/messages"
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
	m := Search{Hint: messages.Text("browser.search.hint", messages.Args{"Location": s.At.URL()}), Text: s.Text, ResultsModel: ResultsModel{Running: s.Running}}
	if !s.Begun {
		m.Message = present.Message{
			Severity: status.Neutral, Title: CommandSearch.Label(), Text: messages.Text("browser.search.help"),
		}
		return m
	}
	found, seen := messages.Plural("browser.search.matches", len(s.Found)), messages.Plural("browser.search.files", s.Seen)
	var done bool
	m.Status, m.Message, done = s.outcome(found, seen)
	switch {
	case done && s.Running:
		if s.Near != "" {
			m.Status = messages.Text("browser.results.running-in", messages.Args{"Found": found, "Seen": seen, "Folder": present.Visible(s.Near)})
		}
		m.Status = present.WaitingFor(m.Status, s.Server, s.Wait)
	case done:
	case s.Limited:
		m.Status = messages.Plural("browser.search.limited", len(s.Found))
	default:
		m.Status = messages.Text("browser.results.total", messages.Args{"Found": found, "Seen": seen})
	}
	if m.Message.Title == "" && len(s.Found) == 0 && !s.Running {
		m.Message = present.Message{Severity: status.Neutral, Title: messages.Text("browser.search.none"), Text: messages.Text("browser.search.none.text", messages.Args{"Location": s.At.URL(), "Text": s.Text})}
		if s.Stopped {
			m.Message = present.Message{Severity: status.Neutral, Title: messages.Text("browser.search.stopped"), Text: messages.Text("browser.search.stopped.text", messages.Args{"Text": s.Text})}
		}
	}
	return m
}
