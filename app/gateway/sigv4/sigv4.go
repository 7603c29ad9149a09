// Package sigv4 verifies requests that are signed by Signature Version 4 as S3 takes it: by header, by query
// (presigned URLs), and chunk by chunk (aws-chunked bodies). What it verifies may come from anyone who reaches the
// port; it decodes strictly, compares in constant time, and nothing in its errors is secret. It signs nothing.
package sigv4

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// MaxSkew is how far the clock of who signs may be from this one.
const MaxSkew = 15 * time.Minute

// maxExpires is the longest lifetime of a presigned URL.
const maxExpires = 7 * 24 * time.Hour

// Values of x-amz-content-sha256 that are no SHA-256.
const (
	UnsignedPayload          = "UNSIGNED-PAYLOAD"
	StreamingPayload         = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
	StreamingPayloadTrailer  = StreamingPayload + "-TRAILER"
	StreamingUnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
)

const (
	algorithm   = "AWS4-HMAC-SHA256"
	service     = "s3"
	terminator  = "aws4_request"
	timeFormat  = "20060102T150405Z"
	dayLength   = len("20060102")
	hexLength   = 64 // of a SHA-256 or a signature
	headerDate  = "X-Amz-Date"
	headerHash  = "X-Amz-Content-Sha256"
	headerToken = "X-Amz-Security-Token"
)

// Request is a request that names a signature. Nothing of it is verified before Verify.
type Request struct {
	// AccessKeyID is whose signature it is said to be.
	AccessKeyID string
	// Payload is the value of x-amz-content-sha256.
	Payload string
	// Presigned is true where the signature is in the query.
	Presigned bool
	// Query holds the parameters of the query but those of the signature.
	Query url.Values

	http      *http.Request
	query     url.Values // all of it
	scope     scope
	date      string
	expires   time.Duration
	headers   []string // the signed ones, in lower case and in order
	signature string
}

// scope is what the key of a signature is derived for.
type scope struct{ day, region, service string }

func (s scope) String() string {
	return strings.Join([]string{s.day, s.region, s.service, terminator}, "/")
}

// Read returns what a request says of its signature. The error is an *Error.
func Read(r *http.Request) (*Request, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, ErrURI
	}
	s := &Request{http: r, query: query, Query: withoutSignature(query)}
	header, inHeader := r.Header["Authorization"]
	inQuery := len(s.Query) < len(query)
	switch {
	case inHeader && inQuery, len(header) > 1:
		return nil, ErrTwice
	case inHeader:
		err = s.readHeader(header[0])
	case inQuery:
		err = s.readQuery()
	default:
		return nil, ErrUnsigned
	}
	if err != nil {
		return nil, err
	}
	if !s.headersSigned() {
		return nil, ErrUnsignedHeader
	}
	return s, nil
}

// readHeader reads the Authorization header, and the headers that belong to it.
func (s *Request) readHeader(value string) error {
	name, rest, _ := strings.Cut(value, " ")
	if name != algorithm {
		return ErrAlgorithm
	}
	fields, ok := readFields(rest)
	if !ok || !s.readCredential(fields["Credential"]) || !s.readSignedHeaders(fields["SignedHeaders"]) || !s.readSignature(fields["Signature"]) {
		return ErrHeader
	}
	if len(s.http.Header[headerToken]) > 0 {
		return ErrSessionToken
	}
	if s.date, ok = single(s.http.Header[headerDate]); !ok || !s.dateInScope() {
		return ErrDate
	}
	if s.Payload, ok = single(s.http.Header[headerHash]); !ok || !validPayload(s.Payload) {
		return ErrPayload
	}
	return nil
}

// readFields reads "Credential=..., SignedHeaders=..., Signature=...".
func readFields(text string) (map[string]string, bool) {
	fields := map[string]string{}
	for field := range strings.SplitSeq(text, ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(field), "=")
		if _, twice := fields[name]; !ok || twice {
			return nil, false
		}
		fields[name] = value
	}
	return fields, len(fields) == 3
}

// parameters are those of a presigned URL's signature.
var parameters = []string{
	"X-Amz-Algorithm", "X-Amz-Credential", headerDate, "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature", headerToken, headerHash,
}

// withoutSignature returns the parameters of a query that are not of a signature, however they are spelled.
func withoutSignature(query url.Values) url.Values {
	rest := url.Values{}
	for name, values := range query {
		if !slices.ContainsFunc(parameters, func(p string) bool { return strings.EqualFold(p, name) }) {
			rest[name] = values
		}
	}
	return rest
}

// readQuery reads the parameters of a presigned URL.
func (s *Request) readQuery() error {
	get := func(name string) string {
		value, _ := single(s.query[name])
		return value
	}
	s.Presigned, s.date = true, get(headerDate)
	seconds, err := strconv.Atoi(get("X-Amz-Expires"))
	s.expires = time.Duration(seconds) * time.Second
	switch {
	case s.query.Has(headerToken), len(s.http.Header[headerToken]) > 0:
		return ErrSessionToken
	case get("X-Amz-Algorithm") != algorithm:
		return ErrAlgorithm
	case len(s.query)-len(s.Query) != s.countParameters(), err != nil, seconds <= 0, seconds > int(maxExpires/time.Second):
		return ErrQuery
	case !s.readCredential(get("X-Amz-Credential")), !s.readSignedHeaders(get("X-Amz-SignedHeaders")), !s.readSignature(get("X-Amz-Signature")), !s.dateInScope():
		return ErrQuery
	}
	return s.readPresignedPayload()
}

// countParameters returns how many parameters of the signature there are that are spelled as they should be.
func (s *Request) countParameters() (n int) {
	for _, name := range parameters {
		if s.query.Has(name) {
			n++
		}
	}
	return n
}

// readPresignedPayload reads the hash of a body that is sent to a presigned URL; there need be none.
func (s *Request) readPresignedPayload() error {
	s.Payload = UnsignedPayload
	inQuery, inHeader := s.query[headerHash], s.http.Header[headerHash]
	if len(inQuery)+len(inHeader) == 0 {
		return nil
	}
	value, ok := single(append(slices.Clone(inQuery), inHeader...))
	if !ok || !validPayload(value) || value == StreamingPayload || value == StreamingPayloadTrailer {
		return ErrPayload
	}
	s.Payload = value
	return nil
}

// readCredential reads "ID/20260102/region/s3/aws4_request".
func (s *Request) readCredential(text string) bool {
	parts := strings.Split(text, "/")
	if len(parts) != 5 || parts[0] == "" || parts[2] == "" || parts[3] != service || parts[4] != terminator {
		return false
	}
	s.AccessKeyID, s.scope = parts[0], scope{parts[1], parts[2], parts[3]}
	return true
}

// readSignedHeaders reads "host;x-amz-date": in lower case, in order, each once, and the host among them.
func (s *Request) readSignedHeaders(text string) bool {
	s.headers = strings.Split(text, ";")
	for i, name := range s.headers {
		if name == "" || name != strings.ToLower(name) || i > 0 && name <= s.headers[i-1] {
			return false
		}
	}
	return slices.Contains(s.headers, "host")
}

func (s *Request) readSignature(text string) bool {
	s.signature = text
	return isHex(text)
}

// dateInScope reports whether the date is one, of the day for which the key is derived.
func (s *Request) dateInScope() bool {
	_, err := time.Parse(timeFormat, s.date)
	return err == nil && s.date[:dayLength] == s.scope.day
}

// headersSigned reports whether all headers that mean something to S3 alone are signed.
func (s *Request) headersSigned() bool {
	for name := range s.http.Header {
		if lower := strings.ToLower(name); strings.HasPrefix(lower, "x-amz-") && !slices.Contains(s.headers, lower) {
			return false
		}
	}
	return true
}

// single returns the one value; ok is false where there is none or are more.
func single(values []string) (value string, ok bool) {
	if len(values) != 1 {
		return "", false
	}
	return values[0], true
}

func validPayload(value string) bool {
	switch value {
	case UnsignedPayload, StreamingPayload, StreamingPayloadTrailer, StreamingUnsignedTrailer:
		return true
	}
	return isHex(value)
}

// isHex reports whether text is a SHA-256 in lower-case hexadecimal.
func isHex(text string) bool {
	return len(text) == hexLength && strings.Trim(text, "0123456789abcdef") == ""
}
