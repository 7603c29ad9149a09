package share_test

import (
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/auth/secret"
	"daypass/ui/share"
	"daypass/ui/uitest"
)

func TestPresent_states(t *testing.T) {
	link := func(end time.Duration, capped bool) *buckets.Link {
		return &buckets.Link{URL: secret.New("https://s3.example.com/x"), ExpiresAt: uitest.Now.Add(end), Capped: capped}
	}
	for _, tt := range []struct {
		name         string
		in           share.State
		ready, renew bool
		ends, capped string
		problem      string
	}{
		{"at first", share.State{}, false, false, "Creating the link", "", ""},
		{"today", share.State{Link: link(time.Hour, false)}, true, false, "Expires today 11:15, in 1 h", "", ""},
		{"tomorrow", share.State{Link: link(24*time.Hour, false)}, true, false, "Expires tomorrow 10:15, in 1 d", "", ""},
		{"in days", share.State{Link: link(7*24*time.Hour, false)}, true, false, "Expires 11 Mar 2026 10:15, in 7 d", "", ""},
		{"with the keys", share.State{Link: link(20*time.Minute, true)}, true, false, "Expires today 10:35, in 20 min", "The link expires with the credentials that signed it.", ""},
		{"with keys that renew", share.State{Link: link(20*time.Minute, true), Renews: true}, true, true, "Expires today 10:35, in 20 min", "The link expires with the credentials that signed it. Renew them first to get a link that is valid longer.", ""},
		{"renewing", share.State{Link: link(20*time.Minute, true), Renews: true, Renewing: true}, false, false, "Waiting for new credentials", "", ""},
		{"refused", share.State{Problem: &app.Problem{Title: "No", Detail: "Because."}}, false, false, "", "", "No. Because."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := share.Present(tt.in, uitest.Now)
			if got.Ready != tt.ready || got.Renew != tt.renew || got.Ends != tt.ends || got.Capped != tt.capped || got.Problem != tt.problem {
				t.Errorf("%+v", got)
			}
		})
	}
}

// No word on screen holds the link itself: it is as good as a credential.
func TestPresent_showsNoLink(t *testing.T) {
	m := share.Present(share.State{Name: "x", Link: &buckets.Link{URL: secret.New("https://hidden"), ExpiresAt: uitest.Now.Add(time.Hour)}}, uitest.Now)
	for _, text := range []string{m.Title, m.Text, m.Ends, m.Capped, m.Problem, m.Note} {
		if strings.Contains(text, "hidden") {
			t.Errorf("%q", text)
		}
	}
}
