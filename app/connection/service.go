package connection

import (
	"reflect"
	"strings"

	"daypass/app/messages"
	"daypass/stsclient"
)

// Service returns what of d a session depends on: it may go on under every definition with the same. The name is no part
// of it, nor is who publishes it, nor what counts from the next sign-in or renewal on: how the browser is sent to the provider and comes back,
// the duration that is requested, and the region of the signatures, unless the role follows from it. How strictly the
// user signs in, acr_values and max_age, is.
func (d Definition) Service() Definition {
	d = d.Normalized()
	d.ID, d.Name, d.Source = "", "", ""
	l := &d.Provider
	l.LoginHint, l.Prompt, l.ExtraParameters = "", "", nil
	l.RedirectHost, l.RedirectPorts, l.RedirectPath = "", nil, ""
	d.Keys.Duration = 0
	if d.Keys.RoleARN != DeriveRoleARN {
		d.Region = ""
	}
	return d
}

// RoleARN returns the ARN of the role that d asks for, MinIO's where it is derived; empty where the server goes by claims.
func (d Definition) RoleARN() string {
	if d.Keys.RoleARN == DeriveRoleARN {
		return stsclient.MinIORoleARN(d.Region, d.Provider.ClientID)
	}
	return strings.TrimSpace(d.Keys.RoleARN)
}

// SameService reports whether a session of d may go on under other.
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

// Changes returns what differs between d and the definition before of what a session depends on.
func (d Definition) Changes(before Definition) []Change {
	d, before = d.Service(), before.Service()
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
	d.Provider, d.Keys = before.Provider, before.Keys
	note(reflect.DeepEqual(d, before), ChangedServer)
	return out
}
