package slowproxy_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"daypass/sandbox/slowproxy"
)

// A new connection costs a round trip before its first request, and each request one more.
func TestLine_roundTrips(t *testing.T) {
	const delay = 30 * time.Millisecond
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) }))
	defer server.Close()
	line, err := slowproxy.New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer line.Close()
	line.Delay.Store(int64(delay))
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for i, least := range []time.Duration{4 * delay, 2 * delay} {
		began := time.Now()
		if got := echo(t, client, line.URL, "hello"); got != "hello" {
			t.Errorf("%q came back", got)
		}
		if took := time.Since(began); took < least {
			t.Errorf("request %d took %v, less than %v", i, took, least)
		}
	}
	if n := line.Reset(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

// What is long comes back as it was, through stalls and a change of the delay.
func TestLine_content(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) }))
	defer server.Close()
	line, err := slowproxy.New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer line.Close()
	line.Delay.Store(int64(2 * time.Millisecond))
	line.StallEvery.Store(1 << 20)
	line.StallFor.Store(int64(time.Millisecond))
	content := strings.Repeat("0123456789abcde\n", 1<<18)
	if got := echo(t, http.DefaultClient, line.URL, content); got != content {
		t.Errorf("%d bytes came back, or others", len(got))
	}
	if n := line.Carried.Load(); n < int64(2*len(content)) {
		t.Errorf("%d bytes were carried", n)
	}
}

func echo(t *testing.T, client *http.Client, url, content string) string {
	t.Helper()
	res, err := client.Post(url, "text/plain", strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}
