package stsclient_test

import (
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/stsclient"
	"daypass/stsclient/ststest"
)

const s3Denied = `<?xml version="1.0" encoding="UTF-8"?>` + "\n<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>"

// withHeader adds a header to an answer.
func withHeader(name, value string, answer ststest.Answer) ststest.Answer {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(name, value)
		answer(w, r)
	}
}

func TestIdentify_products(t *testing.T) {
	denied := ststest.Raw(403, "application/xml", s3Denied)
	for name, c := range map[string]struct {
		answer ststest.Answer
		want   stsclient.Identity
	}{
		"MinIO":            {from("MinIO", denied), stsclient.Identity{S3: true, Software: stsclient.SoftwareMinIO}},
		"AIStor":           {from("MinIO Enterprise/S3", denied), stsclient.Identity{S3: true, Software: stsclient.SoftwareMinIO}},
		"MinIO, by error":  {withHeader("X-Minio-Error-Code", "AccessDenied", denied), stsclient.Identity{S3: true, Software: stsclient.SoftwareMinIO}},
		"RustFS":           {from("RustFS", denied), stsclient.Identity{S3: true, Software: stsclient.SoftwareRustFS}},
		"SeaweedFS":        {from("SeaweedFS 4.53", denied), stsclient.Identity{S3: true, Software: stsclient.SoftwareSeaweedFS}},
		"Versity":          {from("VERSITYGW", denied), stsclient.Identity{S3: true, Software: stsclient.SoftwareVersity}},
		"Amazon":           {from("AmazonS3", denied), stsclient.Identity{S3: true, Software: stsclient.SoftwareAWS}},
		"Ceph":             {withHeader("X-Amz-Request-Id", "tx00000c0ffee-0065-1017-default", ststest.Raw(200, "application/xml", "<ListAllMyBucketsResult/>")), stsclient.Identity{S3: true, Software: stsclient.SoftwareCeph}},
		"Swift":            {withHeader("X-Amz-Request-Id", "tx4a8f1b2c3d4e5f60718293-0065a1b2c3", denied), stsclient.Identity{S3: true}},
		"behind a proxy":   {from("nginx", denied), stsclient.Identity{S3: true}},
		"anonymous list":   {ststest.Raw(200, "application/xml", "\ufeff<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>"), stsclient.Identity{S3: true}},
		"MinIO's console":  {from("MinIO Console", ststest.Raw(200, "text/html", "<!doctype html>")), stsclient.Identity{Console: true}},
		"RustFS's console": {ststest.Raw(200, "text/html", "<html><title>RustFS Console</title>"), stsclient.Identity{Console: true}},
		"web page":         {ststest.Raw(200, "text/html", "<html><title>Welcome</title>"), stsclient.Identity{}},
		"JSON":             {ststest.Raw(404, "application/json", `{"error":"not_found","Code":"x"}`), stsclient.Identity{}},
		"text":             {ststest.Raw(404, "text/plain", "404 page not found"), stsclient.Identity{}},
		"other XML":        {ststest.Raw(200, "application/xml", "<rss/>"), stsclient.Identity{}},
	} {
		client, server := asked(t, c.answer)
		got, err := client.Identify(t.Context())
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
		if r := server.Requests()[0]; r.Method != http.MethodGet || r.Path != "/" || r.Query != "" {
			t.Errorf("%s: asked %+v", name, r)
		}
	}
}

func TestIdentify_noAnswer(t *testing.T) {
	server := ststest.New(t, ststest.Drop()).Listen()
	c, err := stsclient.New(stsclient.Config{Endpoint: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	var e *stsclient.Error
	if _, err := c.Identify(t.Context()); !errors.As(err, &e) || e.Kind != stsclient.KindUnreachable {
		t.Errorf("%v", err)
	}
}

// What servers say to a token that is none shows whether they exchange tokens.
func TestProbeWebIdentity_recordedAnswers(t *testing.T) {
	for file, offers := range map[string]bool{
		"minio/token-garbage.http": true, "minio/role-missing.http": true, "minio/sts-idp-down-at-start.http": false, "minio/action-unknown.http": false,
		"rustfs/token-garbage.http": true, "rustfs/oidc-off.http": false,
		"seaweedfs/token-garbage.http": true, "seaweedfs/role-required.http": true, "seaweedfs/sts-off.http": false,
		"versity/token-malformed.http": true, "versity/role-missing.http": true, "versity/s3-port.http": false, "versity/s3-port-empty.http": false,
		"ceph/denied.http": false, "ceph/sts-off.http": false, "aws/token-malformed.http": true, "aws/role-missing.http": true,
	} {
		client, server := asked(t, ststest.File(t, filepath.Join("testdata", file)))
		refused, err := client.ProbeWebIdentity(t.Context(), "")
		if err != nil || refused.OffersWebIdentity() != offers {
			t.Errorf("%s: %v, %v; offers %v", file, refused, err, !offers)
		}
		form := server.Requests()[0].Form
		if token := form.Get("WebIdentityToken"); form.Has("RoleArn") || strings.Contains(token, ".") || form.Get("RoleSessionName") == "" {
			t.Errorf("%s: sent %v", file, form)
		}
	}
}

// A server that takes any token is not one that Daypass trusts with a real one.
func TestProbeWebIdentity_credentialsForNothing(t *testing.T) {
	client, _ := asked(t, ststest.Success(time.Hour))
	refused, err := client.ProbeWebIdentity(t.Context(), "arn:minio:iam:::role/abcdefghijk")
	if err != nil || refused.Kind != stsclient.KindBadAnswer || refused.OffersWebIdentity() {
		t.Errorf("%v, %v", refused, err)
	}
}
