package browser

import (
	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/ui/present"
)

// SearchState is what is known of a search below a place.
type SearchState struct {
	At   location.Location
	Text string
	// Begun is true once something was searched for.
	Begun, Running bool
	Found          []buckets.Entry
	// Objects is how many files were looked at, and Near where the search is.
	Objects int
	Near    string
	// Limited is true where the limit ended it.
	Limited bool
	// Stopped is true where the person ended it.
	Stopped bool
	Problem *app.Problem
	// Server is the name of what is searched, and Wait how long it has not answered.
	Server string
	Wait   present.Wait
}

// Search is a search on screen.
type Search struct {
	// Hint says what can be typed, Text what was.
	Hint, Text string
	Running    bool
	Status     string
	// Message stands in place of the list; an empty Title means none.
	Message present.Message
}

// NewSearch makes the head and foot of a search.
func NewSearch(s SearchState) Search {
	m := Search{Hint: "Search below " + s.At.URL(), Text: s.Text, Running: s.Running}
	found := present.Counted(len(s.Found), "match", "matches")
	seen := present.Counted(s.Objects, "file", "files")
	switch {
	case !s.Begun:
		m.Message = present.Message{
			Mark: present.Off, Title: "Search below this folder",
			Text: "A part of a name finds all that have it. With * and ? it is a pattern, like *.csv; with a slash the whole path counts, and ** goes across folders, like 2026/**/*.csv.",
		}
	case s.Problem != nil && len(s.Found) == 0:
		m.Message = present.ProblemMessage(s.Problem, "")
		m.Message.Mark, m.Message.Others = present.Soon, nil
	case s.Problem != nil:
		m.Status = found + ", then: " + s.Problem.Title
	case s.Running:
		m.Status = found + " so far in " + seen
		if s.Near != "" {
			m.Status += ", now in " + present.Visible(s.Near)
		}
		m.Status += present.WaitingFor(s.Server, s.Wait)
	case s.Stopped:
		m.Status = found + " in " + seen + ", stopped"
	case s.Limited:
		m.Status = "The first " + found + ". Search for something more exact to find the rest."
	default:
		m.Status = found + " in " + seen
	}
	if m.Message.Title == "" && len(s.Found) == 0 && !s.Running {
		m.Message = present.Message{Mark: present.Off, Title: "Nothing found", Text: "No name below " + s.At.URL() + " matches “" + s.Text + "”."}
		if s.Stopped {
			m.Message = present.Message{Mark: present.Off, Title: "The search was stopped", Text: "Nothing that matches “" + s.Text + "” was found by then."}
		}
	}
	return m
}
