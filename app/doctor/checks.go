package doctor

import (
	"fmt"
	"slices"
	"strings"
	"time"
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
	// Problem is what went wrong last: its code, and its words. Code is empty where nothing did.
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

// Problem is a failure in words.
type Problem struct{ Code, Title, Detail, Next, Admin string }

// Session looks at a session, the worst first.
func (f Input) Session() []Check {
	var out []Check
	for _, check := range []func(Input) (Check, bool){
		checkProblem, checkKeys, checkAudience, checkGroups, checkTokenLifetime, checkLength, checkSessionToken, checkClock, checkLifetime, checkRenewal,
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
	c := Check{Code: p.Code, Severity: Failure, Title: p.Title, Detail: strings.TrimSpace(p.Detail + " " + p.Next), Admin: p.Admin}
	if lacksPermissions(p) {
		c.Admin = strings.TrimSpace(c.Admin + " " + candidatesText(f.Claims))
	}
	return c, true
}

func lacksPermissions(p Problem) bool {
	return slices.Contains([]string{"sts-claim-missing", "sts-policy-unknown", "sts-no-permissions"}, p.Code)
}

// checkGroups sees that the groups are not in the token. That matters where the server reads them.
func checkGroups(f Input) (Check, bool) {
	if !f.Claims.GroupsOmitted() {
		return Check{}, false
	}
	c := Check{Code: "groups-left-out", Severity: Notice, Title: "The provider left the groups out of the ID token", Detail: GroupsOmittedDetail, Admin: GroupsOmittedAdmin}
	if lacksPermissions(f.Problem) {
		c.Severity = Failure
	}
	return c, true
}

func candidatesText(claims Claims) string {
	var list []string
	for _, name := range claims.Candidates() {
		list = append(list, fmt.Sprintf("%s (%s)", foreign(name), foreign(strings.Join(words(claims[name]), ", "))))
	}
	if len(list) == 0 {
		return "No claim in the token could name a policy: have the login put one in."
	}
	return "Claims in the token that could name policies: " + strings.Join(list, "; ") + "."
}

func checkKeys(f Input) (Check, bool) {
	switch {
	case f.Now.Before(f.ExpiresAt):
		return Check{Code: "keys", Severity: OK, Title: "The storage server gives keys", Detail: "They end at " + clock(f.ExpiresAt) + "."}, true
	case f.Problem.Code != "":
		return Check{}, false
	case !f.SignedIn:
		return Check{Code: "signed-out", Severity: Notice, Title: "Nobody is signed in", Detail: "Sign in to have the login and the server looked at."}, true
	}
	return Check{Code: "no-keys", Severity: Failure, Title: "There are no keys that work", Detail: "Sign in again."}, true
}

func checkAudience(f Input) (Check, bool) {
	if f.Claims == nil {
		return Check{}, false
	}
	if slices.Contains(f.Claims.audience(), f.ClientID) || slices.Contains(words(f.Claims["azp"]), f.ClientID) {
		return Check{Code: "audience", Severity: OK, Title: "The token is for this client"}, true
	}
	return Check{
		Code: "audience", Severity: Failure, Title: "The token is for somebody else",
		Detail: "Its audience is " + foreign(strings.Join(f.Claims.audience(), ", ")) + " and the client is " + f.ClientID + ".",
		Admin:  "The ID token's aud must contain the client ID that the storage server is set up with, or its azp must equal it.",
	}, true
}

func checkTokenLifetime(f Input) (Check, bool) {
	if f.Claims == nil {
		return Check{}, false
	}
	if f.Claims.expiry().IsZero() {
		return Check{Code: "token-no-expiry", Severity: Failure, Title: "The token has no end", Admin: "The ID token must have the claim exp."}, true
	}
	return Check{}, false
}

// documentedTokenLength is what servers say they take; most take more.
const documentedTokenLength = 2048

func checkLength(f Input) (Check, bool) {
	if f.TokenLength <= documentedTokenLength {
		return Check{}, false
	}
	return Check{
		Code: "long-token", Severity: Notice, Title: fmt.Sprintf("The token has %d characters", f.TokenLength),
		Detail: fmt.Sprintf("Servers promise to take %d. Most take more.", documentedTokenLength),
		Admin:  "Have the login put fewer claims in the token, groups above all.",
	}, true
}

func checkSessionToken(f Input) (Check, bool) {
	if !f.SessionTokenTooLong {
		return Check{}, false
	}
	return Check{
		Code: "session-token-too-long", Severity: Warning, Title: "The keys carry more than storage requests can hold",
		Detail: "The login puts so many claims in the token that the server will refuse requests with these keys (MetadataTooLarge).",
		Admin:  "Have the login put fewer claims in the token, groups above all.",
	}, true
}

// noticeableSkew is a difference of clocks that begins to matter; servers refuse at 15 minutes.
const noticeableSkew = time.Minute

func checkClock(f Input) (Check, bool) {
	if f.Skew.Abs() < noticeableSkew {
		return Check{}, false
	}
	how := "behind"
	if f.Skew < 0 {
		how = "ahead of"
	}
	return Check{
		Code: "clock", Severity: Warning, Title: fmt.Sprintf("This computer's clock is %s %s the server's", f.Skew.Abs(), how),
		Detail: "Daypass allows for it; other tools are refused when it reaches 15 minutes. Have the clock set by the network.",
	}, true
}

func checkLifetime(f Input) (Check, bool) {
	if f.Requested == 0 || f.Granted == 0 || (f.Requested-f.Granted).Abs() < time.Minute {
		return Check{}, false
	}
	return Check{
		Code: "life", Severity: Notice, Title: fmt.Sprintf("The server gave keys for %s instead of %s", f.Granted, f.Requested),
		Detail: "It holds to a limit of its own, or to the end of the login's token.",
	}, true
}

func checkRenewal(f Input) (Check, bool) {
	if !f.Now.Before(f.ExpiresAt) || !f.RenewAt.IsZero() {
		return Check{}, false
	}
	c := Check{Code: "no-renewal", Severity: Notice, Title: "The keys will not renew themselves", Detail: "You sign in again when they end."}
	if f.StaySignedIn {
		c.Admin = f.whyNoRenewal()
	}
	return c, true
}

// whyNoRenewal is what an administrator changes about credentials that are meant to renew themselves.
func (f Input) whyNoRenewal() string {
	switch {
	case f.HasRefreshToken && f.NoIDTokenOnRefresh:
		return "The provider gave a refresh token but sends no ID token when it is used: have it return an id_token for the refresh_token grant."
	case f.HasRefreshToken:
		return ""
	case f.ConsentNext:
		return "The provider gave no refresh token. Some give one only with prompt=consent, which the next sign-in sends; else allow this client the scope offline_access."
	}
	return "The provider gave no refresh token: allow this client the scope offline_access, and the grant type refresh_token."
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
	return Check{
		Code: "scopes", Severity: Notice, Title: "The provider did not grant every scope",
		Detail: "Not granted: " + foreign(strings.Join(missing, ", ")) + ".",
		Admin:  "Allow this client these scopes if the storage server needs the claims that come with them, or remove them from the connection.",
	}, true
}

// isScope reports whether a granted scope is the requested one, which some providers write as a URL.
func isScope(requested string) func(string) bool {
	return func(granted string) bool {
		return granted == requested || strings.HasSuffix(granted, "/"+requested) || strings.HasSuffix(granted, "."+requested)
	}
}

func clock(t time.Time) string { return t.UTC().Format("15:04 UTC on 2 January 2006") }
