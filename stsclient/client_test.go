package stsclient_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"daypass/auth/secret"
	"daypass/stsclient"
	"daypass/stsclient/ststest"
)

const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"

func request() stsclient.Request { return stsclient.Request{WebIdentityToken: secret.New(token)} }

// asked makes a client for a queue of answers, without a socket.
func asked(t *testing.T, answers ...ststest.Answer) (*stsclient.Client, *ststest.Server) {
	t.Helper()
	server := ststest.New(t, answers...)
	c, err := stsclient.New(stsclient.Config{Endpoint: "https://minio.example:9000"}, stsclient.WithTransport(server))
	if err != nil {
		t.Fatal(err)
	}
	return c, server
}

// recorded says what every recorded error means. A file that is not here is a success.
var recorded = map[string]stsclient.Kind{
	"action-unknown": stsclient.KindNotSTS, "version-missing": stsclient.KindNotSTS,
	"form-multipart": stsclient.KindNotSTS, "form-without-contenttype": stsclient.KindNotSTS,
	"params-split-query-and-form": stsclient.KindNotSTS, "params-split-query-and-form-duration": stsclient.KindNotSTS,
	"get-instead-of-post": stsclient.KindDenied,
	"claim-missing":       stsclient.KindClaimMissing, "idp-policy-missing-claim": stsclient.KindClaimMissing,
	"claim-names-unknown-policy": stsclient.KindPolicyUnknown, "idp-policy-empty-array": stsclient.KindNoPermissions,
	"idp-policy-empty-string": stsclient.KindNoPermissions,
	"duration-0":              stsclient.KindDuration, "duration-1": stsclient.KindDuration, "duration-31536001": stsclient.KindDuration,
	"duration-abc": stsclient.KindDuration, "duration-neg1": stsclient.KindDuration, "duration-sp900": stsclient.KindDuration,
	"idp-alg-none": stsclient.KindAlgorithm, "token-alg-none": stsclient.KindAlgorithm,
	"idp-hs256-pubkey-confusion": stsclient.KindAlgorithm, "token-hs256-dex-kid": stsclient.KindAlgorithm,
	"idp-aud-missing": stsclient.KindAudience, "idp-aud-wrong": stsclient.KindAudience, "token-wrong-audience": stsclient.KindAudience,
	"idp-down-bad-token":       stsclient.KindProviderUnreachable,
	"idp-exp-missing":          stsclient.KindTokenNoExpiry,
	"idp-exp-past-1h-duration": stsclient.KindTokenExpired, "idp-exp-past-1s": stsclient.KindTokenExpired,
	"idp-exp-string": stsclient.KindTokenExpired, "role-token-expired": stsclient.KindTokenExpired,
	"token-expired": stsclient.KindTokenExpired, "token-expired-duration900": stsclient.KindTokenExpired,
	"idp-iat-future":  stsclient.KindTokenFromFuture,
	"idp-kid-missing": stsclient.KindSignature, "idp-kid-unknown": stsclient.KindSignature, "token-alg-none-nokid": stsclient.KindSignature,
	"token-selfmade-no-kid": stsclient.KindSignature, "token-selfmade-same-kid": stsclient.KindSignature,
	"token-selfmade-unknown-kid": stsclient.KindSignature, "token-tampered-payload": stsclient.KindSignature,
	"idp-sub-empty": stsclient.KindSubject, "idp-sub-missing": stsclient.KindSubject,
	"policy-2049-bytes": stsclient.KindSessionPolicyLong,
	"policy-bad-action": stsclient.KindSessionPolicy, "policy-no-version": stsclient.KindSessionPolicy,
	"role-garbage": stsclient.KindRoleMalformed, "role-missing": stsclient.KindRoleNeeded, "role-wrong": stsclient.KindRoleUnknown,
	"role-token-missing": stsclient.KindTokenMalformed, "token-empty": stsclient.KindTokenMalformed,
	"token-garbage": stsclient.KindTokenMalformed, "token-garbage-b64": stsclient.KindTokenMalformed,
	"token-garbage-long": stsclient.KindTokenMalformed, "token-missing": stsclient.KindTokenMalformed,
	"token-surrounded-by-space":    stsclient.KindTokenMalformed,
	"sts-idp-down-at-start":        stsclient.KindNotReady,
	"userinfo-on-bad-access-token": stsclient.KindUserInfo, "userinfo-signed": stsclient.KindUserInfoSigned,
	"userinfo-access-token-mandatory": stsclient.KindAccessTokenNeeded,
}

// Every answer that was recorded from a real MinIO is understood, and every error has words.
func TestClient_recordedAnswers(t *testing.T) {
	files, err := filepath.Glob("testdata/minio/*.http")
	if err != nil || len(files) < 70 {
		t.Fatalf("%d recordings, %v", len(files), err)
	}
	for _, file := range files {
		testRecorded(t, file, recorded[strings.TrimSuffix(filepath.Base(file), ".http")])
	}
}

func testRecorded(t *testing.T, file string, want stsclient.Kind) {
	t.Run(filepath.ToSlash(file), func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			answer := ststest.File(t, file)
			c, _ := asked(t, answer, answer, answer)
			res, err := c.AssumeRoleWithWebIdentity(t.Context(), request())
			checkRecorded(t, want, res, err)
		})
	})
}

func checkRecorded(t *testing.T, want stsclient.Kind, res *stsclient.Response, err error) {
	t.Helper()
	if want == "" {
		if err != nil || res.Credentials.AccessKeyID == "" || res.Credentials.SessionToken.IsZero() || res.Credentials.Expiration.IsZero() {
			t.Fatalf("a success was read as %+v, %v", res, err)
		}
		return
	}
	var e *stsclient.Error
	if !errors.As(err, &e) || e.Kind != want {
		t.Fatalf("got %v, want kind %s", err, want)
	}
	if e.Server() == "" {
		t.Errorf("%s names no server", e)
	}
}

// An error names what it is about.
func TestError_namesSubject(t *testing.T) {
	for file, want := range map[string]string{
		"claim-names-unknown-policy": "no-such-policy", "claim-missing": "groups", "idp-policy-missing-claim": "policy",
		"role-wrong": "arn:minio:iam:::role/doesnotexist",
	} {
		c, _ := asked(t, ststest.File(t, "testdata/minio/"+file+".http"))
		_, err := c.AssumeRoleWithWebIdentity(t.Context(), request())
		var e *stsclient.Error
		if !errors.As(err, &e) || e.Subject() != want || e.Server() != "minio.example:9000" {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestError_otherServers(t *testing.T) {
	for code, want := range map[string]stsclient.Kind{
		"ExpiredTokenException": stsclient.KindTokenExpired, "InvalidIdentityToken": stsclient.KindTokenRejected,
		"IDPCommunicationError": stsclient.KindProviderUnreachable, "IDPRejectedClaim": stsclient.KindTokenRejected,
		"PackedPolicyTooLarge": stsclient.KindPackedPolicy, "MalformedPolicyDocument": stsclient.KindSessionPolicy,
		"AccessDenied": stsclient.KindDenied, "SlowDown": stsclient.KindThrottled, "NeverHeardOf": stsclient.KindUnknown,
	} {
		c, _ := asked(t, ststest.ErrorAnswer(400, code, "Some words."))
		_, err := c.AssumeRoleWithWebIdentity(t.Context(), request())
		var e *stsclient.Error
		if !errors.As(err, &e) || e.Kind != want || e.Quote() != code+": Some words." {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// Answers that are not those of an STS are reported as such.
func TestClient_otherAnswers(t *testing.T) {
	good := `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>` +
		`<Credentials><AccessKeyId>A</AccessKeyId>%s<SessionToken>T</SessionToken><Expiration>2026-01-01T00:00:00Z</Expiration></Credentials>` +
		`</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`
	for name, c := range map[string]struct {
		answer ststest.Answer
		want   stsclient.Kind
	}{
		"console":            {ststest.Raw(200, "text/html", `<!doctype html><html><head><title>MinIO Console</title></head></html>`), stsclient.KindConsole},
		"rustfs console":     {ststest.Raw(200, "text/html", `<html><title>RustFS Console</title></html>`), stsclient.KindConsole},
		"page on consoles":   {ststest.Raw(200, "text/html", `<html><title>Sign in</title>our console</html>`), stsclient.KindWebPage},
		"captive portal":     {ststest.Raw(200, "text/html", "<html>Please accept the terms</html>"), stsclient.KindWebPage},
		"proxy's 502":        {ststest.Raw(502, "text/html", "<html>Bad gateway</html>"), stsclient.KindWebPage},
		"page without type":  {ststest.Raw(200, "", " <!DOCTYPE html><p>hello"), stsclient.KindWebPage},
		"JSON":               {ststest.Raw(200, "application/json", `{"AccessKeyId":"A"}`), stsclient.KindBadAnswer},
		"empty":              {ststest.Raw(200, "application/xml", ""), stsclient.KindBadAnswer},
		"empty 503":          {ststest.Raw(503, "", ""), stsclient.KindServerError},
		"empty 429":          {ststest.Raw(429, "", ""), stsclient.KindThrottled},
		"empty 400":          {ststest.Raw(400, "", ""), stsclient.KindBadAnswer},
		"no secret":          {ststest.Raw(200, "application/xml", fmt.Sprintf(good, "")), stsclient.KindBadAnswer},
		"two secrets":        {ststest.Raw(200, "application/xml", fmt.Sprintf(good, strings.Repeat("<SecretAccessKey>S</SecretAccessKey>", 2))), stsclient.KindBadAnswer},
		"something behind":   {ststest.Raw(200, "application/xml", fmt.Sprintf(good, "<SecretAccessKey>S</SecretAccessKey>")+"<more/>"), stsclient.KindBadAnswer},
		"no date":            {ststest.Raw(200, "application/xml", strings.Replace(fmt.Sprintf(good, "<SecretAccessKey>S</SecretAccessKey>"), "2026-01-01T00:00:00Z", "soon", 1)), stsclient.KindBadAnswer},
		"more than a MiB":    {ststest.Raw(200, "application/xml", strings.Repeat("x", 1<<20+1)), stsclient.KindBadAnswer},
		"the S3 API's error": {ststest.Raw(403, "application/xml", "<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>"), stsclient.KindDenied},
	} {
		client, _ := asked(t, c.answer)
		_, err := client.AssumeRoleWithWebIdentity(t.Context(), request())
		var e *stsclient.Error
		if !errors.As(err, &e) || e.Kind != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// The token is in the body and nowhere else.
func TestRule27_tokenOnlyInBody(t *testing.T) {
	server := ststest.New(t, ststest.Success(time.Hour)).Listen()
	c, err := stsclient.New(stsclient.Config{Endpoint: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	r := stsclient.Request{
		WebIdentityToken: secret.New(token), AccessToken: secret.New("access"), RoleARN: stsclient.MinIORoleARN("", "c"),
		RoleSessionName: "ada@example.com", Duration: 2 * time.Hour, Policy: `{"Version":"2012-10-17","Statement":[]}`, TokenRevokeType: "daypass",
	}
	res, err := c.AssumeRoleWithWebIdentity(t.Context(), r)
	if err != nil || res.RequestedDuration != 2*time.Hour || res.ServerTime.IsZero() {
		t.Fatalf("%+v, %v", res, err)
	}
	got := server.Requests()[0]
	if got.Method != http.MethodPost || got.Query != "" || got.Path != "/" || got.ContentType != "application/x-www-form-urlencoded" {
		t.Fatalf("request %+v", got)
	}
	want := map[string]string{
		"Action": "AssumeRoleWithWebIdentity", "Version": "2011-06-15", "WebIdentityToken": token, "WebIdentityAccessToken": "access",
		"RoleArn": r.RoleARN, "RoleSessionName": "ada@example.com", "DurationSeconds": "7200", "Policy": r.Policy, "TokenRevokeType": "daypass",
	}
	for name, value := range want {
		if got.Form.Get(name) != value {
			t.Errorf("%s = %q, want %q", name, got.Form.Get(name), value)
		}
	}
	if len(got.Form) != len(want) {
		t.Errorf("parameters %v", got.Form)
	}
}

// Parameters that were not requested are not sent.
func TestRule27_sendsOnlyWhatIsRequested(t *testing.T) {
	c, server := asked(t, ststest.Success(time.Hour))
	if _, err := c.AssumeRoleWithWebIdentity(t.Context(), request()); err != nil {
		t.Fatal(err)
	}
	if form := server.Requests()[0].Form; len(form) != 3 {
		t.Errorf("parameters %v", form)
	}
}

// Plain HTTP and odd addresses are refused.
func TestRule27_plainHTTPAndOddAddresses(t *testing.T) {
	for endpoint, ok := range map[string]bool{
		"https://minio.example": true, "https://minio.example:9000/sts": true, "http://127.0.0.1:9000": true, "http://[::1]:9000": true,
		"http://localhost:9000": true, "http://minio.example": false, "http://127.0.0.1.example": false, "ftp://minio.example": false,
		"minio.example": false, "https://user:pw@minio.example": false, "https://minio.example?x=1": false, "": false,
	} {
		_, err := stsclient.New(stsclient.Config{Endpoint: endpoint})
		if (err == nil) != ok {
			t.Errorf("%q: %v", endpoint, err)
		}
		if err != nil && strings.Contains(err.Error(), "pw") {
			t.Errorf("%q is quoted with its password: %v", endpoint, err)
		}
	}
}

func TestRule27_noRedirectIsFollowed(t *testing.T) {
	elsewhere := ststest.New(t).Listen()
	for _, status := range []int{301, 302, 303, 307, 308} {
		server := ststest.New(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, status) }).Listen()
		c, err := stsclient.New(stsclient.Config{Endpoint: server.URL})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.AssumeRoleWithWebIdentity(t.Context(), request())
		var e *stsclient.Error
		if !errors.As(err, &e) || e.Kind != stsclient.KindRedirect {
			t.Errorf("%d: %v", status, err)
		}
	}
	if n := len(elsewhere.Requests()); n != 0 {
		t.Errorf("the other address was asked %d times", n)
	}
}

// Who has entered the address of a console or of a web page is told so, and where it leads; the rest of that may be secret.
func TestClient_redirectIsNamed(t *testing.T) {
	r := request()
	for location, want := range map[string]string{
		"/login":                   "http://HOST/login",
		"/login?redirect=%2F#/s3x": "http://HOST/login",
		"https://u:pw@console.example/browser?code=s3x":          "https://console.example/browser",
		"https://console.example/" + r.WebIdentityToken.Reveal(): "https://console.example/" + secret.Redacted + "",
		"https://console.example/a\u202eb":                       "https://console.example/a%E2%80%AEb",
		"https://console.example/" + strings.Repeat("a/", 200):   "…",
		"": "",
	} {
		server := ststest.New(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", location)
			w.WriteHeader(http.StatusFound)
		}).Listen()
		c, err := stsclient.New(stsclient.Config{Endpoint: server.URL})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.AssumeRoleWithWebIdentity(t.Context(), r)
		var e *stsclient.Error
		if !errors.As(err, &e) || e.Kind != stsclient.KindRedirect {
			t.Fatalf("%q: %v", location, err)
		}
		want = strings.ReplaceAll(want, "HOST", strings.TrimPrefix(server.URL, "http://"))
		if s := e.Subject(); !strings.HasSuffix(s, want) || (s == "") != (want == "") || strings.Contains(s+e.Quote(), "s3x") || strings.Contains(s+e.Quote(), "pw@") {
			t.Errorf("%q: %s", location, s)
		}
	}
}

// The certificate is verified, and a file adds an authority.
func TestRule4_certificatesAndCAFile(t *testing.T) {
	server := httptest.NewTLSServer(ststest.New(t, ststest.Success(time.Hour)))
	defer server.Close()
	server.Config.ErrorLog = nil
	strict, err := stsclient.New(stsclient.Config{Endpoint: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	_, err = strict.AssumeRoleWithWebIdentity(t.Context(), request())
	var e *stsclient.Error
	if !errors.As(err, &e) || e.Kind != stsclient.KindCertificate || stsclient.IsTransient(err) {
		t.Fatalf("an unknown authority: %v", err)
	}
	trusting, err := stsclient.New(stsclient.Config{Endpoint: server.URL, CAFile: caFile(t, server)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := trusting.AssumeRoleWithWebIdentity(t.Context(), request()); err != nil {
		t.Fatal(err)
	}
	if _, err := stsclient.New(stsclient.Config{Endpoint: server.URL, CAFile: "/nowhere.pem"}); err == nil {
		t.Error("a CA file that is not there is ignored")
	}
}

// A request is repeated only if the server did nothing with it.
func TestClient_retries(t *testing.T) {
	notReady := ststest.ErrorAnswer(503, "STSIAMNotInitialized", "please try again")
	for name, c := range map[string]struct {
		queue []ststest.Answer
		tries int
		ok    bool
	}{
		"ready at the third": {[]ststest.Answer{notReady, notReady, ststest.Success(time.Hour)}, 3, true},
		"never ready":        {[]ststest.Answer{notReady, notReady, notReady}, 3, false},
		"another 503":        {[]ststest.Answer{ststest.ErrorAnswer(503, "SlowDown", "x")}, 1, false},
		"a fault":            {[]ststest.Answer{ststest.ErrorAnswer(500, "InternalError", "x")}, 1, false},
		"a refusal":          {[]ststest.Answer{ststest.ErrorAnswer(400, "InvalidParameterValue", "Token is expired")}, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, server := asked(t, c.queue...)
				_, err := client.AssumeRoleWithWebIdentity(t.Context(), request())
				if (err == nil) != c.ok || len(server.Requests()) != c.tries {
					t.Fatalf("%d tries, %v", len(server.Requests()), err)
				}
			})
		})
	}
}

// A connection that breaks means unreachable, and the request is not repeated.
func TestClient_brokenConnection(t *testing.T) {
	server := ststest.New(t, ststest.Drop()).Listen()
	c, err := stsclient.New(stsclient.Config{Endpoint: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.AssumeRoleWithWebIdentity(t.Context(), request())
	var e *stsclient.Error
	if !errors.As(err, &e) || e.Kind != stsclient.KindUnreachable || !stsclient.IsTransient(err) || len(server.Requests()) != 1 {
		t.Fatalf("%d tries, %v", len(server.Requests()), err)
	}
}

// A call that is canceled is reported as such.
func TestClient_canceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := ststest.New(t, func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() }).Listen()
	c, err := stsclient.New(stsclient.Config{Endpoint: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.AssumeRoleWithWebIdentity(ctx, request()); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

func TestRule32_noErrorQuotesAToken(t *testing.T) {
	echo := ststest.ErrorAnswer(400, "InvalidParameterValue", "bad token "+token+"\x1b[31m and "+strings.Repeat("long ", 400))
	c, _ := asked(t, echo)
	_, err := c.AssumeRoleWithWebIdentity(t.Context(), request())
	var e *stsclient.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	for _, text := range []string{e.Error(), e.Subject(), e.Quote(), fmt.Sprintf("%+v %#v", err, e)} {
		if strings.Contains(text, token) || strings.ContainsRune(text, '\x1b') || len(text) > 4000 {
			t.Errorf("%d characters: %.300q", len(text), text)
		}
	}
}

// Long tokens are sent, with a warning.
func TestClient_longTokens(t *testing.T) {
	long := strings.Repeat("x", stsclient.DocumentedTokenLength+1)
	c, _ := asked(t, ststest.SuccessWith("A", "S", strings.Repeat("t", stsclient.MaxSessionToken+1), time.Now().Add(time.Hour)), ststest.Success(time.Hour))
	res, err := c.AssumeRoleWithWebIdentity(t.Context(), stsclient.Request{WebIdentityToken: secret.New(long)})
	if err != nil || fmt.Sprint(res.Warnings) != "[long-token session-token-too-long]" {
		t.Fatalf("%v, %v", res, err)
	}
	if res, err = c.AssumeRoleWithWebIdentity(t.Context(), request()); err != nil || len(res.Warnings) != 0 {
		t.Fatalf("%v, %v", res, err)
	}
}

// The clock skew is the server's date minus the local one.
func TestClockSkew_sign(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, skew := range []time.Duration{0, 3 * time.Hour, -40 * time.Minute} {
			c, _ := asked(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Date", time.Now().Add(skew).UTC().Format(http.TimeFormat))
				ststest.Success(time.Hour)(w, r)
			})
			res, err := c.AssumeRoleWithWebIdentity(t.Context(), request())
			if err != nil || (res.ClockSkew-skew).Abs() > time.Second {
				t.Errorf("skew %v, want %v (%v)", res.ClockSkew, skew, err)
			}
		}
	})
}

// Retry-After is limited.
func TestRetryAfter_bounds(t *testing.T) {
	for header, want := range map[string]time.Duration{"7": 7 * time.Second, "999999": 10 * time.Minute, "-1": 0, "soon": 0} {
		c, _ := asked(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", header)
			ststest.ErrorAnswer(429, "SlowDown", "x")(w, r)
		})
		_, err := c.AssumeRoleWithWebIdentity(t.Context(), request())
		var e *stsclient.Error
		if !errors.As(err, &e) || e.RetryAfter != want {
			t.Errorf("%q: %v", header, err)
		}
	}
}

func caFile(t *testing.T, server *httptest.Server) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pemOf(server.Certificate()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
