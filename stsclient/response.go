package stsclient

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"daypass/auth/safetext"
	"daypass/auth/secret"
)

// maxBody bounds what is read of an answer.
const maxBody = 1 << 20

// MaxSessionToken is the longest session token that S3 requests can still carry. It goes out as a
// header, and MinIO refuses more than 8 KiB of user headers; a token of 3.9 KB was seen to work and
// one of 16 KB not to.
const MaxSessionToken = 7 << 10

type successXML struct {
	XMLName xml.Name    `xml:"AssumeRoleWithWebIdentityResponse"`
	Results []resultXML `xml:"AssumeRoleWithWebIdentityResult"`
}

type resultXML struct {
	Credentials []credentialsXML `xml:"Credentials"`
	Subject     string           `xml:"SubjectFromWebIdentityToken"`
}

type credentialsXML struct {
	AccessKeyID     []string `xml:"AccessKeyId"`
	SecretAccessKey []string `xml:"SecretAccessKey"`
	SessionToken    []string `xml:"SessionToken"`
	Expiration      []string `xml:"Expiration"`
}

// parseSuccess reads an answer strictly: the documented root, each part of the credentials once and not
// empty, and nothing behind the end. Its namespace does not count (Ceph sends none), and neither does
// what else is in it. An answer in JSON has the same parts under the same names.
func parseSuccess(body []byte) (*Response, error) {
	doc, err := decodeSuccess(body)
	if err != nil {
		return nil, err
	}
	if len(doc.Results) != 1 || len(doc.Results[0].Credentials) != 1 {
		return nil, errors.New("the answer must hold one set of credentials")
	}
	c := doc.Results[0].Credentials[0]
	for name, values := range map[string][]string{
		"AccessKeyId": c.AccessKeyID, "SecretAccessKey": c.SecretAccessKey,
		"SessionToken": c.SessionToken, "Expiration": c.Expiration,
	} {
		if len(values) != 1 || strings.TrimSpace(values[0]) == "" {
			return nil, fmt.Errorf("the answer must hold one %s", name)
		}
		if name != "Expiration" && strings.ContainsFunc(strings.TrimSpace(values[0]), notInCredentials) {
			return nil, fmt.Errorf("there are characters in the answer's %s that no key has", name)
		}
	}
	expiration, err := parseExpiration(strings.TrimSpace(c.Expiration[0]))
	if err != nil {
		return nil, err
	}
	return &Response{
		Subject: safetext.Line(doc.Results[0].Subject, 256),
		Credentials: Credentials{
			AccessKeyID:     strings.TrimSpace(c.AccessKeyID[0]),
			SecretAccessKey: secret.New(strings.TrimSpace(c.SecretAccessKey[0])),
			SessionToken:    secret.New(strings.TrimSpace(c.SessionToken[0])),
			Expiration:      expiration,
		},
	}, nil
}

// notInCredentials reports what is not visible ASCII. Credentials go into headers, into the environment and into the
// files of other tools, where the end of a line would begin one of the server's own.
func notInCredentials(r rune) bool { return r <= ' ' || r > '~' }

// dateLayouts are the forms in which servers write the expiration: RFC 3339 as documented, ISO 8601 with
// an offset without a colon, in its basic form, or without a zone, which then is UTC, and HTTP's date.
// A fraction of a second is read after any of them.
var dateLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05Z07", "2006-01-02T15:04:05",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z0700", "2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05 MST",
	"2006-01-02 15:04:05", "20060102T150405Z0700", http.TimeFormat, time.RFC1123Z,
}

// parseExpiration reads a date in one of the dateLayouts, or in seconds or milliseconds since 1970. A year
// far from ours is a broken answer and not a long session.
func parseExpiration(s string) (time.Time, error) {
	at, ok := parseDate(s)
	if !ok || at.Year() < 2000 || at.Year() > 9000 {
		return time.Time{}, errors.New("the expiration is not a date")
	}
	return at.UTC(), nil
}

// maxEpochSeconds is in the year 5138; a larger number counts milliseconds.
const maxEpochSeconds = 1e11

func parseDate(s string) (time.Time, bool) {
	for _, layout := range dateLayouts {
		if at, err := time.Parse(layout, s); err == nil && isKnownZone(at) {
			return at, true
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil:
		return time.Time{}, false
	case n > maxEpochSeconds:
		return time.UnixMilli(int64(n)), true
	}
	return time.Unix(int64(n), 0), true
}

// isKnownZone rejects what time.Parse makes of an abbreviation such as CEST: a zone of that name with no
// offset, hours from the truth.
func isKnownZone(at time.Time) bool {
	name, offset := at.Zone()
	return offset != 0 || name == "" || name == "UTC" || name == "GMT"
}

// errorXML covers both bodies: STS's <ErrorResponse><Error> with or without namespace, and S3's
// bare <Error>.
type errorXML struct {
	XMLName   xml.Name
	Code      string `xml:"Code"`
	Message   string `xml:"Message"`
	RequestID string `xml:"RequestId"`
	Error     *struct {
		Code    string `xml:"Code"`
		Message string `xml:"Message"`
	} `xml:"Error"`
}

func parseError(body []byte) (code, message, requestID string, ok bool) {
	if isJSON(body) {
		return parseJSONError(body)
	}
	var doc errorXML
	if decodeWhole(body, &doc) != nil {
		return "", "", "", false
	}
	switch {
	case doc.XMLName.Local == "ErrorResponse" && doc.Error != nil:
		return doc.Error.Code, doc.Error.Message, doc.RequestID, doc.Error.Code != ""
	case doc.XMLName.Local == "Error":
		return doc.Code, doc.Message, doc.RequestID, doc.Code != ""
	}
	return "", "", "", false
}

// byteOrderMark is what some editors and frameworks put before UTF-8.
var byteOrderMark = []byte("\xef\xbb\xbf")

// decodeWhole decodes one XML document and insists that nothing but space, comments and processing
// instructions follows.
func decodeWhole(body []byte, into any) error {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, byteOrderMark)))
	d.CharsetReader = asciiReader
	if err := d.Decode(into); err != nil {
		return errors.New("the answer is not the XML that it should be")
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errors.New("something follows the answer")
		}
		if !isBlank(token) {
			return errors.New("something follows the answer")
		}
	}
}

func isBlank(token xml.Token) bool {
	switch token := token.(type) {
	case xml.CharData:
		return len(bytes.TrimSpace(token)) == 0
	case xml.Comment, xml.ProcInst:
		return true
	}
	return false
}

// asciiReader reads an answer that names another encoding than UTF-8 as UTF-8. That is the same where all
// of it is ASCII, as credentials and dates are in each encoding that a server may name; in any other the
// document does not parse.
func asciiReader(_ string, in io.Reader) (io.Reader, error) { return in, nil }
