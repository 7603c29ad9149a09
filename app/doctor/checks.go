package doctor

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Facts are what is known of a session, without secrets.
type Facts struct {
	Now      time.Time
	Claims   Claims
	ClientID string
	Issuer   string
	// TokenLength is the length of the token that is traded, in characters; zero for none.
	TokenLength int
	// SignedIn is true while somebody is.
	SignedIn bool
	// Problem is what went wrong last: its code, and its words. Code is empty where nothing did.
	Problem Problem
	// ExpiresAt is when the keys end; zero for none. RenewAt is when they are renewed; zero for never.
	ExpiresAt, RenewAt time.Time
	// Asked and Granted are the lives of the keys; Asked is zero where the server decides.
	Asked, Granted time.Duration
	// Skew is the server's clock minus ours.
	Skew time.Duration
	// SessionTokenTooLong is true where S3 will refuse the keys for the length of their token.
	SessionTokenTooLong bool
	// HasRefreshToken is true where the provider gave one. NoIDTokenOnRefresh is true where it sends no
	// ID token for it, nor anything in its place.
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
func (f Facts) Session() []Check {
	var out []Check
	for _, check := range []func(Facts) (Check, bool){
		checkProblem, checkKeys, checkAudience, checkGroups, checkTokenLife, checkLength, checkSessionToken, checkClock, checkLife, checkRenewal,
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
	rank := []Mark{Failure, Warning, Notice, OK}
	slices.SortStableFunc(checks, func(a, b Check) int { return slices.Index(rank, a.Mark) - slices.Index(rank, b.Mark) })
}

func checkProblem(f Facts) (Check, bool) {
	p := f.Problem
	if p.Code == "" {
		return Check{}, false
	}
	c := Check{Code: p.Code, Mark: Failure, Title: p.Title, Detail: strings.TrimSpace(p.Detail + " " + p.Next), Admin: p.Admin}
	if lacksPermissions(p) {
		c.Admin = strings.TrimSpace(c.Admin + " " + candidatesText(f.Claims))
	}
	return c, true
}

func lacksPermissions(p Problem) bool {
	return slices.Contains([]string{"sts-claim-missing", "sts-policy-unknown", "sts-no-permissions"}, p.Code)
}

// checkGroups sees that the groups are not in the token. That matters where the server reads them.
func checkGroups(f Facts) (Check, bool) {
	if !f.Claims.GroupsLeftOut() {
		return Check{}, false
	}
	c := Check{Code: "groups-left-out", Mark: Notice, Title: "The provider left the groups out of the ID token", Detail: GroupsLeftOutDetail, Admin: GroupsLeftOutAdmin}
	if lacksPermissions(f.Problem) {
		c.Mark = Failure
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

func checkKeys(f Facts) (Check, bool) {
	switch {
	case f.Now.Before(f.ExpiresAt):
		return Check{Code: "keys", Mark: OK, Title: "The storage server gives keys", Detail: "They end at " + clock(f.ExpiresAt) + "."}, true
	case f.Problem.Code != "":
		return Check{}, false
	case !f.SignedIn:
		return Check{Code: "signed-out", Mark: Notice, Title: "Nobody is signed in", Detail: "Sign in to have the login and the server looked at."}, true
	}
	return Check{Code: "no-keys", Mark: Failure, Title: "There are no keys that work", Detail: "Sign in again."}, true
}

func checkAudience(f Facts) (Check, bool) {
	if f.Claims == nil {
		return Check{}, false
	}
	if slices.Contains(f.Claims.audience(), f.ClientID) || slices.Contains(words(f.Claims["azp"]), f.ClientID) {
		return Check{Code: "audience", Mark: OK, Title: "The token is for this client"}, true
	}
	return Check{
		Code: "audience", Mark: Failure, Title: "The token is for somebody else",
		Detail: "Its audience is " + foreign(strings.Join(f.Claims.audience(), ", ")) + " and the client is " + f.ClientID + ".",
		Admin:  "The ID token's aud must contain the client ID that the storage server is set up with, or its azp must equal it.",
	}, true
}

func checkTokenLife(f Facts) (Check, bool) {
	if f.Claims == nil {
		return Check{}, false
	}
	if f.Claims.expiry().IsZero() {
		return Check{Code: "token-no-expiry", Mark: Failure, Title: "The token has no end", Admin: "The ID token must have the claim exp."}, true
	}
	return Check{}, false
}

// documentedTokenLength is what servers say they take; most take more.
const documentedTokenLength = 2048

func checkLength(f Facts) (Check, bool) {
	if f.TokenLength <= documentedTokenLength {
		return Check{}, false
	}
	return Check{
		Code: "long-token", Mark: Notice, Title: fmt.Sprintf("The token has %d characters", f.TokenLength),
		Detail: fmt.Sprintf("Servers promise to take %d. Most take more.", documentedTokenLength),
		Admin:  "Have the login put fewer claims in the token, groups above all.",
	}, true
}

func checkSessionToken(f Facts) (Check, bool) {
	if !f.SessionTokenTooLong {
		return Check{}, false
	}
	return Check{
		Code: "session-token-too-long", Mark: Warning, Title: "The keys carry more than storage requests can hold",
		Detail: "The login puts so many claims in the token that the server will refuse requests with these keys (MetadataTooLarge).",
		Admin:  "Have the login put fewer claims in the token, groups above all.",
	}, true
}

// noticeableSkew is a difference of clocks that begins to matter; servers refuse at 15 minutes.
const noticeableSkew = time.Minute

func checkClock(f Facts) (Check, bool) {
	if f.Skew.Abs() < noticeableSkew {
		return Check{}, false
	}
	how := "behind"
	if f.Skew < 0 {
		how = "ahead of"
	}
	return Check{
		Code: "clock", Mark: Warning, Title: fmt.Sprintf("This computer's clock is %s %s the server's", f.Skew.Abs(), how),
		Detail: "Daypass allows for it; other tools are refused when it reaches 15 minutes. Have the clock set by the network.",
	}, true
}

func checkLife(f Facts) (Check, bool) {
	if f.Asked == 0 || f.Granted == 0 || (f.Asked-f.Granted).Abs() < time.Minute {
		return Check{}, false
	}
	return Check{
		Code: "life", Mark: Notice, Title: fmt.Sprintf("The server gave keys for %s instead of %s", f.Granted, f.Asked),
		Detail: "It holds to a limit of its own, or to the end of the login's token.",
	}, true
}

func checkRenewal(f Facts) (Check, bool) {
	if !f.Now.Before(f.ExpiresAt) || !f.RenewAt.IsZero() {
		return Check{}, false
	}
	c := Check{Code: "no-renewal", Mark: Notice, Title: "The keys will not renew themselves", Detail: "You sign in again when they end."}
	if f.StaySignedIn {
		c.Admin = f.whyNoRenewal()
	}
	return c, true
}

// whyNoRenewal is what an administrator changes about keys that are meant to renew themselves.
func (f Facts) whyNoRenewal() string {
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

// checkScopes tells of scopes that were not granted: a claim that the server needs may be missing for it.
func checkScopes(f Facts) (Check, bool) {
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
		Code: "scopes", Mark: Notice, Title: "The provider did not grant every scope",
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
