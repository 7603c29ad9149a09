package present

import (
	"time"

	"daypass/app/broker/consumers"
)

// Fetched is the list of who fetched keys.
type Fetched struct {
	Title string
	// Waiting names the tools that asked in vain; empty for none.
	Waiting string
	// None is said where nobody has fetched any.
	None string
	Rows []FetchedRow
}

// FetchedRow is somebody who fetched keys.
type FetchedRow struct {
	ID, Name string
	Mark     Mark
	// When says how often and when last, Reach what its keys reach and by which way they go.
	When, Reach string
	Paused      bool
	// Revoke is the label of the button that removes the row; empty for none. Ends is true where that also ends the
	// credentials, and Ask is what is asked before.
	Revoke, Ask string
	Ends        bool
}

func fetched(all []consumers.Consumer, waiting []string, now time.Time) Fetched {
	f := Fetched{Title: "Who fetched keys", Waiting: waitForKeys(waiting)}
	if len(all) == 0 && f.Waiting == "" {
		f.None = "Nobody yet. A tool is here once it has asked for keys."
	}
	for _, c := range all {
		f.Rows = append(f.Rows, fetchedRow(c, now))
	}
	return f
}

// waitForKeys names the tools that asked for keys in vain; empty for none.
func waitForKeys(tools []string) string {
	if len(tools) == 0 {
		return ""
	}
	var names []string
	for _, name := range tools {
		names = append(names, Visible(name))
	}
	return listed(names) + map[bool]string{true: " waits for keys.", false: " wait for keys."}[len(tools) == 1]
}

func fetchedRow(c consumers.Consumer, now time.Time) FetchedRow {
	r := FetchedRow{ID: c.ID, Name: Visible(c.Name), Mark: Good, Paused: c.Paused, Reach: reach(c)}
	switch {
	case c.Paused:
		r.Mark, r.When = Off, "Paused"
	case c.Fetches == 0:
		r.Mark, r.When = Off, "No keys yet"
	default:
		r.When = times(c.Fetches) + ", last " + Moment(c.LastFetch, now)
	}
	if c.Paused {
		r.Reach += ". " + noLock
	}
	if c.Paused && c.Fetches > 0 {
		r.When += ", last " + Moment(c.LastFetch, now)
	}
	if c.Refused > 0 {
		r.When += ", got none " + times(c.Refused)
	}
	switch {
	case c.Endpoint:
		r.Revoke, r.Ends = "Revoke", true
		r.Ask = "Its token is worth nothing from then on. Keys that it has already work until they end."
	case !c.Paused:
		r.Revoke = "Forget" // a command that comes again is listed again; what is paused stays
	}
	return r
}

// noLock says what pausing does not do: it goes by a name, which another program of the user's can take.
const noLock = "Pausing is not a lock: programs can use another name."

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return Counted(n, "time", "times")
}

// reach says what keys allow, and by which way they go where it is a special one.
func reach(c consumers.Consumer) string {
	text := "All that you may do"
	if c.Scope != nil {
		var places []string
		for _, p := range c.Scope.Places {
			places = append(places, Visible(p.String()))
		}
		text = map[bool]string{true: "Reads and writes ", false: "Only reads "}[c.Scope.Write] + listed(places)
	}
	if c.Endpoint {
		text += ", by a token of its own"
	}
	return text
}
