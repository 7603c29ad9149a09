package stsclient_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"daypass/auth/secret"
	"daypass/stsclient"
	"daypass/stsclient/ststest"
)

// A token as providers make them, and an access token that is short and of no known form.
const (
	longToken  = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJhbGljZSIsImVtYWlsIjoiYWxpY2VAZXhhbXBsZS5jb20ifQ.c2lnbmF0dXJl"
	shortToken = "s3cr3t-0paque"
)

func hostileRequest() stsclient.Request {
	return stsclient.Request{WebIdentityToken: secret.New(longToken), AccessToken: secret.New(shortToken)}
}

// saysNothing fails where any of the ways in which an error is shown or logged has a token in it.
func saysNothing(t *testing.T, err error) {
	t.Helper()
	var e *stsclient.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *stsclient.Error", err)
	}
	quoted := fmt.Sprintf("%v|%+v|%#v|%s|%s|%s|%s|%s", err, err, e.Message, e.Code, e.RequestID, e.Subject(), e.Quote(), e.Message)
	for cause := errors.Unwrap(err); cause != nil; cause = errors.Unwrap(cause) {
		quoted += "|" + cause.Error()
	}
	for _, piece := range []string{longToken[:60], longToken[40:], shortToken} {
		if strings.Contains(quoted, piece) {
			t.Errorf("a token is quoted: %s", quoted)
		}
	}
	if strings.ContainsFunc(quoted, func(r rune) bool { return r < ' ' && r != '\n' }) {
		t.Errorf("there are control characters in %q", quoted)
	}
}

// A server that sends back what it was sent, in every place whose text is shown.
func TestRule21_answerQuotesNoToken(t *testing.T) {
	for _, echoed := range []string{longToken, longToken[:70], shortToken} {
		for where, answer := range map[string]ststest.Answer{
			"code":      ststest.ErrorAnswer(http.StatusBadRequest, echoed, "no"),
			"message":   ststest.ErrorAnswer(http.StatusBadRequest, "InvalidParameterValue", "bad token "+echoed),
			"subject":   ststest.ErrorAnswer(http.StatusBadRequest, "X", echoed+" claim missing from the JWT token"),
			"request":   ststest.Raw(400, "text/xml", "<Error><Code>X</Code><RequestId>"+echoed+"</RequestId></Error>"),
			"namespace": ststest.Raw(200, "text/xml", `<AssumeRoleWithWebIdentityResponse xmlns="`+echoed+`"/>`),
			"expiration": ststest.Raw(200, "text/xml", `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
				<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>a</AccessKeyId><SecretAccessKey>b</SecretAccessKey>
				<SessionToken>c</SessionToken><Expiration>`+echoed+`</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`),
		} {
			t.Run(where, func(t *testing.T) {
				client, _ := asked(t, answer)
				_, err := client.AssumeRoleWithWebIdentity(t.Context(), hostileRequest())
				saysNothing(t, err)
			})
		}
	}
}

// What is no HTTP at all comes back in the words of the transport, which quote it.
func TestRule21_brokenAnswerIsNotQuoted(t *testing.T) {
	for name, answer := range map[string]string{
		"header line": "HTTP/1.1 200 OK\r\n\x1b[2J%s\r\n\r\n",
		"status":      "HTTP/1.1 2%s0 OK\r\n\r\n",
		"no http":     "%s\r\n\r\n",
		"length":      "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n",
		"encoding":    "HTTP/1.1 200 OK\r\nTransfer-Encoding: %s\r\n\r\n",
	} {
		for _, echoed := range []string{longToken, shortToken} {
			t.Run(name, func(t *testing.T) {
				client := talkingTo(t, fmt.Sprintf(answer, echoed))
				_, err := client.AssumeRoleWithWebIdentity(t.Context(), hostileRequest())
				saysNothing(t, err)
				saysNothing(t, client.RevokeCredentials(t.Context(), stsclient.Credentials{
					AccessKeyID: "key", SecretAccessKey: secret.New("secret"), SessionToken: secret.New(shortToken),
				}))
			})
		}
	}
}

// talkingTo returns a client of a server that answers every request with text, word for word.
func talkingTo(t *testing.T, text string) *stsclient.Client {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if req, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
				_, _ = io.Copy(io.Discard, req.Body)
			}
			_, _ = io.WriteString(conn, text)
			_ = conn.Close()
		}
	}()
	client, err := stsclient.New(stsclient.Config{Endpoint: "http://" + l.Addr().String()})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// An error of a revocation quotes no access key.
func TestRule21_revokeErrorQuotesNoSecret(t *testing.T) {
	keys := stsclient.Credentials{AccessKeyID: "key", SecretAccessKey: secret.New("s3cr3t-key"), SessionToken: secret.New(longToken)}
	for _, echoed := range []string{longToken, longToken[:70]} {
		client, _ := asked(t, ststest.Raw(403, "application/json", `{"Code":"`+echoed+`","Message":"no: `+echoed+`"}`))
		saysNothing(t, client.RevokeCredentials(context.Background(), keys))
	}
}

// Keys go into files of other tools, into the environment and into headers: whatever is in them that
// ends a line there would be a line of the server's own.
func TestRule30_lineBreaksInCredentials(t *testing.T) {
	at := time.Now().Add(time.Hour)
	for _, odd := range []string{"a\ncredential_process = touch /tmp/x", "a\rb", "a\tb", "a b", "\u202eab", "a\u0085b", "schlüssel"} {
		for name, answer := range map[string]ststest.Answer{
			"access key": ststest.SuccessWith(odd, "secret", "token", at),
			"secret key": ststest.SuccessWith("key", odd, "token", at),
			"token":      ststest.SuccessWith("key", "secret", odd, at),
		} {
			client, _ := asked(t, answer)
			res, err := client.AssumeRoleWithWebIdentity(t.Context(), hostileRequest())
			var e *stsclient.Error
			if !errors.As(err, &e) || e.Kind != stsclient.KindBadAnswer {
				t.Errorf("%s %q: %v, %v", name, odd, res, err)
			}
		}
	}
}

// What a server sends beyond the bound is not even read: it may have no end.
func TestRule21_endlessAnswer(t *testing.T) {
	const more = 64 << 20
	sent := make(chan int, 8)
	server := ststest.New(t, func(w http.ResponseWriter, _ *http.Request) {
		ststest.Success(time.Hour)(w, nil)
		n, space := 0, []byte(strings.Repeat(" ", 64<<10))
		for n < more {
			wrote, err := w.Write(space)
			if n += wrote; err != nil {
				break
			}
		}
		sent <- n
	}).Listen()
	client, err := stsclient.New(stsclient.Config{Endpoint: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	res, err := client.AssumeRoleWithWebIdentity(t.Context(), hostileRequest())
	var e *stsclient.Error
	if !errors.As(err, &e) || e.Kind != stsclient.KindBadAnswer {
		t.Errorf("%v, %v", res, err)
	}
	if n := <-sent; n >= more { // sockets hold a few megabytes
		t.Errorf("all of %d bytes were taken", n)
	}
}

// Keys that are followed by enough blanks to be cut are not taken as if they were whole.
func TestRule21_answerTooLong(t *testing.T) {
	client, _ := asked(t, func(w http.ResponseWriter, _ *http.Request) {
		ststest.Success(time.Hour)(w, nil)
		_, _ = io.WriteString(w, strings.Repeat(" ", 1<<20))
	})
	if res, err := client.AssumeRoleWithWebIdentity(t.Context(), hostileRequest()); err == nil {
		t.Error(res)
	}
}
