package session_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"daypass/app/credentials"
	"daypass/app/messages"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/auth"
	"daypass/auth/secret"
)

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// story drives one session and keeps the time.
type story struct {
	t       *testing.T
	s       session.State
	now     time.Time
	jitter  float64
	effects []session.Effect // without those that follow from any change
	persist *session.Persist
	ended   *session.Ended
}

func begin(t *testing.T) *story { return &story{t: t, s: session.New(), now: monday} }

func (y *story) on(e session.Event) *story {
	y.t.Helper()
	var all []session.Effect
	y.s, all = session.Step(y.s, e, y.now, y.jitter)
	y.effects, y.persist, y.ended = nil, nil, nil
	for _, effect := range all {
		switch effect := effect.(type) {
		case session.Persist:
			y.persist = &effect
		case session.Ended:
			y.ended = &effect
		default:
			y.effects = append(y.effects, effect)
		}
	}
	return y
}

func (y *story) after(d time.Duration) *story { y.now = y.now.Add(d); return y }

func (y *story) is(want session.Phase) *story {
	y.t.Helper()
	if y.s.Phase != want {
		y.t.Fatalf("phase %s, want %s (problem %v)", y.s.Phase, want, y.s.Problem)
	}
	return y
}

// does checks the kinds of the effects of the last step.
func (y *story) does(want ...string) *story {
	y.t.Helper()
	got := make([]string, 0, len(y.effects))
	for _, e := range y.effects {
		got = append(got, fmt.Sprintf("%T", e)[len("session."):])
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		y.t.Fatalf("effects %v, want %v", got, want)
	}
	return y
}

func (y *story) renewsIn(want time.Duration) *story {
	y.t.Helper()
	if y.s.RenewAt.IsZero() || y.s.RenewAt.Sub(y.now) != want {
		y.t.Fatalf("renewal at %v, want in %v", y.s.RenewAt, want)
	}
	return y
}

func (y *story) tokens(refresh string, idLife time.Duration) session.GotTokens {
	t := auth.Tokens{
		WebIdentity:       secret.New("id-for-" + refresh),
		WebIdentityExpiry: y.now.Add(idLife),
		Identity:          auth.Identity{Issuer: "https://login.example", Subject: "ada"},
	}
	t.RefreshToken = secret.New(refresh)
	return session.GotTokens{Attempt: y.s.Attempt, Tokens: t}
}

func (y *story) keys(life time.Duration) session.GotCredentials {
	return session.GotCredentials{Attempt: y.s.Attempt, Credentials: *sampleKeys(y.now, y.now.Add(life))}
}

func sampleKeys(issuedAt, expiresAt time.Time) *session.Credentials {
	return &session.Credentials{Credentials: credentials.Credentials{AccessKeyID: "K", ExpiresAt: expiresAt}, IssuedAt: issuedAt}
}

func (y *story) failure(class session.Class) session.Failed {
	return session.Failed{Attempt: y.s.Attempt, Failure: session.Failure{Class: class, Problem: session.Problem{Code: string(class), At: y.now}}}
}

// signedIn is a session with an hour's keys and a refresh token; the ID token lives two minutes.
func signedIn(t *testing.T) *story {
	y := begin(t).on(session.SignIn{}).on(session.Answered{Attempt: 1})
	y.on(y.tokens("r1", 2*time.Minute))
	return y.on(y.keys(time.Hour)).is(session.Active)
}

// An ordinary day of a session, from its beginning to its end.
func TestStep_ordinaryDay(t *testing.T) {
	y := begin(t).is(session.SignedOut)
	y.on(session.SignIn{}).is(session.SigningIn).does("OpenBrowser")
	y.on(session.LinkReady{Attempt: 1, Deadline: y.now.Add(5 * time.Minute)}).is(session.SigningIn)
	if !y.s.LinkReady {
		t.Fatal("the link is not ready")
	}
	y.after(20 * time.Second).on(session.Answered{Attempt: 1}).is(session.Exchanging)
	if y.s.LinkReady {
		t.Fatal("the link is still offered after the answer")
	}
	y.on(y.tokens("r1", 2*time.Minute)).is(session.Exchanging).does("Exchange")
	y.on(y.keys(time.Hour)).is(session.Active).does().renewsIn(44 * time.Minute)

	y.after(44 * time.Minute).on(session.Woke{}).is(session.Renewing).does("Refresh")
	y.on(y.tokens("r2", 2*time.Minute)).is(session.Renewing).does("Exchange")
	y.on(y.keys(time.Hour)).is(session.Active).renewsIn(44 * time.Minute)
	if y.s.Renewals != 1 || y.s.Tokens.RefreshToken.Reveal() != "r2" {
		t.Fatalf("after a renewal: %d renewals, refresh token %q", y.s.Renewals, y.s.Tokens.RefreshToken.Reveal())
	}

	y.on(session.SignOut{}).is(session.SignedOut).does("Revoke")
	if y.s.Credentials != nil || !y.s.Tokens.RefreshToken.IsZero() {
		t.Fatal("something is left after signing out")
	}
}

// A session survives a network outage until the credentials expire, and beyond.
func TestStep_networkOutage(t *testing.T) {
	y := signedIn(t).after(44 * time.Minute).on(session.Woke{})
	waited, soonest := time.Duration(0), time.Hour
	for y.s.HasCredentials(y.now) {
		y.on(y.failure(session.Transient)).is(session.Active)
		if y.s.Problem == nil || y.s.Failures == 0 {
			t.Fatal("a failed renewal is not told")
		}
		wait := y.s.RenewAt.Sub(y.now)
		if wait > schedule.MaxBackoff {
			t.Fatalf("tries again only after %v", wait)
		}
		y.after(wait).on(session.Woke{})
		waited += wait
		if left := y.s.Credentials.ExpiresAt.Sub(y.now); left > 0 {
			soonest = min(soonest, left)
		}
	}
	if soonest > time.Minute {
		t.Fatalf("the last attempt before the credentials expired was %v before", soonest)
	}
	y.is(session.Expired).does("Refresh")
	y.on(y.failure(session.Transient)).is(session.Expired)
	y.after(time.Hour).on(session.Woke{}).is(session.Expired).does("Refresh")
	y.on(y.tokens("r2", 2*time.Minute)).does("Exchange")
	y.on(y.keys(time.Hour)).is(session.Active)
	if y.s.Problem != nil || y.s.Failures != 0 {
		t.Fatalf("the outage is over and still told: %v", y.s.Problem)
	}
}

// The provider is spared while only the server is down.
func TestStep_serverDownSparesProvider(t *testing.T) {
	y := signedIn(t).after(44 * time.Minute).on(session.Woke{}).does("Refresh")
	y.on(y.tokens("r2", 2*time.Minute)).does("Exchange")
	y.on(y.failure(session.Transient)).after(5 * time.Second).on(session.Woke{})
	// The ID token of the refresh still lives but would end before the keys at hand: not worth exchanging.
	y.does("Refresh")

	y = begin(t).on(session.SignIn{})
	y.on(y.tokens("r1", 10*time.Minute)).on(y.failure(session.Transient)).is(session.SignInFailed)
	y.after(5 * time.Second).on(session.Woke{}).is(session.Exchanging).does("Exchange")
	y.on(y.keys(10 * time.Minute)).is(session.Active)
}

// After invalid_grant the user has to sign in, and the credentials stay until they expire.
func TestRule25_invalidGrantNeedsUser(t *testing.T) {
	y := signedIn(t).after(44 * time.Minute).on(session.Woke{})
	y.on(y.failure(session.SignInAgain)).is(session.NeedsSignIn).does()
	if !y.s.HasCredentials(y.now) || !y.s.RenewAt.IsZero() || !y.s.Tokens.RefreshToken.IsZero() {
		t.Fatal("keys must live on, nothing be planned, and the dead token be gone")
	}
	y.on(session.Renew{}).does()
	y.after(time.Hour).on(session.Woke{}).is(session.NeedsSignIn).does()
	if y.s.Problem == nil || y.s.Problem.Code != string(session.SignInAgain) {
		t.Fatalf("the reason was lost: %v", y.s.Problem)
	}
	y.on(session.SignIn{}).is(session.SigningIn).on(y.tokens("r9", time.Minute))
	y.on(y.keys(time.Hour)).is(session.Active)
}

// Another subject ends the session.
func TestRule20_otherSubjectEndsSession(t *testing.T) {
	y := signedIn(t).after(44 * time.Minute).on(session.Woke{})
	y.on(y.failure(session.WrongUser)).is(session.NeedsSignIn)
	if y.s.Credentials != nil {
		t.Fatal("the keys of the one stay for the other")
	}
}

// Nothing but a user opens a browser.
func TestRule29_onlyUserOpensBrowser(t *testing.T) {
	y := signedIn(t)
	for range 200 {
		y.after(10 * time.Minute).on(session.Woke{})
		for _, e := range y.effects {
			if _, opened := e.(session.OpenBrowser); opened {
				t.Fatal("time alone opened a browser")
			}
		}
		if y.s.Work != session.Idle {
			y.on(y.failure([]session.Class{session.Transient, session.Refused, session.SignInAgain}[y.now.Minute()%3]))
		}
	}
}

// Without a refresh token the session ends, and plans no renewal.
func TestSignIn_withoutRefreshToken(t *testing.T) {
	y := begin(t).on(session.SignIn{})
	y.on(y.tokens("", time.Hour)).on(y.keys(time.Hour)).is(session.Active)
	if !y.s.RenewAt.IsZero() {
		t.Fatal("a renewal is promised that cannot happen")
	}
	if wake := y.s.NextWake(y.now); !wake.Equal(y.now.Add(time.Hour)) {
		t.Fatalf("next wake %v", wake)
	}
	y.after(time.Hour).on(session.Woke{}).is(session.NeedsSignIn)
	if y.s.Problem == nil || y.s.Problem.Code != session.CodeSessionEnded {
		t.Fatalf("problem %v", y.s.Problem)
	}
}

// An ID token that outlives the credentials renews them.
func TestExchange_reusesIDToken(t *testing.T) {
	y := begin(t).on(session.SignIn{})
	y.on(y.tokens("", 8*time.Hour)).on(y.keys(time.Hour)).renewsIn(44 * time.Minute)
	y.after(44 * time.Minute).on(session.Woke{}).is(session.Renewing).does("Exchange")
}

// A reused ID token that is refused is replaced at once.
func TestExchange_refusedIDTokenIsReplaced(t *testing.T) {
	y := begin(t).on(session.SignIn{})
	y.on(y.tokens("r1", 8*time.Hour)).on(y.keys(time.Hour))
	y.after(44 * time.Minute).on(session.Woke{}).does("Exchange")
	y.on(y.failure(session.Refused)).is(session.Renewing).does("Refresh")
	y.on(y.tokens("r2", 8*time.Hour)).on(y.failure(session.Refused)).is(session.Active).does().renewsIn(5 * time.Minute)
}

// Rule 25: a refresh that the provider refuses under a code that nobody knows is tried once more. Then only the user
// can go on, the session says why, and nothing is tried by itself any more.
func TestRule25_refusedTwice(t *testing.T) {
	y := signedIn(t)
	y.after(44 * time.Minute).on(session.Woke{}).does("Refresh")
	y.on(y.failure(session.RenewalRefused)).is(session.Active).does().renewsIn(5 * time.Minute)
	y.after(5 * time.Minute).on(session.Woke{}).is(session.Renewing).does("Refresh")
	y.on(y.failure(session.RenewalRefused)).is(session.NeedsSignIn).does()
	if !y.s.RenewAt.IsZero() || y.s.Problem.Code != string(session.RenewalRefused) || !y.s.HasCredentials(y.now) {
		t.Fatalf("planned for %v, problem %v", y.s.RenewAt, y.s.Problem)
	}
	for range 20 {
		y.after(5 * time.Minute).on(session.Woke{}).is(session.NeedsSignIn).does()
	}
	y.on(session.SignOut{}).does("Revoke") // the refresh token may still work
}

// A refresh that succeeds in between counts as a new beginning.
func TestRule25_refusedOnceNowAndThen(t *testing.T) {
	y := signedIn(t)
	for range 5 {
		y.after(44 * time.Minute).on(session.Woke{}).does("Refresh")
		y.on(y.failure(session.RenewalRefused)).is(session.Active).renewsIn(5 * time.Minute)
		y.after(5 * time.Minute).on(session.Woke{}).does("Refresh")
		y.on(y.tokens("r2", 2*time.Minute)).on(y.keys(time.Hour)).is(session.Active)
	}
}

// A computer that was without a network for long notices soon that it has one.
func TestStep_withoutNetwork(t *testing.T) {
	y := signedIn(t).after(44 * time.Minute).on(session.Woke{})
	for range 200 {
		f := y.failure(session.Transient)
		f.Failure.NotSent = true
		y.on(f)
		if wait := y.s.RenewAt.Sub(y.now); wait < time.Second || wait > 30*time.Second {
			t.Fatalf("tries again after %v", wait)
		}
		y.now = y.s.RenewAt
		y.on(session.Woke{}).does("Refresh")
	}
}

// Those who waited for the end of an outage together are spread over the next lifetime, and for once only.
func TestStep_spreadAfterOutage(t *testing.T) {
	y := signedIn(t).after(44 * time.Minute).on(session.Woke{})
	y.jitter = 0.75
	y.on(y.failure(session.Transient))
	y.after(y.s.RenewAt.Sub(y.now)).on(session.Woke{}).on(y.tokens("r2", time.Hour)).renews(schedule.RenewAfterOutage)
	y.after(y.s.RenewAt.Sub(y.now)).on(session.Woke{}).on(y.tokens("r3", time.Hour)).renews(schedule.RenewAt)
}

// renews has credentials arrive, which are renewed at the moment that at returns.
func (y *story) renews(at func(issued, expires time.Time, jitter float64) time.Time) {
	y.t.Helper()
	y.on(y.keys(time.Hour)).is(session.Active)
	if want := at(y.s.Credentials.IssuedAt, y.s.Credentials.ExpiresAt, y.jitter); !y.s.RenewAt.Equal(want) {
		y.t.Fatalf("renewed at %v, want %v", y.s.RenewAt, want)
	}
}

// Rule 25: a denial without a reason may be somebody else's, and is believed when it comes again and again.
func TestRule25_refusedWithoutReason(t *testing.T) {
	y := signedIn(t)
	y.after(44 * time.Minute)
	began := y.now
	for range 8 {
		y.on(session.Woke{}).does("Refresh").on(y.failure(session.RenewalDoubted))
		if y.s.MustSignIn || y.s.RenewAt.IsZero() {
			t.Fatal("given up too early")
		}
		y.now = y.s.RenewAt
	}
	if took := y.now.Sub(began); took < 8*time.Minute || took > 11*time.Minute {
		t.Fatalf("given up after %v", took)
	}
	y.on(session.Woke{}).does("Refresh").on(y.failure(session.RenewalDoubted)).is(session.NeedsSignIn)
	if !y.s.RenewAt.IsZero() {
		t.Fatal("it is tried again")
	}
}

// If the first exchange is refused, the tokens are revoked.
func TestExchange_firstDenialRevokesTokens(t *testing.T) {
	y := begin(t).on(session.SignIn{})
	y.on(y.tokens("r1", time.Hour)).on(y.failure(session.Refused)).is(session.SignInFailed).does("Revoke")
	if !y.s.Tokens.RefreshToken.IsZero() || y.s.Problem == nil {
		t.Fatal("the token is kept, or the reason is lost")
	}
	y.on(session.SignIn{}).is(session.SigningIn)
	if y.s.Problem != nil {
		t.Fatal("the old problem is still told while signing in")
	}
}

// Results of an earlier attempt are dropped.
func TestStep_dropsResultsOfEarlierAttempt(t *testing.T) {
	y := begin(t).on(session.SignIn{})
	late := y.tokens("late", time.Hour)
	y.on(session.Cancel{}).is(session.SignedOut).does("Abort")
	y.on(late).is(session.SignedOut).does("Revoke")
	y.on(session.SignIn{})
	y.on(session.Answered{Attempt: 1}).is(session.SigningIn)
	y.on(session.Failed{Attempt: 1}).is(session.SigningIn)
	tokens := y.tokens("r1", time.Hour)
	keys := y.keys(time.Hour)
	y.on(tokens).is(session.Exchanging)
	y.on(tokens).is(session.Exchanging).does() // the same result twice
	y.on(keys).is(session.Active)
	y.on(keys).is(session.Active).does()
	if y.s.Renewals != 0 {
		t.Fatal("a duplicate counted as a renewal")
	}
}

// A rotated token outlives its attempt.
func TestRule24_rotatedTokenOutlivesAttempt(t *testing.T) {
	y := signedIn(t).after(44 * time.Minute).on(session.Woke{}).does("Refresh").on(session.SignIn{})
	y.on(session.Rotated{Spent: secret.New("r1"), RefreshToken: secret.New("r2")}).is(session.SigningIn).on(session.Cancel{})
	y.after(20 * time.Minute).on(session.Woke{}).does("Refresh")
	if got := y.effects[0].(session.Refresh).Tokens.RefreshToken.Reveal(); got != "r2" {
		t.Fatalf("refreshes with %q, which is spent", got)
	}
	y.on(session.SignOut{}).on(session.Rotated{Spent: secret.New("r2"), RefreshToken: secret.New("r3")}).is(session.SignedOut).does("Revoke")
}

// A sign-in as another user drops the credentials of the first.
func TestSignIn_otherUserDropsCredentials(t *testing.T) {
	y := signedIn(t).after(44*time.Minute).on(session.Woke{}).on(session.SignIn{}).does("Abort", "OpenBrowser")
	other := y.tokens("r5", time.Hour)
	other.Tokens.Identity.Subject = "eve"
	y.on(other).is(session.SigningIn).on(session.Answer{Attempt: y.s.Attempt, Yes: true}).is(session.Exchanging).does("Exchange")
	if y.s.Credentials != nil {
		t.Fatal("ada's keys are still there while eve signs in")
	}
}

// A sign-in that fails leaves the active session as it was.
func TestSignIn_failureKeepsActiveSession(t *testing.T) {
	y := signedIn(t)
	at := y.s.RenewAt
	y.on(session.SignIn{}).is(session.SigningIn).on(y.failure(session.Refused)).is(session.Active)
	if !y.s.RenewAt.Equal(at) || y.s.Problem == nil {
		t.Fatalf("renewal at %v instead of %v, problem %v", y.s.RenewAt, at, y.s.Problem)
	}
}

// A clock that was set back makes every expiry doubtful.
func TestWoke_clockSetBackRenews(t *testing.T) {
	y := signedIn(t)
	y.now = y.now.Add(-3 * time.Hour)
	y.on(session.Woke{Back: true}).is(session.Renewing).does("Refresh")
}

// Credentials that have already expired are no credentials.
func TestExchange_alreadyExpiredCredentials(t *testing.T) {
	y := begin(t).on(session.SignIn{})
	y.on(y.tokens("r1", time.Hour)).on(y.keys(-time.Second)).is(session.SignInFailed)
	if y.s.Problem.Code != session.CodeAlreadyExpired || y.s.RenewAt.IsZero() {
		t.Fatalf("problem %v, next try %v", y.s.Problem, y.s.RenewAt)
	}
}

// A sign-out that could not be finished is reported.
func TestSignOut_incompleteIsReported(t *testing.T) {
	y := signedIn(t).on(session.SignOut{})
	p := session.Problem{Code: session.CodeSignOutIncomplete}
	y.on(session.SignedOutRemotely{Attempt: y.s.Attempt, Problem: &p}).is(session.SignedOut)
	if y.s.Problem == nil {
		t.Fatal("what could not be done is not said")
	}
	y.on(session.SignIn{}).is(session.SigningIn)
}

// A session that ended because its connection was changed says so, and what could not be done besides.
func TestSignOut_because(t *testing.T) {
	changed := session.Problem{Code: session.CodeConnectionChanged, Reasons: []messages.Message{{ID: "problem.reason.changed.server"}}}
	y := signedIn(t).on(session.SignOut{Because: &changed}).is(session.SignedOut)
	incomplete := session.Problem{Code: session.CodeSignOutIncomplete, Reasons: []messages.Message{{ID: "problem.reason.session-still-stored"}}}
	y.on(session.SignedOutRemotely{Attempt: y.s.Attempt, Problem: &incomplete}).is(session.SignedOut)
	if y.s.Problem == nil || y.s.Problem.Code != changed.Code || len(y.s.Problem.Reasons) != 2 {
		t.Errorf("%+v", y.s.Problem)
	}
	if y := begin(t).on(session.SignOut{Because: &changed}); y.s.Problem != nil {
		t.Errorf("nothing ended, and yet: %+v", y.s.Problem)
	}
}

// A provider without revocation must not hide why the storage server refused.
func TestSignedOutRemotely_keepsExchangeError(t *testing.T) {
	y := begin(t).on(session.SignIn{})
	y.on(y.tokens("r1", time.Hour)).on(y.failure(session.Refused)).is(session.SignInFailed).does("Revoke")
	problem := *y.s.Problem
	incomplete := session.Problem{Code: session.CodeSignOutIncomplete}
	y.on(session.SignedOutRemotely{Attempt: y.s.Attempt, Problem: &incomplete}).is(session.SignInFailed)
	if !reflect.DeepEqual(*y.s.Problem, problem) {
		t.Fatalf("problem %+v", y.s.Problem)
	}
}
