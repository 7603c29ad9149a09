package tools

import (
	"strconv"
	"time"

	"daypass/app/broker/clients"
	"daypass/app/limits"
	"daypass/app/messages"
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
	// Revoke says what the button does that removes the row; empty for none. Ends is true where that also ends the
	// credentials, and Ask is what is asked before.
	Revoke, Ask string
	Ends        bool
}

func clientsOf(all []clients.Client, waiting []string, now time.Time) Clients {
	f := Clients{Title: messages.Text("tools.clients.title"), Waiting: present.WaitingTools(waiting)}
	if len(all) == 0 && f.Waiting == "" {
		f.None = messages.Text("tools.clients.none")
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
	r := ClientRow{ID: c.ID, Name: present.Visible(clients.ShownName(c.Name)), Paused: c.Paused, Scope: scopeOf(c)}
	r.Severity = status.Neutral
	last := messages.Args{"Moment": present.Moment(c.LastFetch, now)}
	switch {
	case c.Paused && c.Fetches > 0:
		r.When = messages.Text("tools.clients.paused-last", last)
	case c.Paused:
		r.When = messages.Text("tools.clients.paused")
	case c.Fetches == 0 && c.Gateway:
		r.When = messages.Text("tools.clients.no-requests")
	case c.Fetches == 0:
		r.When = messages.Text("tools.clients.no-credentials")
	case c.Gateway:
		r.Severity, r.When = status.OK, messages.Plural("tools.clients.requests", c.Fetches, last)
	default:
		r.Severity, r.When = status.OK, messages.Plural("tools.clients.fetched", c.Fetches, last)
	}
	if c.Sent+c.Received > 0 {
		size := messages.Current().Format()
		r.When = present.Facts(r.When, messages.Text("tools.clients.traffic", messages.Args{"Sent": size.Bytes(c.Sent), "Received": size.Bytes(c.Received)}))
	}
	if c.Refused > 0 {
		r.When = present.Facts(r.When, messages.Plural("tools.clients.denied", c.Refused))
	}
	if c.Paused && !c.Gateway { // which goes by a name that another program of the user's can take
		r.Scope = present.Sentence(r.Scope, messages.Text("tools.clients.no-lock"))
	}
	r.setRevoke(c)
	return r
}

// setRevoke offers to remove a client, unless it is paused, which it then stays.
func (r *ClientRow) setRevoke(c clients.Client) {
	program := messages.Args{"Program": r.Name}
	switch {
	case c.Gateway:
		r.Revoke, r.Ends = messages.Text("tools.clients.revoke", program), true
		r.Ask = messages.Text("tools.clients.revoke.pair.text")
	case c.Endpoint:
		r.Revoke, r.Ends = messages.Text("tools.clients.revoke", program), true
		r.Ask = messages.Text("tools.clients.revoke.text")
	case !c.Paused:
		r.Revoke = messages.Text("tools.clients.remove", program) // a command that comes again is listed again
	}
}

// scopeOf says what credentials allow, and by which way they go where it is a special one.
func scopeOf(c clients.Client) string {
	way := ""
	switch {
	case c.Gateway:
		way = messages.Text("tools.clients.own-pair")
	case c.Endpoint:
		way = messages.Text("tools.clients.own-token")
	}
	return present.Facts(accessOf(c.Scope), way)
}

// accessOf says what credentials of a scope allow; nil is no limit.
func accessOf(scope *limits.Scope) string {
	if scope == nil {
		return messages.Text("tools.clients.full-access")
	}
	var locations []string
	for _, l := range scope.Locations {
		locations = append(locations, present.Visible(l.Path()))
	}
	args := messages.Args{"Locations": present.Listed(locations)}
	if scope.Write {
		return messages.Text("tools.clients.read-write", args)
	}
	return messages.Text("tools.clients.read", args)
}
