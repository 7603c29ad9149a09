package gateway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app/broker/clients"
)

// Requests that no tool of the user's makes are refused, and the server never hears of them.
func TestRule49_refusesEverybodyElse(t *testing.T) {
	s := open(t)
	port := s.url[strings.LastIndex(s.url, ":"):]
	tests := map[string]struct {
		method, target string
		before, after  func(*http.Request)
		status         int
		code           string
	}{
		"no signature":              {after: func(r *http.Request) { r.Header.Del("Authorization") }, status: 403, code: "AccessDenied"},
		"unknown key":               {after: func(r *http.Request) { replaceKey(r, s.pair.AccessKeyID, "DAYPASSOTHER12345678") }, status: 403, code: "InvalidAccessKeyId"},
		"the user's key":            {after: func(r *http.Request) { replaceKey(r, s.pair.AccessKeyID, userKey) }, status: 403, code: "InvalidAccessKeyId"},
		"another path":              {after: func(r *http.Request) { r.URL.Path = "/bucket/y" }, status: 403, code: "SignatureDoesNotMatch"},
		"another method":            {after: func(r *http.Request) { r.Method = "DELETE" }, status: 403, code: "SignatureDoesNotMatch"},
		"another host":              {before: host("attacker.example" + port), status: 403, code: "AccessDenied"},
		"another port":              {before: host("127.0.0.1:1"), status: 403, code: "AccessDenied"},
		"no port":                   {before: host("127.0.0.1"), status: 403, code: "AccessDenied"},
		"ours at the beginning":     {before: host("127.0.0.1" + port + ".attacker.example"), status: 403, code: "AccessDenied"},
		"ours at the end":           {before: host("attackerlocalhost" + port), status: 403, code: "AccessDenied"},
		"a bucket below an address": {before: host("bucket.127.0.0.1" + port), status: 403, code: "AccessDenied"},
		"a bucket that is a path":   {before: host("a%2fb.localhost" + port), status: 403, code: "AccessDenied"},
		"origin":                    {before: set("Origin", "https://attacker.example"), status: 403, code: "AccessDenied"},
		"its own origin":            {before: set("Origin", s.url), status: 403, code: "AccessDenied"},
		"origin null":               {before: set("Origin", "null"), status: 403, code: "AccessDenied"},
		"a page":                    {before: set("Sec-Fetch-Site", "cross-site"), status: 403, code: "AccessDenied"},
		"a page of its own":         {before: set("Sec-Fetch-Site", "same-origin"), status: 403, code: "AccessDenied"},
		"OPTIONS":                   {method: "OPTIONS", status: 405, code: "MethodNotAllowed"},
		"PATCH":                     {method: "PATCH", status: 405, code: "MethodNotAllowed"},
		"TRACE":                     {method: "TRACE", status: 405, code: "MethodNotAllowed"},
		"upgrade":                   {before: set("Upgrade", "websocket"), status: 405, code: "MethodNotAllowed"},
		"session token":             {after: set("X-Amz-Security-Token", "x"), status: 400, code: "InvalidToken"},
		"session token signed":      {before: set("X-Amz-Security-Token", "x"), status: 400, code: "InvalidToken"},
		"MinIO's administration":    {method: "PUT", target: "/minio/admin/v3/add-service-account", status: 403, code: "AccessDenied"},
		"in another spelling":       {method: "PUT", target: "/%6Dinio/admin/v3/add-service-account", status: 403, code: "AccessDenied"},
		"with two slashes":          {method: "PUT", target: "//minio/admin/v3/add-service-account", status: 403, code: "AccessDenied"},
		"by way of a bucket":        {method: "PUT", target: "/bucket/../minio/admin/v3/add-service-account", status: 403, code: "AccessDenied"},
		"by the host":               {method: "PUT", target: "/admin/v3/add-service-account", before: host("minio.localhost" + port), status: 403, code: "AccessDenied"},
		"Ceph's administration":     {method: "PUT", target: "/admin/user?key&uid=x", status: 403, code: "AccessDenied"},
		"STS":                       {method: "POST", target: "/", status: 403, code: "AccessDenied"},
		"STS by the query":          {method: "GET", target: "/?Action=AssumeRole", status: 403, code: "AccessDenied"},
		"STS in small letters":      {method: "GET", target: "/?action=GetSessionToken", status: 403, code: "AccessDenied"},
		"STS below a bucket":        {method: "POST", target: "/bucket/..", status: 403, code: "AccessDenied"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			method, target := tt.method, tt.target
			if method == "" {
				method, target = "GET", "/bucket/x"
			}
			if target == "" {
				target = "/bucket/x"
			}
			r := s.signed(method, target, nil, tt.before)
			if tt.after != nil {
				tt.after(r)
			}
			res, body := s.do(r)
			if res.StatusCode != tt.status || !strings.Contains(body, "<Code>"+tt.code+"</Code>") {
				t.Errorf("%d %s", res.StatusCode, body)
			}
			for name := range res.Header {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("%s is set", name)
				}
			}
		})
	}
	if n := len(s.requests()); n > 0 {
		t.Errorf("the server got %d requests", n)
	}
}

func host(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }

func set(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func replaceKey(r *http.Request, from, to string) {
	r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), from, to, 1))
}

// A request that was recorded is of no use 15 minutes later, and a link after its end.
func TestRule49_replayIsRefused(t *testing.T) {
	s := open(t)
	link, err := s.client(minio.Options{}).Presign(t.Context(), "GET", "bucket", "x", time.Hour, url.Values{})
	if err != nil {
		t.Fatal(err)
	}
	for after, want := range map[time.Duration][2]int{0: {200, 200}, 14 * time.Minute: {200, 200}, 16 * time.Minute: {403, 200}, 61 * time.Minute: {403, 403}} {
		s.gateway.now = func() time.Time { return time.Now().Add(after) }
		byHeader, _ := s.do(s.signed("GET", "/bucket/x", nil, nil))
		r, _ := http.NewRequest("GET", link.String(), http.NoBody)
		byLink, _ := s.do(r)
		if got := [2]int{byHeader.StatusCode, byLink.StatusCode}; got != want {
			t.Errorf("after %v: %v, want %v", after, got, want)
		}
	}
}

// A body of signed chunks that is changed on the way never arrives as a whole.
func TestRule49_changedChunksNeverArriveWhole(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789abcdef"), 20<<10)
	for _, trailer := range []bool{false, true} {
		for _, at := range []int{100, 200_000, 327_000, -60, -1} {
			s := open(t)
			r := s.chunked(content, trailer)
			text, err := io.ReadAll(r.Body)
			if err != nil {
				t.Fatal(err)
			}
			if at < 0 {
				at += len(text) - 4
			}
			text[at] ^= 1
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
			res, body := s.do(r)
			if res.StatusCode != 403 && res.StatusCode != 400 {
				t.Errorf("%t, byte %d: %d %s", trailer, at, res.StatusCode, body)
			}
			for _, got := range s.requests() {
				if got.err == nil {
					t.Errorf("%t, byte %d: the server got %d bytes as a whole", trailer, at, len(got.body))
				}
			}
		}
	}
}

// chunked returns an upload in signed chunks, as minio-go makes it.
func (s *stand) chunked(content []byte, trailer bool) *http.Request {
	s.t.Helper()
	made := new(recorder)
	put := minio.PutObjectOptions{}
	if trailer {
		put.Checksum = minio.ChecksumCRC32C
	}
	core := s.client(minio.Options{Transport: made, TrailingHeaders: trailer})
	_, _ = core.PutObject(s.t.Context(), "bucket", "x", bytes.NewReader(content), int64(len(content)), "", "", put)
	if made.request == nil || !strings.HasPrefix(made.request.Header.Get("X-Amz-Content-Sha256"), "STREAMING-AWS4") {
		s.t.Fatalf("%+v", made.request)
	}
	return made.request
}

// recorder keeps the request instead of making it.
type recorder struct{ request *http.Request }

// RoundTrip implements http.RoundTripper.
func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	text, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	r.request = req.Clone(context.Background())
	r.request.Body = io.NopCloser(bytes.NewReader(text))
	return nil, http.ErrHandlerTimeout
}

// What a server says of the credentials is not repeated.
func TestRule49_answersHoldNothingOfTheCredentials(t *testing.T) {
	s := open(t)
	tests := map[string]struct {
		status int
		body   string
		code   string
	}{
		"request repeated": {403, "<Error><Code>SignatureDoesNotMatch</Code><Message>m</Message><AWSAccessKeyId>" + userKey + "</AWSAccessKeyId><CanonicalRequest>x-amz-security-token:" + userToken + "</CanonicalRequest></Error>", "SignatureDoesNotMatch"},
		"token repeated":   {400, "<Error><Code>InvalidToken</Code><Message>The token " + userToken + " is bad</Message><Token-0>" + userToken + "</Token-0></Error>", "InvalidToken"},
		"key repeated":     {403, "<Error><Code>InvalidAccessKeyId</Code><Message>" + userKey + "</Message></Error>", "InvalidAccessKeyId"},
		"a page":           {502, "<html><title>" + userToken + "</title></html>", "ServiceUnavailable"},
		"a redirect":       {307, "<Error><Code>TemporaryRedirect</Code><Endpoint>other.example</Endpoint></Error>", "TemporaryRedirect"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s.answering(func(w http.ResponseWriter, _ *http.Request) {
				for header, value := range map[string]string{
					"X-Echo": "token " + userToken, "X-Key": userKey, "Set-Cookie": "a=b", "Location": "https://other.example/", "Access-Control-Allow-Origin": "*", "X-Amz-Request-Id": "1",
				} {
					w.Header().Set(header, value)
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.body)
			})
			res, body := s.do(s.signed("GET", "/bucket/x", nil, nil))
			if res.StatusCode != tt.status || !strings.Contains(body, "<Code>"+tt.code+"</Code>") || strings.Contains(body, "other.example") {
				t.Errorf("%d %s", res.StatusCode, body)
			}
			if h := res.Header; h.Get("X-Amz-Request-Id") != "1" || h.Get("Set-Cookie")+h.Get("Access-Control-Allow-Origin") != "" || h.Get("Location") != "" && tt.status < 400 {
				t.Errorf("%v", h)
			}
		})
	}
}

// Clients that are paused, revoked or without credentials are told so.
func TestGateway_pausedRevokedAndSignedOut(t *testing.T) {
	s := open(t)
	for _, tt := range []struct {
		do     func()
		status int
		text   string
	}{
		{func() { _ = s.list.Pause(s.pair.Client, true) }, 403, "paused"},
		{func() { _ = s.list.Pause(s.pair.Client, false) }, 200, "content"},
		{func() { s.fail = ErrRenewing }, 503, "being renewed"},
		{func() { s.fail = ErrSignedOut }, 403, "Daypass: sign in"},
		{func() { s.fail = errors.New("anything else " + userSecret) }, 403, "Daypass: sign in"},
		{func() { _ = s.list.Revoke(s.pair.Client) }, 403, "InvalidAccessKeyId"},
	} {
		tt.do()
		if res, body := s.do(s.signed("GET", "/bucket/x", nil, nil)); res.StatusCode != tt.status || !strings.Contains(body, tt.text) {
			t.Errorf("%d %s, want %d %s", res.StatusCode, body, tt.status, tt.text)
		}
	}
}

// Revoking ends the requests that are under way.
func TestRule49_revokingEndsRequests(t *testing.T) {
	s := open(t)
	begun := make(chan struct{})
	s.answering(func(_ http.ResponseWriter, r *http.Request) {
		close(begun)
		<-r.Context().Done()
	})
	go func() {
		<-begun
		_ = s.list.Revoke(s.pair.Client)
		s.gateway.Revoked(s.pair.Client)
	}()
	if res, body := s.do(s.signed("GET", "/bucket/x", nil, nil)); res.StatusCode != 403 || !strings.Contains(body, "InvalidAccessKeyId") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if len(s.gateway.requests.all) > 0 {
		t.Errorf("left: %v", s.gateway.requests.all)
	}
}

// A client has so many requests at a time and no more, and takes nothing from others.
func TestRule49_requestsOfAClientAreLimited(t *testing.T) {
	var r requests
	var leave []func()
	for range maxRequests {
		_, end, ok := r.begin(t.Context(), "1")
		if !ok {
			t.Fatal("refused")
		}
		leave = append(leave, end)
	}
	if _, _, ok := r.begin(t.Context(), "1"); ok {
		t.Error("one too many")
	}
	if _, end, ok := r.begin(t.Context(), "2"); !ok {
		t.Error("the other client is refused")
	} else {
		end()
	}
	leave[0]()
	if _, end, ok := r.begin(t.Context(), "1"); !ok {
		t.Error("still refused")
	} else {
		end()
	}
	for _, end := range leave {
		end()
	}
	if len(r.all) > 0 {
		t.Errorf("left: %v", r.all)
	}
}

// A thousand requests at once, half of them wrong, are answered; those who never finish theirs keep nobody waiting.
func TestRule49_thousandAtOnceAndSlowOnes(t *testing.T) {
	s := open(t)
	u, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 200 {
		conn, err := net.Dial("tcp", u.Host)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		text := "PUT /bucket/x HTTP/1.1\r\nHost: " + u.Host + "\r\nContent-Length: 1000\r\n\r\n"
		if _, err := io.WriteString(conn, text[:i%len(text)]); err != nil {
			t.Fatal(err)
		}
	}
	transport := &http.Transport{MaxConnsPerHost: 256}
	defer transport.CloseIdleConnections()
	var asking sync.WaitGroup
	for i := range 1000 {
		asking.Go(func() {
			r, want := s.signed("GET", fmt.Sprint("/bucket/", i), nil, nil), 200
			if i%2 == 1 {
				r.URL.Path, want = "/bucket/other", 403
			}
			res, err := transport.RoundTrip(r)
			if err != nil {
				t.Error(err)
				return
			}
			defer res.Body.Close()
			if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != want {
				t.Errorf("%d: %d %v", i, res.StatusCode, err)
			}
		})
	}
	asking.Wait()
	if seen := s.seen(); seen.Fetches != 500 || seen.Refused != 500 {
		t.Errorf("%+v", seen)
	}
}

// The gateway listens on loopback only, and keeps its port when nobody needs it any more.
func TestRule49_listensOnLoopback(t *testing.T) {
	s := open(t)
	if !strings.HasPrefix(s.url, "http://127.0.0.1:") {
		t.Error(s.url)
	}
	s.list.RevokeAll("lake")
	if again, err := s.gateway.Open(); err != nil || again != s.url {
		t.Errorf("%s, then %s: %v", s.url, again, err)
	}
	s.gateway.Close()
	var err error
	if _, s.pair, err = s.list.AddGateway("lake", clients.NewClient{Name: "test"}); err != nil {
		t.Fatal(err)
	}
	// Another program may have got the port by now, but only the gateway passes a request on.
	if res, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(s.signed("GET", "/bucket/x", nil, nil)); err == nil {
		res.Body.Close()
	}
	if len(s.requests()) > 0 {
		t.Error("still listening")
	}
}

// Only https, and http to this computer, goes out.
func TestRule27_gatewayForwardsToSafeServersOnly(t *testing.T) {
	for endpoint, ok := range map[string]bool{
		"https://minio.example": true, "http://127.0.0.1:9000": true, "http://minio.example": false, "ftp://127.0.0.1": false, "": false, "https://": false,
	} {
		if _, err := newServer(toolsAccess(endpoint)); (err == nil) != ok {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}
