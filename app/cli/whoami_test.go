package cli

import (
	"slices"
	"testing"
	"time"
)

func TestNamesIn_claim(t *testing.T) {
	for name, c := range map[string]struct {
		claim any
		want  []string
	}{
		"a list": {[]any{"readwrite", "diagnostics", "readwrite", 7}, []string{"diagnostics", "readwrite"}},
		"commas": {"readwrite, diagnostics,", []string{"diagnostics", "readwrite"}},
		"none":   {nil, nil},
		"number": {7.0, nil},
	} {
		if got := namesIn(c.claim); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestWhoIs_rows(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	who := whoIs{Connection: "Lake", User: "ada@example.com", Issuer: "https://login.example/realms/x", Endpoint: "https://s3.example:9000", ExpiresAt: now.Add(42 * time.Minute)}
	if got := who.rows(now); len(got) != 5 || got[2][1] != "login.example" || got[3][1] != "s3.example:9000" {
		t.Errorf("%q", got)
	}
	who.RoleARN, who.Policies, who.Groups, who.Limited, who.ARN, who.Account, who.UserID = "arn:role", []string{"readwrite"}, []string{"ada", "devs"}, true, "arn:aws", "1", "u\x1b"
	got := who.rows(now)
	if len(got) != 12 || got[7][1] != "ada, devs" || got[11][1] == "u\x1b" {
		t.Errorf("%q", got)
	}
}
