package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"daypass/sandbox/rawhttp"
	"daypass/sandbox/servers"
)

// signOutSettle lets the agent give the vault a new key and the keyring its copy, which follow a sign-out.
const signOutSettle = 5 * time.Second

// overhead times what Daypass does between the browser's arrival at its callback and keys that can
// be used, against the two requests that nobody can do without. All sessions have ended before.
func overhead(ctx context.Context, sandbox *servers.Sandbox, a *agent, _ string) ([]figure, error) {
	say("signing in %d times with Daypass and without", sessions)
	for i := range sessions {
		if err := a.do(id(i), "sign-out"); err != nil {
			return nil, err
		}
	}
	time.Sleep(signOutSettle)
	var ours, theirs []float64
	for i := range sessions {
		took, err := signIn(ctx, a, id(i))
		if err != nil {
			return nil, err
		}
		ours = append(ours, milliseconds(took))
		if took, err = bareSignIn(ctx, sandbox); err != nil {
			return nil, err
		}
		theirs = append(theirs, milliseconds(took))
	}
	of := fmt.Sprintf("%.1f ms with Daypass, %.1f ms for two bare requests, medians of %d", median(ours), median(theirs), sessions)
	return []figure{atMost("signin_overhead_ms", median(ours)-median(theirs), "ms", 10, of)}, nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// signIn signs in to a connection as Ada with the bench's own hands, and gives the time from the
// callback to the news that the session is active.
func signIn(ctx context.Context, a *agent, id string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	news, err := a.watch(ctx, id)
	if err != nil {
		return 0, err
	}
	if err := a.do(id, "sign-in"); err != nil {
		return 0, err
	}
	if err := reach(news, "signing-in", true); err != nil {
		return 0, err
	}
	link, err := a.link(id)
	if err != nil {
		return 0, err
	}
	callback, err := rawhttp.Visit(ctx, link, servers.Ada.Email, servers.Ada.Password)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	page := make(chan error, 1)
	go func() { page <- open(ctx, callback) }()
	if err := reach(news, "active", false); err != nil {
		return 0, err
	}
	took := time.Since(start)
	return took, <-page
}

// open reads the page at the callback, as the browser does.
func open(ctx context.Context, address string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}

// bareSignIn does the same with nothing but the token request and the STS request.
func bareSignIn(ctx context.Context, sandbox *servers.Sandbox) (time.Duration, error) {
	request := rawhttp.NewRequest(sandbox.Issuer, servers.ClaimClient)
	callback, err := rawhttp.Visit(ctx, request.Link(), servers.Ada.Email, servers.Ada.Password)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	token, err := request.Tokens(ctx, http.DefaultClient, callback)
	if err != nil {
		return 0, err
	}
	_, err = rawhttp.AssumeRole(ctx, http.DefaultClient, sandbox.Endpoint, token, "")
	return time.Since(start), err
}
