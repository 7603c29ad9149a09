// Package setup finds out what a connection needs before anybody signs in: from one address that the user has it tells what
// answers there, which product it is, and what is missing, and it checks a connection that there is. It sends no
// credentials and no secrets.
package setup

import (
	"context"
	"net/url"
	"sync"
	"time"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/session"
)

// StepID names what is checked. Its title is in the catalogue.
type StepID string

// The steps.
const (
	StepAddress  StepID = "address"
	StepLookup   StepID = "lookup"
	StepConnect  StepID = "connect"
	StepTLS      StepID = "tls"
	StepServer   StepID = "server"
	StepSTS      StepID = "sts"
	StepConsole  StepID = "console"
	StepProvider StepID = "provider"
	StepScopes   StepID = "scopes"
	StepClient   StepID = "client"
	// StepInvitation is there where a company publishes a connection at its domain.
	StepInvitation StepID = "invitation"
)

// Steps returns all steps.
func Steps() []StepID {
	return []StepID{StepAddress, StepLookup, StepConnect, StepTLS, StepServer, StepSTS, StepConsole, StepProvider, StepScopes, StepClient, StepInvitation}
}

// State is how a step stands.
type State string

// The states.
const (
	Running State = "running"
	// OK: all is as it should be. Notice: something to know, such as what is not there. Warning: something to look at.
	OK      State = "ok"
	Notice  State = "notice"
	Warning State = "warning"
	// Failed: a connection would not work.
	Failed State = "failed"
)

// Step is one check. It is safe to show and holds no secret.
type Step struct {
	ID StepID
	// Subject is what was checked: a host, with its port where there is one; empty for what a user typed.
	Subject string
	State   State
	// Result are sentences on what was found; none while it is running.
	Result []messages.Message
	// Problem says why it failed in full, in place of Result; nil for none.
	Problem *session.Problem
	// Took is how long it has taken.
	Took time.Duration
}

// Title returns what is checked.
func (s Step) Title() messages.Message {
	return messages.Message{ID: "connections.probe.step." + string(s.ID)}
}

// Options are what is known beside the address, and how the probe is watched.
type Options struct {
	// CAFile is a PEM file with certificate authorities to trust besides the system's; empty for none.
	CAFile string
	// ClientID is checked at the identity provider; empty for none.
	ClientID string
	// ProviderPage is an address at the identity provider that the user has agreed to ask, from which its issuer follows, such
	// as that of its page for signing in; empty for none.
	ProviderPage string
	// Confirmed are hosts on other sites than the address's that the user agreed to ask, each with its port where there
	// is one (rule 56).
	Confirmed []string
	// Report is called with each step when it begins and when it ends, never twice at a time; nil for nobody.
	Report func(Step)
}

// Outcome is what a probe has found.
type Outcome struct {
	// Steps are in the order in which they began.
	Steps []Step
	// Definition is the connection as far as it was found.
	Definition connection.Definition
	// Missing are the keys of a connection file that are still to be asked for, in the order of the form.
	Missing []string
	// OtherSites are hosts that the server names and that are asked only once the user has confirmed them.
	OtherSites []string
	// Invited is true where Definition is a connection that a company publishes at its domain: it is complete, and nothing
	// that it names was asked.
	Invited bool
	// Product is the ID of the storage server's product in package presets; empty where it was not recognized.
	Product string
}

// Failed reports whether a step failed.
func (o Outcome) Failed() bool {
	for _, s := range o.Steps {
		if s.State == Failed {
			return true
		}
	}
	return false
}

// Found reports whether a storage server or an identity provider answered.
func (o Outcome) Found() bool {
	return o.Definition.Endpoint != "" || o.Definition.Provider.Issuer != ""
}

// Network probes what is really there.
type Network struct{}

// Address calls the function of the same name.
func (Network) Address(ctx context.Context, typed string, o Options) Outcome {
	return Address(ctx, typed, o)
}

// Connection calls the function of the same name.
func (Network) Connection(ctx context.Context, def connection.Definition, o Options) Outcome {
	return Connection(ctx, def, o)
}

// Invitation calls the function of the same name.
func (Network) Invitation(ctx context.Context, typed string, o Options) (connection.Definition, error) {
	return Invitation(ctx, typed, o)
}

// timeout bounds a probe as a whole, stepTimeout one request of it.
const (
	timeout     = 60 * time.Second
	stepTimeout = 12 * time.Second
)

// Address probes from an address that a user typed. It ends early where ctx does.
func Address(ctx context.Context, typed string, o Options) Outcome {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	r := newRun(o)
	r.out.Definition.CAFile = o.CAFile
	lead, problem := connection.Lead(typed)
	if problem.ID != "" {
		r.begin(StepAddress, "")
		r.end(StepAddress, "", Failed, problem)
		return r.outcome()
	}
	r.note(StepAddress, "", OK, text("address", "Address", lead.String()))
	if r.prepare() && !r.invited(ctx, lead) {
		together(
			func() { r.follow(ctx, lead, typed) },
			func() { r.followPage(ctx) },
		)
	}
	return r.outcome()
}

// Connection checks a connection before or after it is saved: what it names is taken as confirmed.
func Connection(ctx context.Context, def connection.Definition, o Options) Outcome {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	def = def.Normalized()
	o.CAFile, o.ClientID = def.CAFile, def.Provider.ClientID
	r := newRun(o)
	r.out.Definition = def
	if r.prepare() {
		together(
			func() { r.checkServer(ctx, def) },
			func() { r.checkProvider(ctx, def.Provider.Issuer) },
		)
	}
	return r.outcome()
}

// run is a probe under way.
type run struct {
	*record
	options Options
	network *network

	mu    sync.Mutex
	out   Outcome // but for its steps
	found findings
}

func newRun(o Options) *run { return &run{record: newRecord(o.Report), options: o} }

// prepare reads the file of certificate authorities, and reports whether it can be used.
func (r *run) prepare() bool {
	network, err := newNetwork(r.options.CAFile, r.options.Confirmed)
	if err != nil {
		r.fail(StepAddress, "", err)
		return false
	}
	r.network = network
	return true
}

// together runs functions at the same time and waits for all.
func together(all ...func()) {
	var group sync.WaitGroup
	for _, f := range all {
		group.Go(f)
	}
	group.Wait()
}

// text returns a text on the result of a step. The values of its parameters follow their names.
func text(id string, namesAndValues ...string) messages.Message {
	m := messages.Message{ID: "connections.probe.result." + id}
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		if m.Args == nil {
			m.Args = map[string]string{}
		}
		m.Args[namesAndValues[i]] = namesAndValues[i+1]
	}
	return m
}

// hostOf returns the host of an address with its port where there is one.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}
