package tools

import (
	"errors"
	"time"

	"daypass/app"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/ui/present"
)

// AnyProgram is the ID, in the list of tools, of the form for key pairs.
const AnyProgram = "gateway"

// GatewayForm is the form for key pairs.
type GatewayForm struct {
	// Program is what to call the program in the list.
	Program string
	// Limited is true where the pair reaches Locations only, and Write where it also writes there.
	Limited   bool
	Locations []location.Location
	Write     bool
	// Fault is what is wrong with the location that was typed.
	Fault string
	// Creating is true while the agent is asked for the pair.
	Creating bool
	// Pair is the pair that was made last, without its secret; nil for none.
	Pair *ShownPair
}

// ShownPair is what is shown of a key pair.
type ShownPair struct{ Program, Endpoint, Region, AccessKeyID string }

// Scope returns the limits; nil where there are none.
func (f GatewayForm) Scope() *limits.Scope {
	if !f.Limited {
		return nil
	}
	return &limits.Scope{Locations: f.Locations, Write: f.Write}
}

// GatewayModel is the page for any S3 program: a key pair for the gateway.
type GatewayModel struct {
	Title, Text string
	Program     string
	// CanLimit is true where the connection has no policy of its own. Limit is shown where Limited.
	CanLimit, Limited bool
	Locations         LocationsModel
	Write             bool
	// Problem says why there cannot be a pair.
	Problem             string
	CanCreate, Creating bool
	// Created says whose the pair is; empty where there is none. Fields are what to enter in the program.
	Created string
	Fields  []Field
	// Note says what happens to a copy of the secret, Result is that of the last command.
	Note, Result string
}

// LocationsModel are the locations that limits are made of.
type LocationsModel struct {
	Locations []string
	Fault     string
	Buckets   []string
}

// Field is one line of a key pair.
type Field struct{ ID, Label, Value, Copy string }

// The IDs of the fields of a key pair.
const (
	FieldEndpoint = "endpoint"
	FieldID       = "access-key-id"
	FieldSecret   = "secret-access-key"
	FieldRegion   = "region"
	FieldStyle    = "addressing-style"
)

func gatewayModel(s app.Session, u State, clears time.Duration, now time.Time) *GatewayModel {
	f := u.Gateway
	m := &GatewayModel{
		Title: messages.Text("tools.gateway.title"), Text: messages.Text("tools.gateway.text"),
		Program: f.Program, CanLimit: !u.Limit.HasPolicy, Limited: f.Limited, Write: f.Write, Creating: f.Creating, Result: noteText(u.Note),
	}
	m.Locations = LocationsModel{Fault: f.Fault, Buckets: u.Limit.Buckets}
	for _, l := range f.Locations {
		m.Locations.Locations = append(m.Locations.Locations, present.Visible(l.Path()))
	}
	if scope := f.Scope(); scope != nil {
		_, err := scope.Policy()
		m.Problem = limitProblem(err)
	}
	m.CanCreate = m.Problem == "" && s.HasCredentials(now) && !f.Creating
	if f.Pair != nil {
		m.Created = messages.Text("tools.gateway.created", messages.Args{"Program": present.Visible(f.Pair.Program)})
		m.Fields, m.Note = fieldsOf(*f.Pair), clearsNote(clears)
	}
	return m
}

// limitProblem returns the words for why there is no policy; none where there is one.
func limitProblem(err error) string {
	if fault, ok := errors.AsType[*limits.ScopeError](err); ok {
		return messages.Current().Say(fault.Reason)
	}
	if err != nil {
		return present.Sentence(err.Error(), "")
	}
	return ""
}

// hiddenSecret stands for a secret that can be copied.
const hiddenSecret = "••••••••"

func fieldsOf(p ShownPair) []Field {
	field := func(id, value string) Field {
		f := Field{ID: id, Label: messages.Text("tools.gateway.field." + id), Value: value}
		if id != FieldStyle {
			f.Copy = messages.Text("tools.gateway.copy", messages.Args{"Field": f.Label})
		}
		return f
	}
	return []Field{
		field(FieldEndpoint, p.Endpoint), field(FieldID, p.AccessKeyID), field(FieldSecret, hiddenSecret), field(FieldRegion, p.Region),
		field(FieldStyle, messages.Text("tools.gateway.path-style")),
	}
}
