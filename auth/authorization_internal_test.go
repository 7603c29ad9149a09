package auth

import (
	"context"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"daypass/auth/oidctest"
)

// A link that refers to a pushed request is renewed before it expires, for as long as the sign-in waits.
func TestLinks_renewedBeforeTheyExpire(t *testing.T) {
	issuer := oidctest.NewInMemory("https://login.example")
	issuer.Behave(func(b *oidctest.Behavior) { b.Pushed, b.PushedOnly = true, true })
	synctest.Test(t, func(t *testing.T) {
		client, err := New(Config{Issuer: issuer.URL, ClientID: oidctest.ClientID}, WithTransport(issuer.Transport()))
		if err != nil {
			t.Fatal(err)
		}
		client.redirects.listen = func(string, string) (net.Listener, error) { return newSilent("127.0.0.1", 4711), nil }
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Second)
		defer cancel()
		seen := map[string]time.Duration{}
		start := time.Now()
		_, _ = client.SignIn(ctx, SignInRequest{OnLink: func(link string) { seen[link] = time.Since(start) }})
		synctest.Wait()
		if len(seen) != 3 { // at once, and after 45 and 90 of each 60 seconds
			t.Errorf("links at %v", seen)
		}
		for link := range seen {
			if !strings.Contains(link, "request_uri=") {
				t.Errorf("shown: %s", link)
			}
		}
	})
}
