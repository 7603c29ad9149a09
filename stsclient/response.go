package stsclient

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"daypass/auth/secret"
)

// maxBody bounds what is read of an answer.
const maxBody = 1 << 20

// MaxSessionToken is the longest session token that S3 requests can still carry. It goes out as a
// header, and MinIO refuses more than 8 KiB of user headers; a token of 3.9 KB was seen to work and
// one of 16 KB not to.
const MaxSessionToken = 7 << 10

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/"

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

// parseSuccess reads an answer strictly: the documented root in the documented namespace, each part
// once and not empty, and nothing behind the end.
func parseSuccess(body []byte) (*Response, error) {
	var doc successXML
	if err := decodeWhole(body, &doc); err != nil {
		return nil, err
	}
	if doc.XMLName.Space != namespace {
		return nil, errors.New("the answer's namespace is not that of STS")
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
		if strings.ContainsFunc(strings.TrimSpace(values[0]), notInKeys) {
			return nil, fmt.Errorf("there are characters in the answer's %s that no key has", name)
		}
	}
	expiration, err := parseExpiration(strings.TrimSpace(c.Expiration[0]))
	if err != nil {
		return nil, err
	}
	return &Response{
		Subject: printable(doc.Results[0].Subject, 256),
		Credentials: Credentials{
			AccessKeyID:     strings.TrimSpace(c.AccessKeyID[0]),
			SecretAccessKey: secret.New(strings.TrimSpace(c.SecretAccessKey[0])),
			SessionToken:    secret.New(strings.TrimSpace(c.SessionToken[0])),
			Expiration:      expiration,
		},
	}, nil
}

// notInKeys reports what is not visible ASCII. Keys go into headers, into the environment and into the
// files of other tools, where the end of a line would begin one of the server's own.
func notInKeys(r rune) bool { return r <= ' ' || r > '~' }

// parseExpiration takes RFC 3339. A year far from ours is a broken answer and not a long session.
func parseExpiration(s string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil || at.Year() < 2000 || at.Year() > 9000 {
		return time.Time{}, errors.New("the expiration is no date")
	}
	return at.UTC(), nil
}

// refusalXML covers both bodies: STS's <ErrorResponse><Error> with or without namespace, and S3's
// bare <Error>.
type refusalXML struct {
	XMLName   xml.Name
	Code      string `xml:"Code"`
	Message   string `xml:"Message"`
	RequestID string `xml:"RequestId"`
	Error     *struct {
		Code    string `xml:"Code"`
		Message string `xml:"Message"`
	} `xml:"Error"`
}

func parseRefusal(body []byte) (code, message, requestID string, ok bool) {
	var doc refusalXML
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

// decodeWhole decodes one XML document and insists that nothing but space and comments follows.
func decodeWhole(body []byte, into any) error {
	d := xml.NewDecoder(bytes.NewReader(body))
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
		if text, isText := token.(xml.CharData); !isText || len(bytes.TrimSpace(text)) > 0 {
			return errors.New("something follows the answer")
		}
	}
}
