package gateway

import (
	"encoding/xml"
	"errors"
	"net/http"
	"strconv"

	"daypass/app/gateway/sigv4"
)

// Errors that a Source returns for what has an answer of its own.
var (
	// ErrPaused: the user has paused the client.
	ErrPaused = errors.New("requests of this program are paused in Daypass")
	// ErrRenewing: there will be credentials shortly.
	ErrRenewing = errors.New("the credentials have expired and are being renewed")
	// ErrSignedOut: there are no credentials until the user signs in.
	ErrSignedOut = errors.New("sign in to this connection in Daypass first")
)

// The answers of the gateway itself, in the terms of S3. The SDKs repeat requests that are answered with a status of
// 500 or more, and no others.
var (
	errHost        = denial(http.StatusForbidden, "AccessDenied", "This address is for programs on this computer that Daypass knows.")
	errMethod      = denial(http.StatusMethodNotAllowed, "MethodNotAllowed", "The gateway forwards GET, HEAD, PUT, POST and DELETE.")
	errUnknownKey  = denial(http.StatusForbidden, "InvalidAccessKeyId", "The key pair was revoked in Daypass, or its session has ended: sign in and make another one.")
	errNotData     = denial(http.StatusForbidden, "AccessDenied", "The gateway forwards requests for buckets and objects only.")
	errTooMany     = denial(http.StatusServiceUnavailable, "SlowDown", "The program has too many requests at a time.")
	errUnreachable = denial(http.StatusBadGateway, "ServiceUnavailable", "The storage server cannot be reached, or has broken off.")
	errSettings    = denial(http.StatusInternalServerError, "InternalError", "The connection's address or certificate authorities cannot be used.")
)

func denial(status int, code, message string) *sigv4.Error {
	return &sigv4.Error{Status: status, Code: code, Message: "Daypass: " + message}
}

// denialOf returns the answer to an error of a Source.
func denialOf(err error) *sigv4.Error {
	switch {
	case errors.Is(err, ErrPaused):
		return denial(http.StatusForbidden, "AccessDenied", ErrPaused.Error()+".")
	case errors.Is(err, ErrRenewing):
		return denial(http.StatusServiceUnavailable, "ServiceUnavailable", ErrRenewing.Error()+".")
	}
	return denial(http.StatusForbidden, "AccessDenied", ErrSignedOut.Error()+".")
}

// errorXML is an error as S3 answers it. Whatever a server says beyond these is not repeated: there are servers that
// put the request into it that they got, with the session token.
type errorXML struct {
	XMLName    xml.Name `xml:"Error"`
	Code       string   `xml:"Code"`
	Message    string   `xml:"Message"`
	Key        string   `xml:"Key,omitempty"`
	BucketName string   `xml:"BucketName,omitempty"`
	VersionID  string   `xml:"VersionId,omitempty"`
	Resource   string   `xml:"Resource,omitempty"`
	Region     string   `xml:"Region,omitempty"`
	Condition  string   `xml:"Condition,omitempty"`
	RequestID  string   `xml:"RequestId,omitempty"`
	HostID     string   `xml:"HostId,omitempty"`
}

func (e errorXML) bytes() []byte {
	text, _ := xml.Marshal(e) // of strings, which never fails
	return append([]byte(xml.Header), text...)
}

// writeError answers with an error.
func writeError(w http.ResponseWriter, e *sigv4.Error) {
	body := errorXML{Code: e.Code, Message: e.Message}.bytes()
	h := w.Header()
	protect(h)
	h.Set("Content-Type", "application/xml")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	h.Set("Connection", "close") // its body may not be over: see drain
	w.WriteHeader(e.Status)
	_, _ = w.Write(body)
}

// protect sets what keeps a browser from making anything of an answer.
func protect(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
}
