package doctor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"daypass/app/messages"
)

// Input is what is known of a session, without secrets.
type Input struct {
	Now      time.Time
	Claims   Claims
	ClientID string
	Issuer   string
	// TokenLength is the length of the token that is exchanged, in characters; zero for none.
	TokenLength int
	// SignedIn is true while somebody is.
	SignedIn bool
	// Problem is what went wrong last. Code is empty where nothing did.
	Problem Problem
	// ExpiresAt is when the credentials expire; zero for none. RenewAt is when they are renewed; zero for never.
	ExpiresAt, RenewAt time.Time
	// Requested and Granted are the lifetimes of the credentials; Requested is zero where the server decides.
	Requested, Granted time.Duration
	// Skew is the server's clock minus ours.
	Skew time.Duration
	// SessionTokenTooLong is true where S3 will refuse the credentials for the length of their token.
	SessionTokenTooLong bool
	// HasRefreshToken is true where the provider gave one. NoIDTokenOnRefresh is true where it sends no
	// ID token for it, nor anything instead.
	HasRefreshToken, NoIDTokenOnRefresh bool
	// Bound is true where the provider binds its tokens to a key of this session (DPoP).
	Bound bool
	// ConsentNext is true where the next sign-in sends prompt=consent to be given a refresh token.
	ConsentNext bool
	// ScopesRequested are the connection's, ScopesGranted those of the provider's answer; empty where it
	// does not say.
	ScopesRequested, ScopesGranted []string
	// StaySignedIn is true where the connection asks for a refresh token.
	StaySignedIn bool
	// Access is what the storage server says to the credentials; nil where it was not asked.
	Access *Access
}

// Problem is a failure: its code and its words.
type Problem struct {
	Code  string
	Words Words
}

// Session looks at a session, the worst first.
func (f Input) Session() []Check {
	var out []Check
	for _, check := range []func(Input) (Check, bool){
		checkProblem, checkCandidates, checkKeys, checkAudience, checkGroups, checkTokenLifetime, checkLength, checkSessionToken, checkClock, checkLifetime, checkRenewal, checkBinding,
		checkScopes, checkAccess, checkRelease,
	} {
		if c, found := check(f); found {
			out = append(out, c)
		}
	}
	return out
}

// bySeverity has the worst come first.
func bySeverity(checks []Check) {
	rank := []Severity{Failure, Warning, Notice, OK}
	slices.SortStableFunc(checks, func(a, b Check) int { return slices.Index(rank, a.Severity) - slices.Index(rank, b.Severity) })
}

func checkProblem(f Input) (Check, bool) {
	p := f.Problem
	if p.Code == "" {
		return Check{}, false
	}
	return p.Words.check(p.Code, Failure), true
}

// checkCandidates names the claims that could name policies, where the server finds none.
func checkCandidates(f Input) (Check, bool) {
	if !lacksPermissions(f.Problem) {
		return Check{}, false
	}
	return candidates(f.Claims).check("policy-claims", Notice), true
}

func lacksPermissions(p Problem) bool {
	return slices.Contains([]string{"sts-claim-missing", "sts-policy-unknown", "sts-no-permissions"}, p.Code)
}

// checkGroups sees that the groups are not in the token. That matters where the server reads them.
func checkGroups(f Input) (Check, bool) {
	if !f.Claims.GroupsOmitted() {
		return Check{}, false
	}
	severity := Notice
	if lacksPermissions(f.Problem) {
		severity = Failure
	}
	return Words{
		Title: message("agent.doctor.groups-omitted"), Detail: sentences(message("agent.doctor.groups-omitted.detail")),
		Admin: sentences(message("agent.doctor.groups-omitted.admin")),
	}.check("groups-left-out", severity), true
}

// candidates returns words on the claims that could name policies.
func candidates(claims Claims) Words {
	var list []string
	for _, name := range claims.Candidates() {
		list = append(list, fmt.Sprintf("%s (%s)", foreign(name), foreign(strings.Join(words(claims[name]), ", "))))
	}
	if len(list) == 0 {
		return Words{Title: message("agent.doctor.candidates.none"), Admin: sentences(message("agent.doctor.candidates.none.admin"))}
	}
	return Words{Title: message("agent.doctor.candidates", "Claims", strings.Join(list, "; "))}
}

func checkKeys(f Input) (Check, bool) {
	switch {
	case f.Now.Before(f.ExpiresAt):
		return Words{
			Title: message("agent.doctor.credentials"), Detail: sentences(message("agent.doctor.credentials.detail", "ExpiryTime", f.ExpiresAt.UTC().Format(time.RFC3339))),
		}.check("keys", OK), true
	case f.Problem.Code != "":
		return Check{}, false
	case !f.SignedIn:
		return Words{Title: message("agent.doctor.signed-out"), Detail: sentences(message("agent.doctor.signed-out.detail"))}.check("signed-out", Notice), true
	}
	return Words{
		Title: message("agent.doctor.credentials.none"), Detail: sentences(message("agent.doctor.credentials.none.detail")),
	}.check("no-keys", Failure), true
}

func checkAudience(f Input) (Check, bool) {
	if f.Claims == nil {
		return Check{}, false
	}
	if slices.Contains(f.Claims.audience(), f.ClientID) || slices.Contains(words(f.Claims["azp"]), f.ClientID) {
		return Words{Title: message("agent.doctor.audience.ok")}.check("audience", OK), true
	}
	return Words{
		Title:  message("agent.doctor.audience"),
		Detail: sentences(message("agent.doctor.audience.detail", "Audience", foreign(strings.Join(f.Claims.audience(), ", ")), "ClientID", f.ClientID)),
		Admin:  sentences(message("agent.doctor.audience.admin")),
	}.check("audience", Failure), true
}

func checkTokenLifetime(f Input) (Check, bool) {
	if f.Claims == nil {
		return Check{}, false
	}
	if f.Claims.expiry().IsZero() {
		return Words{
			Title: message("agent.doctor.token-no-expiry"), Admin: sentences(message("agent.doctor.token-no-expiry.admin")),
		}.check("token-no-expiry", Failure), true
	}
	return Check{}, false
}

// documentedTokenLength is what servers say they take; most take more.
const documentedTokenLength = 2048

func checkLength(f Input) (Check, bool) {
	if f.TokenLength <= documentedTokenLength {
		return Check{}, false
	}
	return Words{
		Title:  message("agent.doctor.long-token", "LengthNumber", strconv.Itoa(f.TokenLength)),
		Detail: sentences(message("agent.doctor.long-token.detail", "MaxNumber", strconv.Itoa(documentedTokenLength))),
		Admin:  sentences(message("agent.doctor.long-token.admin")),
	}.check("long-token", Notice), true
}

func checkSessionToken(f Input) (Check, bool) {
	if !f.SessionTokenTooLong {
		return Check{}, false
	}
	return Words{
		Title: message("agent.doctor.session-token-too-long"), Detail: sentences(message("agent.doctor.session-token-too-long.detail")),
		Admin: sentences(message("agent.doctor.long-token.admin")),
	}.check("session-token-too-long", Warning), true
}

// noticeableSkew is a difference of clocks that begins to matter; servers refuse at 15 minutes.
const noticeableSkew = time.Minute

func checkClock(f Input) (Check, bool) {
	if f.Skew.Abs() < noticeableSkew {
		return Check{}, false
	}
	title := message("agent.doctor.clock.behind", "SkewDuration", f.Skew.String())
	if f.Skew < 0 {
		title = message("agent.doctor.clock", "SkewDuration", (-f.Skew).String())
	}
	return Words{Title: title, Detail: sentences(message("agent.doctor.clock.detail"))}.check("clock", Warning), true
}

func checkLifetime(f Input) (Check, bool) {
	if f.Requested == 0 || f.Granted == 0 || (f.Requested-f.Granted).Abs() < time.Minute {
		return Check{}, false
	}
	return Words{
		Title:  message("agent.doctor.lifetime", "GrantedDuration", f.Granted.String(), "RequestedDuration", f.Requested.String()),
		Detail: sentences(message("agent.doctor.lifetime.detail")),
	}.check("life", Notice), true
}

func checkRenewal(f Input) (Check, bool) {
	if !f.Now.Before(f.ExpiresAt) || !f.RenewAt.IsZero() {
		return Check{}, false
	}
	w := Words{Title: message("agent.doctor.no-renewal"), Detail: sentences(message("agent.doctor.no-renewal.detail"))}
	if f.StaySignedIn {
		w.Admin = sentences(f.whyNoRenewal())
	}
	return w.check("no-renewal", Notice), true
}

// whyNoRenewal is what an administrator changes about credentials that are meant to be renewed.
func (f Input) whyNoRenewal() messages.Message {
	switch {
	case f.HasRefreshToken && f.NoIDTokenOnRefresh:
		return message("agent.doctor.no-renewal.no-id-token")
	case f.HasRefreshToken:
		return messages.Message{}
	case f.ConsentNext:
		return message("agent.doctor.no-renewal.consent")
	}
	return message("agent.doctor.no-renewal.allow-offline")
}

// checkBinding reports that a copy of the tokens would be of no use elsewhere.
func checkBinding(f Input) (Check, bool) {
	if !f.Bound {
		return Check{}, false
	}
	return Words{Title: message("agent.doctor.bound"), Detail: sentences(message("agent.doctor.bound.detail"))}.check("bound", OK), true
}

// checkScopes reports scopes that were not granted: a claim that the server needs may be missing for it.
func checkScopes(f Input) (Check, bool) {
	var missing []string
	for _, s := range f.ScopesRequested {
		if s != "openid" && s != "offline_access" && !slices.ContainsFunc(f.ScopesGranted, isScope(s)) {
			missing = append(missing, s)
		}
	}
	if len(f.ScopesGranted) == 0 || len(missing) == 0 {
		return Check{}, false
	}
	return Words{
		Title: message("agent.doctor.scopes"), Detail: sentences(message("agent.doctor.scopes.detail", "Scopes", foreign(strings.Join(missing, ", ")))),
		Admin: sentences(message("agent.doctor.scopes.admin")),
	}.check("scopes", Notice), true
}

// isScope reports whether a granted scope is the requested one, which some providers write as a URL.
func isScope(requested string) func(string) bool {
	return func(granted string) bool {
		return granted == requested || strings.HasSuffix(granted, "/"+requested) || strings.HasSuffix(granted, "."+requested)
	}
}
