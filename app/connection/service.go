package connection

import (
	"reflect"
	"strings"
)

// SameService reports whether a session of d may go on under other: all but the name is the same.
func (d Definition) SameService(other Definition) bool { return len(d.changes(other)) == 0 }

// ChangesSince returns what differs between d and the definition before that a session depends on, as a list in a
// sentence; empty where a session may go on.
func (d Definition) ChangesSince(before Definition) string {
	return strings.Join(d.changes(before), " and ")
}

// changes names what differs but the name.
func (d Definition) changes(before Definition) []string {
	d, before = d.Normalized(), before.Normalized()
	var out []string
	note := func(same bool, what string) {
		if !same {
			out = append(out, what)
		}
	}
	providerA, providerB := d.Provider, before.Provider
	secretsEqual := providerA.ClientSecret.Equal(providerB.ClientSecret)
	providerA.ClientSecret = providerB.ClientSecret
	note(secretsEqual && reflect.DeepEqual(providerA, providerB), "the login")
	note(reflect.DeepEqual(d.Keys, before.Keys), "the credentials that it requests")
	d.Provider, d.Keys, d.Name, d.ID = before.Provider, before.Keys, before.Name, before.ID
	note(reflect.DeepEqual(d, before), "the storage server")
	return out
}
