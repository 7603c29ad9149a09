package stsclient_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/stsclient"
	"daypass/stsclient/ststest"
)

func refusedWith(t *testing.T, answer ststest.Answer) *stsclient.Error {
	t.Helper()
	c, _ := asked(t, answer)
	_, err := c.AssumeRoleWithWebIdentity(t.Context(), request())
	var e *stsclient.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v", err)
	}
	return e
}

// The errors of SeaweedFS, Versity, RustFS, Ceph and AWS are each a problem of its own.
func TestError_recordedOtherServers(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.http")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(file), "testdata/"), ".http")
		if want, known := recordedElsewhere[name]; known {
			testRecorded(t, file, want)
		} else if !strings.HasPrefix(name, "minio/") {
			t.Errorf("%s is not in the table", name)
		}
	}
}

// The lifetimes that a server accepts are in its words.
func TestError_durationLimits(t *testing.T) {
	for message, c := range map[string]struct{ low, high time.Duration }{
		"DurationSeconds must be between 900 and 43200 seconds":                                          {15 * time.Minute, 12 * time.Hour},
		"Value '604800' at 'durationSeconds' failed: Member must have value less than or equal to 43200": {0, 12 * time.Hour},
		"Value '60' at 'durationSeconds' failed: Member must have value greater than or equal to 900":    {15 * time.Minute, 0},
		"DurationSeconds exceeds maximum of 5400":                                                        {0, 90 * time.Minute},
		"The requested DurationSeconds exceeds the MaxSessionDuration set for this role.":                {0, 0},
		"DurationSeconds must be between 900 and 99999999999999999999 seconds":                           {15 * time.Minute, 0},
	} {
		e := refusedWith(t, ststest.ErrorAnswer(400, "ValidationError", message))
		if e.Kind != stsclient.KindDuration || e.MinDuration != c.low || e.MaxDuration != c.high || e.Message == "" {
			t.Errorf("%q: %s, %v to %v", message, e.Kind, e.MinDuration, e.MaxDuration)
		}
	}
}

// The server's own words are there for every error.
func TestError_serverMessage(t *testing.T) {
	for _, code := range []string{"AccessDenied", "ExpiredTokenException", "SlowDown", "NeverHeardOf", "PackedPolicyTooLarge", "MethodNotAllowed"} {
		if e := refusedWith(t, ststest.ErrorAnswer(403, code, "Quite particular words.")); e.Quote() != code+": Quite particular words." {
			t.Errorf("%s: %s", code, e.Quote())
		}
	}
	if e := refusedWith(t, ststest.Raw(403, "", "")); e.Kind != stsclient.KindSilent || e.ServerMessage() != "" {
		t.Errorf("%s: %s", e.Kind, e.ServerMessage())
	}
}

// What an STS of another address or port answers at this one names the setting.
func TestError_wrongAddress(t *testing.T) {
	for name, answer := range map[string]ststest.Answer{
		"405": ststest.Raw(405, "", ""), "404": ststest.Raw(404, "text/plain", "404 page not found"), "501": ststest.Raw(501, "", ""),
		"S3's 405":  ststest.Raw(405, "application/xml", "<Error><Code>MethodNotAllowed</Code><Message>no</Message></Error>"),
		"S3's 501":  ststest.Raw(501, "application/xml", "<Error><Code>NotImplemented</Code><Message>no</Message></Error>"),
		"no bucket": ststest.Raw(404, "application/xml", "<Error><Code>NoSuchBucket</Code><Message>no</Message></Error>"),
	} {
		if e := refusedWith(t, answer); e.Kind != stsclient.KindNoSTS {
			t.Errorf("%s: %s", name, e.Kind)
		}
	}
}

// A token that is too long is recognized by the status too.
func TestError_tokenTooLong(t *testing.T) {
	for _, status := range []int{413, 431} {
		for _, body := range []string{"", "<html><h1>413 Request Entity Too Large</h1>nginx</html>"} {
			if e := refusedWith(t, ststest.Raw(status, "text/html", body)); e.Kind != stsclient.KindRequestTooLong {
				t.Errorf("%d: %s", status, e.Kind)
			}
		}
	}
}

// The signing keys that a server could not fetch may be there a moment later.
func TestError_unreachableProvider(t *testing.T) {
	e := refusedWith(t, ststest.File(t, "testdata/aws/jwks-unreachable.http"))
	if !stsclient.IsTransient(e) {
		t.Error("given up")
	}
	if e := refusedWith(t, ststest.File(t, "testdata/aws/audience.http")); stsclient.IsTransient(e) {
		t.Error("a wrong audience is tried again")
	}
}

// The error names what another server refuses.
func TestError_refusedByOtherServers(t *testing.T) {
	for file, want := range map[string]string{
		"seaweedfs/role-unknown": "ReadOnly", "seaweedfs/key-type": "OKP", "seaweedfs/key-curve": "secp256k1", "versity/claim-missing": "iat",
		"aws/provider-unknown": "https://login.example/realms/lake", "seaweedfs/provider-unknown": "https://login.example/realms/lake",
		"rustfs/issuer-unknown": "https://login.example/realms/lake", "rustfs/iss-missing": "iss",
	} {
		e := refusedWith(t, ststest.File(t, "testdata/"+file+".http"))
		if e.Subject() != want {
			t.Errorf("%s: %s", file, e.Subject())
		}
	}
}
