package tools

import (
	"strconv"
	"time"

	"daypass/app/broker/clients"
	"daypass/app/status"
	"daypass/ui/present"
)

// Clients is the list of the programs that get credentials.
type Clients struct {
	Title string
	// Waiting names the tools that requested credentials without success; empty for none.
	Waiting string
	// None stands in place of an empty list.
	None string
	Rows []ClientRow
}

// ClientRow is one client.
type ClientRow struct {
	ID, Name string
	// Key is the name, and a number where others above have the same name.
	Key      string
	Severity status.Severity
	// When says how often and when last, Scope what its credentials allow and by which way they go.
	When, Scope string
	Paused      bool
	// Revoke is the label of the button that removes the row; empty for none. Ends is true where that also ends the
	// credentials, and Ask is what is asked before.
	Revoke, Ask string
	Ends        bool
}

func clientsOf(all []clients.Client, waiting []string, now time.Time) Clients {
	f := Clients{Title: "Who fetched keys", Waiting: present.WaitingTools(waiting)}
	if len(all) == 0 && f.Waiting == "" {
		f.None = "Nobody yet. A tool is here once it has asked for keys."
	}
	named := map[string]int{}
	for _, c := range all {
		r := clientRow(c, now)
		named[r.Name]++
		r.Key = r.Name
		if n := named[r.Name]; n > 1 {
			r.Key += " " + strconv.Itoa(n)
		}
		f.Rows = append(f.Rows, r)
	}
	return f
}

func clientRow(c clients.Client, now time.Time) ClientRow {
	r := ClientRow{ID: c.ID, Name: present.Visible(c.Name), Severity: status.OK, Paused: c.Paused, Scope: scopeOf(c)}
	switch {
	case c.Paused:
		r.Severity, r.When = status.Neutral, "Paused"
	case c.Fetches == 0:
		r.Severity, r.When = status.Neutral, "No keys yet"
	default:
		r.When = times(c.Fetches) + ", last " + present.Moment(c.LastFetch, now)
	}
	if c.Paused {
		r.Scope += ". " + noLock
	}
	if c.Paused && c.Fetches > 0 {
		r.When += ", last " + present.Moment(c.LastFetch, now)
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
	return present.Counted(n, "time", "times")
}

// scopeOf says what credentials allow, and by which way they go where it is a special one.
func scopeOf(c clients.Client) string {
	text := "All that you may do"
	if c.Scope != nil {
		var locations []string
		for _, l := range c.Scope.Locations {
			locations = append(locations, present.Visible(l.Path()))
		}
		text = map[bool]string{true: "Reads and writes ", false: "Only reads "}[c.Scope.Write] + present.Listed(locations)
	}
	if c.Endpoint {
		text += ", by a token of its own"
	}
	return text
}
