package endpoint

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"daypass/app/broker/clients"
	"daypass/app/credentials"
	"daypass/app/tools"
	"daypass/auth/secret"
)

// desk is an endpoint that listens, and one client of it.
type desk struct {
	t        *testing.T
	list     *clients.List
	endpoint *Endpoint
	url      string
	client   clients.Client
	token    string
	fail     error
}

func open(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, list: clients.New()}
	d.endpoint = New(d.list, func(c clients.Client) (tools.Access, error) {
		return tools.Access{
			Connection: c.Connection, Credentials: credentials.Credentials{
				AccessKeyID: "AKID", SecretAccessKey: secret.New("hush"), SessionToken: secret.New("hush-token"), ExpiresAt: time.Unix(1_900_000_000, 0),
			},
		}, d.fail
	}, slog.New(slog.DiscardHandler))
	c, token, err := d.list.Add("lake", clients.NewClient{Name: "test"})
	if err != nil {
		t.Fatal(err)
	}
	d.client, d.token = c, token.Reveal()
	if d.url, err = d.endpoint.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.endpoint.Close)
	return d
}

// ask makes a request that change may spoil.
func (d *desk) ask(change func(*http.Request)) (int, http.Header, string) {
	d.t.Helper()
	req, err := http.NewRequest(http.MethodGet, d.url, http.NoBody)
	if err != nil {
		d.t.Fatal(err)
	}
	req.Header.Set("Authorization", d.token)
	if change != nil {
		change(req)
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(body)
}

// answers reports whether the endpoint is there and takes the token.
func (d *desk) answers(token string) bool {
	req, err := http.NewRequest(http.MethodGet, d.url, http.NoBody)
	if err != nil {
		d.t.Fatal(err)
	}
	req.Header.Set("Authorization", token)
	answer, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// The token gets the credentials.
func TestRule28_returnsCredentialsForToken(t *testing.T) {
	d := open(t)
	status, header, body := d.ask(nil)
	var got map[string]string
	if err := json.Unmarshal([]byte(body), &got); err != nil || status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	if got["AccessKeyId"] != "AKID" || got["SecretAccessKey"] != "hush" || got["Token"] != "hush-token" || got["Expiration"] != "2030-03-17T17:46:40Z" {
		t.Errorf("%v", got)
	}
	if header.Get("Cache-Control") != "no-store" || header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%v", header)
	}
	seen := d.list.Of("lake")
	if len(seen) != 1 || seen[0].Fetches != 1 || seen[0].LastFetch.IsZero() {
		t.Errorf("%+v", seen)
	}
	if len(d.token) != 43 {
		t.Errorf("a token of %d characters has less than 256 bits", len(d.token))
	}
}

// Every other request is refused.
func TestRule28_refusesEverybodyElse(t *testing.T) {
	d := open(t)
	address, _ := url.Parse(d.url)
	tests := map[string]struct {
		change func(*http.Request)
		status int
	}{
		"no token":            {func(r *http.Request) { r.Header.Del("Authorization") }, 401},
		"an empty one":        {func(r *http.Request) { r.Header.Set("Authorization", "") }, 401},
		"a wrong one":         {func(r *http.Request) { r.Header.Set("Authorization", strings.Repeat("A", len(d.token))) }, 401},
		"the beginning of it": {func(r *http.Request) { r.Header.Set("Authorization", d.token[:len(d.token)-1]) }, 401},
		"more than it":        {func(r *http.Request) { r.Header.Set("Authorization", d.token+"A") }, 401},
		"two of them":         {func(r *http.Request) { r.Header.Add("Authorization", d.token) }, 401},
		"in the query":        {func(r *http.Request) { r.Header.Del("Authorization"); r.URL.RawQuery = "Authorization=" + d.token }, 401},
		"another host":        {func(r *http.Request) { r.Host = "attacker.example" }, 403},
		"another port":        {func(r *http.Request) { r.Host = "127.0.0.1:1" }, 403},
		"a host that is ours only at its beginning": {func(r *http.Request) { r.Host = address.Host + ".attacker.example" }, 403},
		"no port":          {func(r *http.Request) { r.Host = "127.0.0.1" }, 403},
		"an origin":        {func(r *http.Request) { r.Header.Set("Origin", "https://attacker.example") }, 403},
		"its own origin":   {func(r *http.Request) { r.Header.Set("Origin", "http://"+address.Host) }, 403},
		"the origin null":  {func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
		"an empty origin":  {func(r *http.Request) { r.Header["Origin"] = []string{""} }, 403},
		"a browser":        {func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "none") }, 403},
		"POST":             {func(r *http.Request) { r.Method = http.MethodPost }, 405},
		"PUT":              {func(r *http.Request) { r.Method = http.MethodPut }, 405},
		"HEAD":             {func(r *http.Request) { r.Method = http.MethodHead }, 405},
		"OPTIONS":          {func(r *http.Request) { r.Method = http.MethodOptions }, 405},
		"TRACE":            {func(r *http.Request) { r.Method = "TRACE" }, 405},
		"another path":     {func(r *http.Request) { r.URL.Path = "/" }, 404},
		"a path below":     {func(r *http.Request) { r.URL.Path += "/x" }, 404},
		"an indirect path": {func(r *http.Request) { r.URL.Path = "/x/.." + r.URL.Path }, 404},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			status, header, body := d.ask(tt.change)
			if status != tt.status || strings.Contains(body, "hush") || strings.Contains(body, "AKID") {
				t.Errorf("%d %s", status, body)
			}
			if header.Get("Cache-Control") != "no-store" {
				t.Errorf("%v", header)
			}
			for h := range header {
				if strings.HasPrefix(h, "Access-Control-") {
					t.Errorf("%s is set", h)
				}
			}
		})
	}
	if seen := d.list.Of("lake")[0]; seen.Fetches != 0 {
		t.Errorf("%+v", seen)
	}
	local := "localhost:" + address.Port()
	if status, _, body := d.ask(func(r *http.Request) { r.Host = local }); status != 200 {
		t.Errorf("localhost: %d %s", status, body)
	}
}

// One client's token is not another's.
func TestRule28_tokenIsOfOneClient(t *testing.T) {
	d := open(t)
	_, other, err := d.list.Add("archive", clients.NewClient{Name: "other"})
	if err != nil {
		t.Fatal(err)
	}
	d.list.Command("lake", "aws") // has no token, so that no token is its own
	if err := d.list.Revoke(d.client.ID); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := d.ask(nil); status != 401 {
		t.Errorf("a revoked token gives %d", status)
	}
	d.token = other.Reveal()
	if status, _, _ := d.ask(nil); status != 200 {
		t.Errorf("the other one gives %d", status)
	}
}

// A paused client, and one without credentials, is told why.
func TestEndpoint_pausedOrWithoutCredentials(t *testing.T) {
	d := open(t)
	if err := d.list.Pause(d.client.ID, true); err != nil {
		t.Fatal(err)
	}
	if status, _, body := d.ask(nil); status != 403 || !strings.Contains(body, "paused") {
		t.Errorf("%d %s", status, body)
	}
	if err := d.list.Pause(d.client.ID, false); err != nil {
		t.Fatal(err)
	}
	d.fail = errors.New("signed out")
	if status, _, body := d.ask(nil); status != 409 || !strings.Contains(body, "Daypass: signed out") {
		t.Errorf("%d %s", status, body)
	}
	if seen := d.list.Of("lake")[0]; seen.Refused != 2 || seen.Fetches != 0 {
		t.Errorf("%+v", seen)
	}
}

// A thousand requests at once are answered.
func TestRule28_thousandRequestsAtOnce(t *testing.T) {
	d := open(t)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	var asking sync.WaitGroup
	for i := range 1000 {
		asking.Go(func() {
			req, _ := http.NewRequest(http.MethodGet, d.url, http.NoBody)
			want := 200
			req.Header.Set("Authorization", d.token)
			if i%2 == 1 {
				req.Header.Set("Authorization", fmt.Sprint("wrong", i))
				want = 401
			}
			answer, err := client.Do(req)
			if err != nil {
				t.Error(err)
				return
			}
			defer answer.Body.Close()
			if body, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode != want || strings.Contains(string(body), "hush") != (want == 200) {
				t.Errorf("%d: %d %v", i, answer.StatusCode, err)
			}
		})
	}
	asking.Wait()
	client.CloseIdleConnections()
	if seen := d.list.Of("lake")[0]; seen.Fetches != 500 {
		t.Errorf("%d fetches", seen.Fetches)
	}
}

// Those who never finish their request, or never take the answer, keep nobody else waiting, and lose
// their connection.
func TestRule28_slowClientsBlockNobody(t *testing.T) {
	d := open(t)
	address, _ := url.Parse(d.url)
	var slow []net.Conn
	for i := range 200 {
		conn, err := net.Dial("tcp", address.Host)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		text := "GET " + path + " HTTP/1.1\r\nHost: " + address.Host + "\r\nAuthorization: " + d.token + "\r\n"
		if i%2 == 0 {
			text = text[:i%len(text)]
		}
		if _, err := conn.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		slow = append(slow, conn)
	}
	if status, _, body := d.ask(nil); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	for _, conn := range slow {
		_ = conn.SetReadDeadline(time.Now().Add(10 * headerTimeout))
		answer, err := io.ReadAll(conn)
		if errors.Is(err, net.ErrClosed) || strings.Contains(string(answer), "hush") {
			t.Fatalf("%v %q", err, answer)
		}
		var waiting net.Error
		if errors.As(err, &waiting) && waiting.Timeout() {
			t.Fatal("the connection is still open")
		}
	}
}

// The endpoint listens on loopback only, and only while a client needs it.
func TestRule28_listensOnLoopbackWhileNeeded(t *testing.T) {
	d := open(t)
	address, _ := url.Parse(d.url)
	if address.Hostname() != "127.0.0.1" {
		t.Errorf("listens on %s", address.Host)
	}
	again, err := d.endpoint.Open()
	if err != nil || again != d.url {
		t.Errorf("%s, then %s: %v", d.url, again, err)
	}
	d.endpoint.CloseUnused()
	if status, _, _ := d.ask(nil); status != 200 {
		t.Errorf("closed while in use: %d", status)
	}
	d.list.RevokeAll("lake")
	d.endpoint.CloseUnused()
	_, token, err := d.list.Add("lake", clients.NewClient{Name: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if d.answers(token.Reveal()) { // another program may have got the port by now, but does not know the token
		t.Error("still listening")
	}
	if _, err := d.endpoint.Open(); err != nil {
		t.Errorf("opened again: %v", err)
	}
}

// The right token and wrong ones of every kind go the same way through the list: each is hashed and
// compared with all. That is what is tested; how long a request takes is noise beside it.
func TestRule28_everyTokenIsComparedWithAll(t *testing.T) {
	list := clients.New()
	var tokens []string
	for range 50 {
		_, token, err := list.Add("lake", clients.NewClient{Name: "x"})
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, token.Reveal())
	}
	measure := func(token string) time.Duration {
		best := time.Hour
		for range 20 {
			begun := time.Now()
			for range 200 {
				_, _ = list.ByToken(token)
			}
			best = min(best, time.Since(begun))
		}
		return best
	}
	first, last, wrong := measure(tokens[0]), measure(tokens[49]), measure(strings.Repeat("A", 43))
	// An early end would make the first one fifty times faster than the last.
	for _, other := range []time.Duration{last, wrong} {
		if ratio := float64(first) / float64(other); ratio < 0.2 || ratio > 5 {
			t.Errorf("first %v, last %v, wrong %v", first, last, wrong)
		}
	}
}

func BenchmarkEndpoint(b *testing.B) {
	list := clients.New()
	_, token, _ := list.Add("lake", clients.NewClient{Name: "x"})
	e := New(list, func(clients.Client) (tools.Access, error) { return tools.Access{}, nil }, slog.New(slog.DiscardHandler))
	address, err := e.Open()
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	for b.Loop() {
		req, _ := http.NewRequest(http.MethodGet, address, http.NoBody)
		req.Header.Set("Authorization", token.Reveal())
		answer, err := http.DefaultClient.Do(req)
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
}
