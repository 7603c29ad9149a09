package connection

import (
	"reflect"
	"strings"
)

// SameService reports whether a session of d may go on under other: all but the name is the same.
func (d Definition) SameService(other Definition) bool { return len(d.Changes(other)) == 0 }

// ChangesSince returns what differs between d and the definition before that a session depends on, as a list in a
// sentence; empty where a session may go on.
func (d Definition) ChangesSince(before Definition) string {
	names := map[Change]string{ChangedProvider: "the login", ChangedCredentials: "the credentials that it requests", ChangedServer: "the storage server"}
	var out []string
	for _, change := range d.Changes(before) {
		out = append(out, names[change])
	}
	return strings.Join(out, " and ")
}

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
