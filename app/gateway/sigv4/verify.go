package sigv4

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"daypass/auth/secret"
)

// Verified is a request whose signature is right.
type Verified struct {
	*Request
	key []byte
}

// Verify checks the signature with the secret access key at now. The error is an *Error.
func (s *Request) Verify(secretAccessKey secret.Secret, now time.Time) (Verified, error) {
	if err := s.inTime(now); err != nil {
		return Verified{}, err
	}
	canonical, err := s.canonical()
	if err != nil {
		return Verified{}, err
	}
	key := deriveKey(secretAccessKey.Reveal(), s.scope)
	if !equal(sign(key, s.stringToSign(canonical)), s.signature) {
		return Verified{}, ErrSignature
	}
	return Verified{s, key}, nil
}

// inTime checks when the request was signed.
func (s *Request) inTime(now time.Time) error {
	at, err := time.Parse(timeFormat, s.date)
	if err != nil {
		return ErrDate
	}
	if s.Presigned {
		if at.Sub(now) > MaxSkew || now.Sub(at) > s.expires {
			return ErrExpired
		}
		return nil
	}
	if now.Sub(at).Abs() > MaxSkew {
		return ErrSkew
	}
	return nil
}

// canonical returns the canonical form of the request.
func (s *Request) canonical() (string, error) {
	path := s.http.URL.Path
	if !utf8.ValidString(path) || !strings.HasPrefix(path, "/") {
		return "", ErrURI
	}
	headers, ok := s.canonicalHeaders()
	if !ok {
		return "", ErrSignature
	}
	return strings.Join([]string{
		s.http.Method, EscapePath(path), canonicalQuery(s.query), headers, strings.Join(s.headers, ";"), s.Payload,
	}, "\n"), nil
}

// canonicalQuery returns a query without the signature, encoded in one way and in order.
func canonicalQuery(query url.Values) string {
	var pairs [][2]string
	for name, values := range query {
		if name == "X-Amz-Signature" {
			continue
		}
		for _, value := range values {
			pairs = append(pairs, [2]string{escape(name, ""), escape(value, "")})
		}
	}
	slices.SortFunc(pairs, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	var text strings.Builder
	for i, pair := range pairs {
		if i > 0 {
			text.WriteByte('&')
		}
		text.WriteString(pair[0] + "=" + pair[1])
	}
	return text.String()
}

// canonicalHeaders returns the signed headers, one a line. It fails where one is not there.
func (s *Request) canonicalHeaders() (string, bool) {
	var b strings.Builder
	for _, name := range s.headers {
		values := s.valuesOf(name)
		if len(values) == 0 {
			return "", false
		}
		b.WriteString(name + ":")
		for i, value := range values {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(collapsed(value))
		}
		b.WriteByte('\n')
	}
	return b.String(), true
}

// valuesOf returns the values of a header, also of those that net/http keeps elsewhere.
func (s *Request) valuesOf(name string) []string {
	switch name {
	case "host":
		return []string{s.http.Host}
	case "transfer-encoding":
		return s.http.TransferEncoding
	case "content-length":
		if s.http.ContentLength >= 0 {
			return []string{strconv.FormatInt(s.http.ContentLength, 10)}
		}
	}
	return s.http.Header.Values(name)
}

// collapsed returns a value without spaces at its ends, and with single ones within.
func collapsed(value string) string {
	value = strings.Trim(value, " \t")
	if !strings.Contains(value, "  ") {
		return value
	}
	return strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r == ' ' }), " ")
}

func (s *Request) stringToSign(canonical string) string {
	return strings.Join([]string{algorithm, s.date, s.scope.String(), hexSum([]byte(canonical))}, "\n")
}

// deriveKey returns the key for a scope.
func deriveKey(secretAccessKey string, s scope) []byte {
	key := []byte("AWS4" + secretAccessKey)
	for _, part := range []string{s.day, s.region, s.service, terminator} {
		key = mac(key, part)
	}
	return key
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func sign(key []byte, text string) string { return hex.EncodeToString(mac(key, text)) }

func hexSum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// equal compares two signatures in constant time.
func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// EscapePath encodes a path as Signature Version 4 does: all but letters, digits and -_.~ and the slashes.
func EscapePath(path string) string { return escape(path, "/") }

const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"

func escape(text, keep string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if strings.IndexByte(unreserved, c) >= 0 || strings.IndexByte(keep, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', digits[c>>4], digits[c&15]})
	}
	return b.String()
}
