package failure_test

import (
	"strings"
	"testing"
	"time"

	"daypass/app/failure"
	"daypass/stsclient"
)

// An administrator reads the server's own words of every error.
func TestOf_serverMessage(t *testing.T) {
	for _, kind := range []stsclient.Kind{stsclient.KindDenied, stsclient.KindTokenExpired, stsclient.KindThrottled, stsclient.KindPackedPolicy, stsclient.KindNoSTS} {
		p := failure.Of(&stsclient.Error{Kind: kind, Code: "Code", Message: "Quite particular words."}, definition()).Problem
		if words := p.English(); !strings.Contains(words.Admin, "Message from minio.example: Code: Quite particular words.") || strings.Contains(words.Detail, "particular") {
			t.Errorf("%s: %+v", kind, words)
		}
	}
	for _, kind := range []stsclient.Kind{stsclient.KindUnknown, stsclient.KindBadAnswer, stsclient.KindCertificate} {
		p := failure.Of(&stsclient.Error{Kind: kind, Message: "Quite particular words."}, definition()).Problem
		if words := p.English(); !strings.Contains(words.Detail, "Quite particular words.") {
			t.Errorf("%s: %+v", kind, words)
		}
	}
	if p := failure.Of(&stsclient.Error{Kind: stsclient.KindSilent}, definition()).Problem; strings.Contains(p.English().Admin, "Message") {
		t.Errorf("%+v", p.English())
	}
}

// The lifetimes that a server accepts reach the user: in numbers, else in its words.
func TestOf_limitsOfADuration(t *testing.T) {
	for want, err := range map[string]*stsclient.Error{
		"It accepts 15 min to 12 h.":      {MinDuration: 15 * time.Minute, MaxDuration: 12 * time.Hour},
		"It accepts at most 1 h 30 min.":  {MaxDuration: 90 * time.Minute},
		"It accepts at least 15 min.":     {MinDuration: 15 * time.Minute},
		"MaxSessionDuration of the role.": {Message: "MaxSessionDuration of the role"},
	} {
		err.Kind = stsclient.KindDuration
		p := failure.Of(err, definition()).Problem
		if got := p.English().Detail; !strings.HasSuffix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		wholeWords(t, p)
	}
}

func TestOf_limits(t *testing.T) {
	for _, limit := range stsclient.Limits() {
		p := failure.Of(&stsclient.LimitError{Parameter: "Policy", Limit: limit}, definition()).Problem
		if got := p.English().Detail; got == "" || strings.Contains(got, "problem.") {
			t.Errorf("%s: %q", limit, got)
		}
		wholeWords(t, p)
	}
}

// A server does not always name what its message is about.
func TestOf_withoutSubject(t *testing.T) {
	for _, kind := range []stsclient.Kind{
		stsclient.KindTokenClaim, stsclient.KindKeyType, stsclient.KindProviderUnknown, stsclient.KindClaimMissing, stsclient.KindPolicyUnknown, stsclient.KindRoleUnknown, stsclient.KindRedirect,
	} {
		p := failure.Of(&stsclient.Error{Kind: kind}, definition()).Problem
		wholeWords(t, p)
		if words := p.English(); strings.Contains(words.Detail+words.Admin, "  ") || strings.Contains(words.Detail+words.Admin, " .") {
			t.Errorf("%s: %+v", kind, words)
		}
	}
}
