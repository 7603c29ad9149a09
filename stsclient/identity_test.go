package stsclient_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"daypass/auth/secret"
	"daypass/stsclient"
	"daypass/stsclient/ststest"
)

const identityAnswer = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>` +
	`<Arn>arn:aws:sts::123456789012:assumed-role/lake/ada</Arn><UserId>AROA:ada` + "\u202e" + `</UserId><Account>123456789012</Account></GetCallerIdentityResult>` +
	`<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`

func TestCallerIdentity_signedRequest(t *testing.T) {
	var got *http.Request
	server := ststest.New(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		ststest.Raw(200, "text/xml", identityAnswer)(w, r)
	})
	c, err := stsclient.New(stsclient.Config{Endpoint: "https://sts.eu-central-1.amazonaws.com"}, stsclient.WithTransport(server))
	if err != nil {
		t.Fatal(err)
	}
	who, err := c.CallerIdentity(t.Context(), theKeys(), "")
	if err != nil || who.ARN != "arn:aws:sts::123456789012:assumed-role/lake/ada" || who.Account != "123456789012" || strings.Contains(who.UserID, "\u202e") {
		t.Errorf("%+v, %v", who, err)
	}
	action, signature := server.Requests()[0].Form.Get("Action"), got.Header.Get("Authorization")
	if got.Method != http.MethodPost || action != "GetCallerIdentity" || !strings.Contains(signature, "/eu-central-1/sts/aws4_request") ||
		!strings.Contains(signature, "x-amz-security-token") || got.Header.Get("X-Amz-Security-Token") != "the-session-token" {
		t.Errorf("%s %q, signed %q", got.Method, action, signature)
	}
}

// Servers that do not offer the call say so in their own ways.
func TestCallerIdentity_notOffered(t *testing.T) {
	for name, answer := range map[string]ststest.Answer{
		"minio":   ststest.Raw(400, "application/xml", "<ErrorResponse><Error><Code>InvalidParameterValue</Code><Message>Unsupported action GetCallerIdentity</Message></Error></ErrorResponse>"),
		"rustfs":  ststest.Raw(400, "application/xml", "<Error><Code>InvalidArgument</Code><Message>unsupported Action</Message></Error>"),
		"ceph":    ststest.Raw(405, "application/xml", "<Error><Code>MethodNotAllowed</Code></Error>"),
		"another": ststest.Raw(200, "application/xml", "<ListAllMyBucketsResult/>"),
	} {
		c, _ := asked(t, answer)
		if _, err := c.CallerIdentity(t.Context(), theKeys(), "eu"); !errors.Is(err, stsclient.ErrNoCallerIdentity) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A server that cannot answer, or does not take the credentials, is an error that quotes none of them.
func TestRule21_callerIdentityErrors(t *testing.T) {
	keys := theKeys()
	keys.SessionToken = secret.New("the-session-token")
	for name, answer := range map[string]ststest.Answer{
		"busy":    ststest.Raw(503, "application/xml", "<Error><Code>SlowDown</Code><Message>the-session-token</Message></Error>"),
		"expired": ststest.Raw(403, "text/xml", "<ErrorResponse><Error><Code>ExpiredToken</Code><Message>the-session-token has expired</Message></Error></ErrorResponse>"),
	} {
		c, _ := asked(t, answer)
		_, err := c.CallerIdentity(t.Context(), keys, "")
		var e *stsclient.Error
		if !errors.As(err, &e) || strings.Contains(err.Error(), "the-session-token") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
