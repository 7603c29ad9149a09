package connection

import (
	"reflect"

	"daypass/app/messages"
)

// SameService reports whether a session of d may go on under other: all but the name is the same.
func (d Definition) SameService(other Definition) bool { return len(d.Changes(other)) == 0 }

// ChangesSince returns what differs between d and the definition before that a session depends on, as a list in a
// sentence; empty where a session may go on.
func (d Definition) ChangesSince(before Definition) string {
	var out []string
	for _, change := range d.Changes(before) {
		out = append(out, messages.Text(changeTexts+string(change)))
	}
	return messages.Current().Format().List(out)
}

// changeTexts begins the IDs of the words for changes.
const changeTexts = "agent.connection.change."

// Change is a part of a definition that a session depends on.
type Change string

// The parts.
const (
	ChangedProvider    Change = "provider"
	ChangedCredentials Change = "credentials"
	ChangedServer      Change = "server"
)

// Changes returns what differs between d and the definition before.
func (d Definition) Changes(before Definition) []Change {
	d, before = d.Normalized(), before.Normalized()
	var out []Change
	note := func(same bool, what Change) {
		if !same {
			out = append(out, what)
		}
	}
	providerA, providerB := d.Provider, before.Provider
	secretsEqual := providerA.ClientSecret.Equal(providerB.ClientSecret)
	providerA.ClientSecret = providerB.ClientSecret
	note(secretsEqual && reflect.DeepEqual(providerA, providerB), ChangedProvider)
	note(reflect.DeepEqual(d.Keys, before.Keys), ChangedCredentials)
	d.Provider, d.Keys, d.Name, d.ID = before.Provider, before.Keys, before.Name, before.ID
	note(reflect.DeepEqual(d, before), ChangedServer)
	return out
}
