package buckets

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/auth/secret"
)

// sharing is a client whose keys end in left.
func sharing(t *testing.T, left time.Duration) *Client {
	t.Helper()
	c, err := Open(Server{Endpoint: "https://s3.example.com:9000", Region: "eu-north-7"}, func(context.Context) (app.Credentials, error) {
		k := app.Credentials{AccessKeyID: "AK", SecretAccessKey: secret.New(testSecret), SessionToken: secret.New(testSession)}
		if left != 0 {
			k.ExpiresAt = time.Now().Add(left)
		}
		return k, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A link reports when it really expires.
func TestPresign_realExpiry(t *testing.T) {
	for _, c := range []struct {
		keys, asked, lives time.Duration
		capped             bool
	}{
		{2 * time.Hour, time.Hour, time.Hour, false},
		{time.Hour, 24 * time.Hour, time.Hour, true},
		{30 * 24 * time.Hour, 30 * 24 * time.Hour, MaxLinkLifetime, false},
		{0, time.Hour, time.Hour, false},
	} {
		l, err := sharing(t, c.keys).Share(t.Context(), "lake", "a", "", c.asked)
		if err != nil {
			t.Fatal(err)
		}
		u, _ := url.Parse(l.URL.Reveal())
		seconds, _ := strconv.Atoi(u.Query().Get("X-Amz-Expires"))
		signed, _ := time.Parse("20060102T150405Z", u.Query().Get("X-Amz-Date"))
		end := signed.Add(time.Duration(seconds) * time.Second)
		if deviation := time.Until(l.ExpiresAt) - c.lives; deviation < -30*time.Second || deviation > 0 || l.Capped != c.capped {
			t.Errorf("keys for %v, %v asked: lives %v, capped %v", c.keys, c.asked, time.Until(l.ExpiresAt), l.Capped)
		}
		if skew := end.Sub(l.ExpiresAt); skew < -30*time.Second || skew > 30*time.Second {
			t.Errorf("the link ends %v, and Ends says %v", end, l.ExpiresAt)
		}
		if u.Query().Get("X-Amz-Security-Token") != testSession || !strings.Contains(u.Query().Get("X-Amz-Credential"), "/eu-north-7/") {
			t.Errorf("signed as %v", u.Query())
		}
		if text := fmt.Sprintf("%v %+v %#v", l, l, l); strings.Contains(text, "Signature") {
			t.Errorf("the link prints as %s", text)
		}
	}
}

func TestPresign_object(t *testing.T) {
	l, err := sharing(t, time.Hour).Share(t.Context(), "lake", "2026/a b+c#ü?.csv", "v1", time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	raw := l.URL.Reveal()
	if !strings.HasPrefix(raw, "https://s3.example.com:9000/lake/2026/a%20b%2Bc%23%C3%BC%3F.csv?") || !strings.Contains(raw, "versionId=v1") {
		t.Errorf("the link is %s", raw)
	}
}

// Without credentials there is no link.
func TestPresign_withoutCredentials(t *testing.T) {
	for left, kind := range map[time.Duration]Kind{-time.Minute: CredentialsExpired, time.Hour: InvalidName} {
		key := "a"
		if kind == InvalidName {
			key = ""
		}
		var e *Error
		if _, err := sharing(t, left).Share(t.Context(), "lake", key, "", time.Hour); !errors.As(err, &e) || e.Kind != kind {
			t.Errorf("%v: %v", left, err)
		}
	}
}

// The command for curl takes names as they are.
func TestCurl_names(t *testing.T) {
	l := Link{URL: secret.New("https://x/?a=b&c=d")}
	for name, want := range map[string]string{
		"a b.csv":     `curl --fail --output 'a b.csv' 'https://x/?a=b&c=d'`,
		"it's; rm -r": `curl --fail --output 'it'\''s; rm -r' 'https://x/?a=b&c=d'`,
		"-o":          `curl --fail --output './-o' 'https://x/?a=b&c=d'`,
	} {
		if got := l.Curl(name).Reveal(); got != want {
			t.Errorf("%q: %s", name, got)
		}
	}
}
