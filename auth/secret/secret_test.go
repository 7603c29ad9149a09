package secret_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"daypass/auth/secret"
)

const hidden = "hunter2-correct-horse"

type outer struct {
	Exported secret.Secret
	hidden   secret.Secret
	nested   struct{ deep *secret.Secret }
	list     []secret.Secret
	table    map[string]secret.Secret
	boxed    any
}

type envelope struct{ S secret.Secret }

func sample() outer {
	s := secret.New(hidden)
	o := outer{Exported: s, hidden: s, list: []secret.Secret{s}, table: map[string]secret.Secret{"k": s}, boxed: s}
	o.nested.deep = &s
	return o
}

// Rule 32 begins here: whatever prints a Secret, or something that holds one, prints no secret.
func TestRule32_noVerbPrintsASecret(t *testing.T) {
	s := secret.New(hidden)
	o := sample()
	for _, verb := range "vsqxXdobcUeEfFgGtTp" {
		for _, flag := range []string{"", "+", "#", " ", "0", "-", "20", ".3", "#+"} {
			format := "%" + flag + string(verb)
			for _, v := range []any{s, &s, o, &o, []any{s}, errors.Join(fmt.Errorf("wrapped %v", s))} {
				if out := fmt.Sprintf(format, v); leaks(out) {
					t.Errorf("%s of %T prints %q", format, v, out)
				}
			}
		}
	}
}

func TestRule32_noEncoderPrintsASecret(t *testing.T) {
	o := sample()
	var text, jsonLog bytes.Buffer
	slog.New(slog.NewTextHandler(&text, nil)).Info("m", "s", o.Exported, "o", o, "p", &o)
	slog.New(slog.NewJSONHandler(&jsonLog, nil)).Info("m", "s", o.Exported, "o", o, "p", &o)
	asJSON, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	asXML, err := xml.Marshal(envelope{o.Exported})
	if err != nil {
		t.Fatal(err)
	}
	for name, out := range map[string]string{"slog text": text.String(), "slog JSON": jsonLog.String(), "json": string(asJSON), "xml": string(asXML)} {
		if leaks(out) {
			t.Errorf("%s holds the secret: %s", name, out)
		}
		if name != "json" && !strings.Contains(out, secret.Redacted) {
			t.Errorf("%s does not say that something is hidden: %s", name, out)
		}
	}
}

func TestSecret_zeroAndEqual(t *testing.T) {
	if !secret.New("").IsZero() || secret.New("x").IsZero() {
		t.Error("IsZero is wrong")
	}
	if got := secret.New(hidden).Reveal(); got != hidden {
		t.Errorf("Reveal = %q", got)
	}
	if !secret.New("a").Equal(secret.New("a")) || secret.New("a").Equal(secret.New("b")) {
		t.Error("Equal is wrong")
	}
	if got := fmt.Sprint(secret.Secret{}); got != "" {
		t.Errorf("an empty secret prints %q, which looks as if there were one", got)
	}
}

func leaks(out string) bool {
	return strings.Contains(out, hidden) || strings.Contains(out, "hunter2") ||
		strings.Contains(strings.ToLower(out), fmt.Sprintf("%x", "hunter2"))
}

// A server's message is scrubbed.
func TestRule21_serverMessageIsScrubbed(t *testing.T) {
	const jwt = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"
	long := strings.Repeat("aB3_", 12)
	for _, c := range []struct{ said, want string }{
		{"the token " + jwt + " is bad", "the token [redacted] is bad"},
		{"it begins with " + jwt[:25], "it begins with [redacted]"},
		{"code=" + hidden + "&x", "code=[redacted]&x"},
		{"key " + long, "key [redacted]"},
		{"There is no bucket data-2026 at arn:minio:iam:::role/MzwyYPnUWmuwMmJWEAH3df0TaIo.", "There is no bucket data-2026 at arn:minio:iam:::role/MzwyYPnUWmuwMmJWEAH3df0TaIo."},
	} {
		if got := secret.Scrub(c.said, secret.New(hidden), secret.Secret{}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
