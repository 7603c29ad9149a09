package buckets

import (
	"context"
	"crypto/tls"
	"encoding/xml"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/failure"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/auth/safetext"
	"daypass/auth/secret"
)

// Operation is what was being done when a request failed, for the words of the Error.
type Operation struct {
	// Name is the end of the ID of its text, such as "download".
	Name string
	// Action is what a policy must allow, such as "s3:ListBucket".
	Action string
	// Bucket and Key are what it was done to; empty where it was not one.
	Bucket, Key string
}

// resource is the operation's object as a policy names it.
func (o Operation) resource() string {
	switch {
	case o.Bucket == "":
		return "arn:aws:s3:::*"
	case o.Key == "":
		return "arn:aws:s3:::" + o.Bucket
	}
	return "arn:aws:s3:::" + o.Bucket + "/" + safetext.Name(o.Key)
}

// params are the parameters of all texts of errors.
func (o Operation) params(server string) map[string]string {
	name := o.Key
	if name == "" {
		name = o.Bucket
	}
	return map[string]string{
		"Server": server, "Operation": o.Name, "Name": safetext.Name(name), "Bucket": safetext.Name(o.Bucket), "Action": o.Action, "Resource": o.resource(),
	}
}

// OwnError is what Daypass itself refuses, or finds, with the code that a server has for it.
type OwnError struct {
	Code   string
	Reason messages.Message
}

// Error implements error.
func (e *OwnError) Error() string { return e.Code + " " + e.Reason.ID }

// Unwrap returns the error that a server would have sent.
func (e *OwnError) Unwrap() error { return minio.ErrorResponse{Code: e.Code} }

// InvalidNameError returns the error for a name that is refused before it is sent; fault is the end of the reason's ID.
func InvalidNameError(fault string) error {
	return &OwnError{Code: "InvalidBucketName", Reason: messages.Message{ID: "problem.reason.name." + fault}}
}

// Explain turns an error of minio-go, of the network or of the keys into an *Error. The cancellation
// of the caller comes back as context.Canceled, and an *Error as it is; nil stays nil.
func (c *Client) Explain(err error, op Operation) error {
	var known *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case errors.Is(err, context.Canceled):
		return context.Canceled
	}
	w, kind := c.wordsFor(err)
	p := app.Problem{Code: "storage-" + w.code, Variant: w.variant, Params: op.params(c.Host()), At: time.Now().Round(0)}
	if w.code == wordsOf[Denied].code {
		p.Variant = op.deniedVariant()
	}
	message := session.ServerMessage(c.Host(), serverMessage(err))
	if w == certificateWords {
		message = []messages.Message{failure.CertificateReason(c.Host(), err)}
	}
	var own *OwnError
	switch {
	case errors.As(err, &own):
		if own.Reason.ID != "" {
			p.Reasons = []messages.Message{own.Reason}
		}
		if kind == InvalidName {
			p.Variant = "own"
		}
	case w.quote == forUser:
		p.Reasons = message
	case w.quote == forAdmin:
		p.Hints = message
	}
	return &Error{Kind: kind, Err: withoutAddress(err), Problem: p}
}

// deniedVariant selects the texts of a refused listing: of all buckets, or of a bucket that somebody opened by its name.
func (o Operation) deniedVariant() string {
	switch {
	case o.Bucket == "":
		return "all"
	case o.Action == "s3:ListBucket":
		return "bucket"
	}
	return ""
}

// wordsFor finds what an error means and what is said of it.
func (c *Client) wordsFor(err error) (words, Kind) {
	var (
		keys        credentialsError
		response    minio.ErrorResponse
		invalidXML  *xml.SyntaxError
		unknownHost *net.DNSError
		cert        *tls.CertificateVerificationError
		timedOut    net.Error
	)
	switch {
	case errors.As(err, &keys):
		return wordsOfCredentials(keys)
	case errors.As(err, &response):
		return wordsOfResponse(response)
	case errors.Is(err, errRepeat):
		return wordsOf[Busy], Busy
	case errors.As(err, &cert):
		return certificateWords, Unreachable
	case errors.As(err, &unknownHost) && unknownHost.IsNotFound:
		return noHostWords, Unreachable
	case errors.As(err, &timedOut) && timedOut.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return slowWords, Unreachable
	case errors.Is(err, errOutside):
		return outsideWords, Other
	case errors.As(err, &invalidXML), errors.Is(err, errNotS3):
		return notS3Words, Other
	}
	var op *net.OpError
	if errors.As(err, &op) || isNetwork(err) {
		return unreachableWords, Unreachable
	}
	return otherWords, Other
}

// isNetwork reports whether a request ended without a whole answer.
func isNetwork(err error) bool {
	var wrapped *url.Error
	return errors.As(err, &wrapped) || errors.Is(err, io.ErrUnexpectedEOF) || minio.IsNetworkOrHostDown(err, false)
}

func wordsOfCredentials(err credentialsError) (words, Kind) {
	if errors.Is(err, app.ErrNoCredentials) || errors.Is(err, app.ErrNoConnection) {
		return noKeysWords, CredentialsExpired
	}
	return noAgentWords, Other
}

// wordsOfResponse goes by the server's code, then by its words, then by the status.
func wordsOfResponse(r minio.ErrorResponse) (words, Kind) {
	if w, kind, ofKMS := wordsOfKMS(r); ofKMS {
		return w, kind
	}
	for _, m := range byMessage {
		if strings.Contains(r.Message, m.says) {
			return wordsOf[m.kind], m.kind
		}
	}
	if kind, known := kindOf[r.Code]; known {
		if w, special := wordsOfCode[r.Code]; special {
			return w, kind
		}
		return wordsOf[kind], kind
	}
	return wordsOfStatus(r)
}

// wordsOfStatus goes by the status of an answer whose code is not known: it is often that of a proxy.
func wordsOfStatus(r minio.ErrorResponse) (words, Kind) {
	foreign := r.Code == pageCode
	switch status := r.StatusCode; {
	case status == http.StatusRequestHeaderFieldsTooLarge, foreign && strings.Contains(r.Message, "Header Or Cookie Too Large"):
		return proxyHeaderWords, TokenTooLong
	case status == http.StatusRequestEntityTooLarge:
		return proxySizeWords, Proxy
	case status == http.StatusInsufficientStorage:
		return wordsOf[Full], Full
	case status == http.StatusBadGateway, status == http.StatusServiceUnavailable && foreign, status == http.StatusGatewayTimeout:
		return gatewayWords, Busy
	case status == http.StatusTooManyRequests, status >= 500 && status != http.StatusNotImplemented && status != http.StatusNetworkAuthenticationRequired:
		return wordsOf[Busy], Busy
	case status == http.StatusProxyAuthRequired, status == http.StatusNetworkAuthenticationRequired:
		return proxySignInWords, Proxy
	case status == http.StatusNotFound && foreign, status >= 300 && status < 400:
		return notS3Words, Other
	case foreign, status == http.StatusLengthRequired:
		return wordsOf[Proxy], Proxy
	}
	return otherWords, Other
}

// maxServerMessage is how much of a server's own words is repeated.
const maxServerMessage = 300

// serverMessage is what the server or the network said, made printable, cut short and without what may be a
// secret: a server can send back what it was sent.
func serverMessage(err error) string {
	var response minio.ErrorResponse
	text := ""
	if errors.As(err, &response) {
		text = response.Code
		if text == pageCode {
			text = ""
		}
		if response.Message != "" && response.Message != response.Code {
			text = strings.TrimPrefix(text+": "+response.Message, ": ")
		}
	} else if err != nil {
		text = withoutAddress(err).Error()
	}
	text = strings.TrimRight(safetext.Name(strings.Join(strings.Fields(secret.Scrub(text)), " ")), ".")
	if runes := []rune(text); len(runes) > maxServerMessage {
		return string(runes[:maxServerMessage]) + "…"
	}
	return text
}

// withoutAddress takes the address from the text of a network error: it may be a signed one.
func withoutAddress(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
