package credentials_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"daypass/app/credentials"
	"daypass/auth/secret"
)

var sample = credentials.Credentials{
	AccessKeyID: "AKID", SecretAccessKey: secret.New("hush-key"), SessionToken: secret.New("hush-token"),
	ExpiresAt: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
}

const golden = `{"access_key_id":"AKID","secret_access_key":"hush-key","session_token":"hush-token","expires_at":"2026-03-02T09:00:00Z"}`

func TestPlain_format(t *testing.T) {
	text, err := json.Marshal(sample.Plain())
	if err != nil || string(text) != golden {
		t.Errorf("%s %v", text, err)
	}
	var p credentials.Plain
	if err := json.Unmarshal([]byte(golden), &p); err != nil || p.Credentials().Plain() != sample.Plain() {
		t.Errorf("%+v %v", p.Credentials(), err)
	}
}

func TestCredentials_noSecretInText(t *testing.T) {
	type embedding struct {
		credentials.Credentials
		Name string
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		if text := fmt.Sprintf(verb, embedding{sample, "x"}); strings.Contains(text, "hush") || strings.Contains(text, "68757368") {
			t.Errorf("%s: %s", verb, text)
		}
	}
	if text, err := json.Marshal(embedding{sample, "x"}); err == nil && strings.Contains(string(text), "hush") {
		t.Errorf("%s", text)
	}
}

func TestCredentials_live(t *testing.T) {
	if !sample.Valid(sample.ExpiresAt.Add(-time.Nanosecond)) || sample.Valid(sample.ExpiresAt) || (credentials.Credentials{}).Valid(sample.ExpiresAt) {
		t.Error("live at another time than before the expiry")
	}
}
