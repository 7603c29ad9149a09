package stsclient_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"daypass/stsclient"
	"daypass/stsclient/ststest"
)

func from(server string, answer ststest.Answer) ststest.Answer {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Server", server)
		answer(w, r)
	}
}

func TestBuckets_ofCredentials(t *testing.T) {
	c, server := asked(t, ststest.File(t, "testdata/s3-listbuckets-session-policy.http"))
	names, err := c.Buckets(t.Context(), theKeys(), "")
	if err != nil || !slices.Equal(names, []string{"demo"}) {
		t.Fatalf("%v, %v", names, err)
	}
	if got := server.Requests()[0]; got.Method != http.MethodGet || got.Path != "/" {
		t.Errorf("%+v", got)
	}
	for kind, answer := range map[stsclient.Kind]ststest.Answer{
		stsclient.KindDenied:         ststest.Raw(403, "application/xml", "<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>"),
		stsclient.KindRequestTooLong: ststest.Raw(400, "application/xml", "<Error><Code>MetadataTooLarge</Code><Message>Your metadata headers are too large.</Message></Error>"),
		stsclient.KindWebPage:        ststest.Raw(200, "text/html", "<html>hello</html>"),
		stsclient.KindBadAnswer:      ststest.Raw(200, "application/xml", "<List"),
		"":                           ststest.Raw(200, "text/plain", "\ufeff<ListAllMyBucketsResult><Owner/><Buckets/></ListAllMyBucketsResult>\n"),
	} {
		c, _ := asked(t, answer)
		var e *stsclient.Error
		if _, err := c.Buckets(t.Context(), theKeys(), "eu"); (kind != "" || err != nil) && (!errors.As(err, &e) || e.Kind != kind) {
			t.Errorf("%v, want %s", err, kind)
		}
	}
}

// What credentials may list is found out by trying.
func TestRule41_probesListing(t *testing.T) {
	for name, c := range map[string]struct {
		answer  ststest.Answer
		allowed bool
		fails   bool
	}{
		"allowed":    {ststest.Raw(200, "application/xml", "<ListBucketResult/>"), true, false},
		"denied":     {ststest.Raw(403, "application/xml", "<Error><Code>AccessDenied</Code></Error>"), false, false},
		"no bucket":  {ststest.Raw(404, "application/xml", "<Error><Code>NoSuchBucket</Code></Error>"), false, false},
		"busy":       {ststest.Raw(503, "application/xml", "<Error><Code>SlowDown</Code></Error>"), false, true},
		"a web page": {ststest.Raw(200, "text/html", "<html>"), false, true},
	} {
		client, server := asked(t, c.answer)
		allowed, err := client.CanList(t.Context(), theKeys(), "", "lake", "a b/")
		if allowed != c.allowed || (err != nil) != c.fails {
			t.Errorf("%s: %v, %v", name, allowed, err)
		}
		if got := server.Requests()[0]; got.Path != "/lake/" || !strings.Contains(got.Query, "max-keys=1") || !strings.Contains(got.Query, "prefix=a%20b%2F") {
			t.Errorf("%+v", got)
		}
	}
}

// Servers that accept any action are recognized.
func TestProbe_anyAction(t *testing.T) {
	for server, want := range map[string]bool{"MinIO": false, "": false, "nginx": false, "SeaweedFS 4.53": true, "VERSITYGW": true} {
		c, _ := asked(t, from(server, ststest.Success(time.Hour)))
		if res, err := c.AssumeRoleWithWebIdentity(t.Context(), request()); err != nil || res.AnyAction != want {
			t.Errorf("%q: %+v, %v", server, res, err)
		}
	}
}

func TestProbe_minioRelease(t *testing.T) {
	info := `{"mode":"online","servers":[{"version":"2025-10-15T17:29:55Z"},{"version":"2025-09-07T16:13:09Z"},{"version":"DEVELOPMENT"}]}`
	for name, c := range map[string]struct {
		answer ststest.Answer
		want   stsclient.Product
	}{
		"to an administrator": {from("MinIO", ststest.Raw(200, "application/json", info)), stsclient.Product{MinIO: true, Release: time.Date(2025, 9, 7, 16, 13, 9, 0, time.UTC)}},
		"to a user":           {from("MinIO", ststest.Raw(403, "application/json", `{"Code":"AccessDenied"}`)), stsclient.Product{MinIO: true}},
		"behind a proxy":      {from("nginx", ststest.Raw(403, "application/json", `{"Code":"AccessDenied"}`)), stsclient.Product{MinIO: true}},
		"SeaweedFS":           {from("SeaweedFS 4.53", ststest.Raw(404, "application/xml", "<Error><Code>NoSuchBucket</Code></Error>")), stsclient.Product{}},
		"odd JSON":            {from("x", ststest.Raw(200, "application/json", "[]")), stsclient.Product{}},
	} {
		client, _ := asked(t, c.answer)
		if got, err := client.Product(t.Context(), theKeys()); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
