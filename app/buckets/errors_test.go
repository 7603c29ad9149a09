package buckets

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestErrors_texts(t *testing.T) {
	for _, c := range []struct {
		status        int
		code, message string
		kind          Kind
		problem       string
	}{
		{403, "AccessDenied", "Access Denied.", Denied, "storage-denied"},
		{404, "NoSuchBucket", "The specified bucket does not exist", NotFound, "storage-no-bucket"},
		{403, "InvalidAccessKeyId", "The Access Key Id you provided does not exist in our records.", CredentialsExpired, "storage-keys-ended"},
		{403, "InvalidTokenId", "The security token included in the request is invalid", CredentialsExpired, "storage-keys-ended"},
		{400, "ExpiredToken", "expired", CredentialsExpired, "storage-keys-ended"},
		{403, "RequestTimeTooSkewed", "The difference between the request time and the server's time is too large.", ClockSkew, "storage-clock-skew"},
		{400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size.", TokenTooLong, "storage-token-too-long"},
		{400, "InvalidBucketName", "The specified bucket is not valid.", InvalidName, "storage-bad-name"},
		{400, "AuthorizationHeaderMalformed", "The region is wrong", Other, "storage-region"},
		{403, "SignatureDoesNotMatch", "signature", Other, "storage-signature"},
		{501, "NotImplemented", "A header you provided implies functionality that is not implemented", Unsupported, "storage-unsupported"},
		{400, "InvalidRequest", "Object is WORM protected and cannot be overwritten", Locked, "storage-locked"},
		{403, "AccessDenied", "User: x is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu:1:key/2", Denied, "storage-kms-denied"},
		{403, "KMS.AccessDeniedException", "The ciphertext refers to a key that you may not use", Denied, "storage-kms-denied"},
		{501, "NotImplemented", "Server side encryption specified but KMS is not configured", Unsupported, "storage-kms-not-configured"},
		{400, "KMSNotConfigured", "Server side encryption specified but KMS is not configured", Unsupported, "storage-kms-not-configured"},
		{400, "KMS.DisabledException", "The key is disabled", Other, "storage-kms-failed"},
		{418, "Teapot", "short &amp; stout", Other, "storage-other"},
	} {
		tries := 0
		client := open(t, func(w http.ResponseWriter, _ *http.Request) { tries++; refuse(w, c.status, c.code, c.message) })
		e := failureOf(t, client)
		limit := 1
		if c.code == "NotImplemented" && c.problem == "storage-unsupported" { // the list is then requested in the first version of the protocol
			limit = 2
		}
		if e.Kind != c.kind || e.Problem.Code != c.problem || tries != limit {
			t.Errorf("%s: kind %s, code %s after %d tries", c.code, e.Kind, e.Problem.Code, tries)
		}
		checkWords(t, c.code, client, e)
	}
}

func checkWords(t *testing.T, name string, c *Client, e *Error) {
	t.Helper()
	p := e.Problem
	if p.English().Title == "" || p.English().NextStep == "" || p.At.IsZero() || !strings.Contains(p.English().Detail+p.English().Title, c.Host()) {
		t.Errorf("%s: the words are not whole: %+v", name, p)
	}
	all := fmt.Sprint(p.English().Title, p.English().Detail, p.English().NextStep, p.English().Admin, e.Err)
	for _, never := range []string{testSecret, testSession, "{", "}", "..", "X-Amz", "Signature="} {
		if strings.Contains(all, never) {
			t.Errorf("%s: %q stands in %s", name, never, all)
		}
	}
}

// Administrators are shown which permission is missing.
func TestErrors_adminDetails(t *testing.T) {
	c := open(t, func(w http.ResponseWriter, _ *http.Request) { refuse(w, 403, "AccessDenied", "no") })
	if e := failureOf(t, c); !strings.Contains(e.Problem.English().Admin, "s3:ListBucket on arn:aws:s3:::lake") {
		t.Errorf("admin: %s", e.Problem.English().Admin)
	}
	const words = "User: ada is not authorized to perform: kms:Decrypt on resource: key/2"
	for _, code := range []string{"AccessDenied", "InvalidObjectState", "ObjectLocked", "RequestTimeTooSkewed"} {
		c := open(t, func(w http.ResponseWriter, _ *http.Request) { refuse(w, 403, code, words) })
		if e := failureOf(t, c); !strings.Contains(e.Problem.English().Admin, code+": "+words) {
			t.Errorf("%s: admin: %s", code, e.Problem.English().Admin)
		}
	}
	_, err := c.Buckets(t.Context())
	var e *Error
	if !errors.As(err, &e) || e.Kind != Denied || !strings.Contains(e.Problem.English().Admin, "s3:ListAllMyBuckets on arn:aws:s3:::*") {
		t.Errorf("buckets: %+v", err)
	}
}

// The server's message is not trusted.
func TestErrors_serverMessageIsEscaped(t *testing.T) {
	c := open(t, func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, 400, "Odd", "red\u202edlrow\u200b "+strings.Repeat("long ", 1000))
	})
	d := failureOf(t, c).Problem.English().Detail
	if strings.ContainsAny(d, "\u202e\u200b") || len(d) > 600 || !strings.Contains(d, `\u202e`) {
		t.Errorf("detail: %q", d)
	}
}

// A server can send back what it was sent, whole or in part.
func TestRule21_serverMessageQuotesNoSecret(t *testing.T) {
	const jwt = "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJhY2Nlc3NLZXkiOiJBSyIsImVtYWlsIjoiYWxpY2VAZXhhbXBsZS5jb20ifQ.c2lnbmF0dXJl"
	for _, echoed := range []string{jwt, jwt[:60]} {
		for _, code := range []string{"Teapot", echoed} {
			e := failureOf(t, open(t, func(w http.ResponseWriter, _ *http.Request) { refuse(w, 418, code, "no: "+echoed) }))
			if serverMessage := fmt.Sprintf("%v %+v", e, e.Problem); strings.Contains(serverMessage, echoed[:40]) {
				t.Errorf("the session token is in %s", serverMessage)
			}
		}
	}
}
