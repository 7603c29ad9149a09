package buckets

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"daypass/app"
	"daypass/app/messages"
	"daypass/auth/secret"
)

const (
	testSecret  = "the-secret-access-key"
	testSession = "the-session-token"
)

// someKeys are keys that are numbered, so that a renewal shows.
func someKeys(n *atomic.Int64) CredentialSource {
	return func(context.Context) (app.Credentials, error) {
		return app.Credentials{
			AccessKeyID: fmt.Sprint("AK", n.Add(1)), SecretAccessKey: secret.New(testSecret), SessionToken: secret.New(testSession),
		}, nil
	}
}

// open is a client of a server that answers as handler says.
func open(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	c, err := Open(Server{Endpoint: server.URL}, someKeys(new(atomic.Int64)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func refuse(w http.ResponseWriter, status int, code, message string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message>%s</Message><RequestId>R1</RequestId></Error>`, code, message)
}

// failure asks for a page and gives the error.
func failureOf(t *testing.T, c *Client) *Error {
	t.Helper()
	_, err := c.Page(t.Context(), "lake", "", "", 10)
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %T: %v", err, err)
	}
	return e
}

// A page takes one request.
func TestPage_oneRequest(t *testing.T) {
	var requests []*http.Request
	c := open(t, func(w http.ResponseWriter, r *http.Request) {
		requests = append(requests, r)
		io.WriteString(w, `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>more</NextContinuationToken>`+
			`<Contents><Key>2026/</Key><Size>0</Size></Contents>`+
			`<Contents><Key>2026/a.csv</Key><LastModified>2026-11-24T08:10:54.000Z</LastModified><Size>7</Size></Contents>`+
			`<CommonPrefixes><Prefix>2026/january/</Prefix></CommonPrefixes></ListBucketResult>`)
	})
	page, err := c.Page(t.Context(), "lake", "2026/", "before", 500)
	if err != nil {
		t.Fatal(err)
	}
	if len(requests) != 1 {
		t.Fatalf("%d requests", len(requests))
	}
	if q, want := requests[0].URL.RequestURI(), "/lake/?continuation-token=before&delimiter=%2F&encoding-type=url&list-type=2&max-keys=500&prefix=2026%2F"; q != want {
		t.Errorf("asked %s, want %s", q, want)
	}
	if h := requests[0].Header; h.Get("X-Amz-Security-Token") != testSession || !strings.Contains(h.Get("Authorization"), "AK1/") {
		t.Errorf("signed with %v", h)
	}
	if len(page.Entries) != 2 || page.Next != "more" || page.Entries[0].Key != "2026/january/" || !page.Entries[0].Folder || page.Entries[1].Size != 7 {
		t.Errorf("the page is %+v", page)
	}
}

// Credentials are looked up for each request.
func TestClient_credentialsPerRequest(t *testing.T) {
	var used []string
	c := open(t, func(w http.ResponseWriter, r *http.Request) {
		_, after, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
		name, _, _ := strings.Cut(after, "/")
		used = append(used, name)
		if r.URL.Path == "/" {
			io.WriteString(w, `<ListAllMyBucketsResult><Buckets><Bucket><Name>lake</Name><CreationDate>2026-01-02T03:04:05.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>`)
			return
		}
		io.WriteString(w, `<ListBucketResult></ListBucketResult>`)
	})
	for range 2 {
		all, err := c.Buckets(t.Context())
		if err != nil || len(all) != 1 || all[0].Name != "lake" || all[0].Created.Year() != 2026 {
			t.Fatalf("buckets %v, %v", all, err)
		}
		if _, err := c.Page(t.Context(), "lake", "", "", 0); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(used, " "); got != "AK1 AK2 AK3 AK4" {
		t.Errorf("the requests used %s", got)
	}
}

// A request to a busy server is repeated.
func TestClient_retriesBusyServer(t *testing.T) {
	tries := 0
	c := open(t, func(w http.ResponseWriter, r *http.Request) {
		if tries++; tries < 3 {
			refuse(w, 503, "SlowDownRead", "Resource requested is unreadable, please reduce your request rate")
			return
		}
		io.WriteString(w, `<ListBucketResult></ListBucketResult>`)
	})
	if _, err := c.Page(t.Context(), "lake", "", "", 0); err != nil || tries != 3 {
		t.Fatalf("%v after %d tries", err, tries)
	}
}

// A request to a busy server is not repeated forever.
func TestClient_limitsRetries(t *testing.T) {
	tries := 0
	c := open(t, func(w http.ResponseWriter, r *http.Request) {
		tries++
		refuse(w, 500, "InternalError", "we had a fault")
	})
	if e := failureOf(t, c); e.Kind != Busy || tries != len(pauses)+1 {
		t.Fatalf("%v after %d tries", e, tries)
	}
}

// A request is repeated when its answer breaks off.
func TestClient_retriesBrokenAnswer(t *testing.T) {
	tries := 0
	c := open(t, func(w http.ResponseWriter, _ *http.Request) {
		tries++
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, `<ListBucketResult>`)
		if tries > 1 {
			io.WriteString(w, `</ListBucketResult>`+strings.Repeat(" ", 1000-len(`<ListBucketResult></ListBucketResult>`)))
		}
	})
	if _, err := c.Page(t.Context(), "lake", "", "", 0); err != nil || tries != 2 {
		t.Fatalf("%v after %d tries", err, tries)
	}
}

// The client learns the region from the server.
func TestClient_learnsRegion(t *testing.T) {
	var regions []string
	c := open(t, func(w http.ResponseWriter, r *http.Request) {
		region := strings.Split(r.Header.Get("Authorization"), "/")[2]
		if regions = append(regions, region); region != "eu-north-7" {
			w.WriteHeader(400)
			io.WriteString(w, `<Error><Code>AuthorizationHeaderMalformed</Code><Message>expecting eu-north-7</Message><Region>eu-north-7</Region></Error>`)
			return
		}
		io.WriteString(w, `<ListBucketResult></ListBucketResult>`)
	})
	for range 2 {
		if _, err := c.Page(t.Context(), "lake", "", "", 0); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(regions, " "); got != "us-east-1 eu-north-7 eu-north-7" {
		t.Errorf("signed for %s", got)
	}
}

// A server that answers with a web page is no storage server.
func TestClient_refusesWebPage(t *testing.T) {
	for _, status := range []int{200, 302, 404} {
		c := open(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			io.WriteString(w, `<!DOCTYPE html><html><body>Welcome to the hotel</body></html>`)
		})
		if e := failureOf(t, c); e.Problem.Code != "storage-not-s3" {
			t.Errorf("%d: %+v", status, e.Problem)
		}
	}
}

func TestClient_followsNoRedirect(t *testing.T) {
	reached := false
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer other.Close()
	c := open(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	})
	if failureOf(t, c); reached {
		t.Error("the keys went to another server")
	}
}

func TestClient_unreachable(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	c, err := Open(Server{Endpoint: server.URL}, someKeys(new(atomic.Int64)))
	if err != nil {
		t.Fatal(err)
	}
	e := failureOf(t, c)
	if e.Kind != Unreachable || strings.Contains(e.Problem.English().Detail, "list-type") {
		t.Errorf("%+v", e.Problem)
	}
	checkWords(t, "no server", c, e)
}

func TestClient_noCredentials(t *testing.T) {
	for _, c := range []struct {
		err  error
		kind Kind
		code string
	}{{app.ErrNoCredentials, CredentialsExpired, "storage-no-keys"}, {app.ErrStopped, Other, "storage-no-agent"}} {
		client, err := Open(Server{Endpoint: "http://127.0.0.1:1"}, func(context.Context) (app.Credentials, error) { return app.Credentials{}, c.err })
		if err != nil {
			t.Fatal(err)
		}
		if e := failureOf(t, client); e.Kind != c.kind || e.Problem.Code != c.code || !errors.Is(e, c.err) {
			t.Errorf("a page: %+v", e)
		}
		var e *Error
		if _, err := client.Buckets(t.Context()); !errors.As(err, &e) || e.Kind != c.kind {
			t.Errorf("buckets: %v", err)
		}
	}
}

// A request ends with its context.
func TestPage_cancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan struct{})
	c := open(t, func(http.ResponseWriter, *http.Request) { cancel(); <-release })
	defer close(release)
	if _, err := c.Page(ctx, "lake", "", "", 0); err != context.Canceled {
		t.Errorf("the error is %T: %v", err, err)
	}
}

// Plain HTTP is used for loopback addresses only.
func TestRule27_plainHTTPOnlyToLoopback(t *testing.T) {
	for _, endpoint := range []string{
		"http://s3.example.com", "http://10.0.0.1:9000", "http://localhost.example.com", "ftp://127.0.0.1", "s3.example.com", "",
		"https://user:pass@s3.example.com", "https://s3.example.com/path", "https://s3.example.com?x=1",
	} {
		if _, err := Open(Server{Endpoint: endpoint}, nil); err == nil || strings.Contains(err.Error(), "pass@") {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
	for _, endpoint := range []string{"https://s3.example.com", "https://s3.example.com:9000/", "http://127.0.0.1:9000", "http://[::1]:9000", "http://localhost:9000"} {
		if _, err := Open(Server{Endpoint: endpoint}, nil); err != nil {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}

func TestRule04_certificatesAreVerified(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `<ListBucketResult></ListBucketResult>`)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	untrusting, err := Open(Server{Endpoint: server.URL}, someKeys(new(atomic.Int64)))
	if err != nil {
		t.Fatal(err)
	}
	if e := failureOf(t, untrusting); e.Kind != Unreachable || e.Problem.Code != "storage-certificate" ||
		!slices.ContainsFunc(e.Problem.Reasons, func(m messages.Message) bool { return m.ID == "problem.reason.provider.certificate-authority" }) {
		t.Errorf("%+v", e.Problem)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	trusting, err := Open(Server{Endpoint: server.URL, CAFile: file}, someKeys(new(atomic.Int64)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := trusting.Page(t.Context(), "lake", "", "", 0); err != nil {
		t.Error(err)
	}
	if _, err := Open(Server{Endpoint: server.URL, CAFile: os.DevNull}, nil); err == nil {
		t.Error("an empty CA file was taken")
	}
}

// A server is the same however its name is spelled.
func TestSameServer_spellings(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://s3.example.org", "https://s3.example.org:443/", true},
		{"https://s3.example.org", "https://S3.Example.org.", true},
		{"https://[2001:db8::1]", "https://[2001:DB8::1]:443", true},
		{"http://localhost", "http://localhost:80", true},
		{"https://s3.example.org", "https://s3.example.org:9000", false},
		{"http://localhost", "https://localhost", false},
		{"https://s3.example.org", "https://s4.example.org", false},
	} {
		var clients [2]*Client
		for i, endpoint := range []string{c.a, c.b} {
			var err error
			if clients[i], err = Open(Server{Endpoint: endpoint}, nil); err != nil {
				t.Fatal(err)
			}
		}
		if got := clients[0].SameServer(clients[1]); got != c.same {
			t.Errorf("%s and %s: same is %t", c.a, c.b, got)
		}
	}
}

// An object by the name of the folder itself is an entry where it has content.
func TestPage_folderObjectWithContent(t *testing.T) {
	for size, want := range map[int]int{0: 0, 7: 1} {
		c := open(t, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `<ListBucketResult><Contents><Key>a/</Key><Size>%d</Size></Contents></ListBucketResult>`, size)
		})
		if page, err := c.Page(t.Context(), "lake", "a/", "", 0); err != nil || len(page.Entries) != want {
			t.Errorf("%d bytes: %+v, %v", size, page, err)
		}
	}
}
