package stsclient

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// isJSON reports whether a body is meant as a JSON object: Daypass asks for XML, and gateways and some servers answer in
// JSON all the same.
func isJSON(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(body, byteOrderMark)), []byte("{"))
}

// decodeSuccess reads an answer with credentials, in XML or in AWS's JSON.
func decodeSuccess(body []byte) (doc successXML, err error) {
	if !isJSON(body) {
		return doc, decodeWhole(body, &doc)
	}
	response := jsonObject(bytes.TrimPrefix(body, byteOrderMark)).object("AssumeRoleWithWebIdentityResponse")
	result := response.object("AssumeRoleWithWebIdentityResult")
	keys := result.object("Credentials")
	if keys == nil {
		return doc, errors.New("the answer is not the JSON that it should be")
	}
	doc.Results = []resultXML{{Subject: result.text("SubjectFromWebIdentityToken"), Credentials: []credentialsXML{{
		AccessKeyID: []string{keys.text("AccessKeyId")}, SecretAccessKey: []string{keys.text("SecretAccessKey")},
		SessionToken: []string{keys.text("SessionToken")}, Expiration: []string{keys.textOrNumber("Expiration")},
	}}}}
	return doc, nil
}

// parseJSONError reads an error in JSON: AWS's {"Error": {"Code", "Message"}}, its {"__type", "message"}, or the
// {"code", "message"} of gateways.
func parseJSONError(body []byte) (code, message, requestID string, ok bool) {
	doc := jsonObject(bytes.TrimPrefix(body, byteOrderMark))
	inner := doc
	if of := doc.object("Error"); of != nil {
		inner = of
	}
	code = firstText(inner.text("Code"), inner.text("code"), inner.text("__type"))
	if _, name, qualified := strings.Cut(code, "#"); qualified {
		code = name
	}
	message = firstText(inner.text("Message"), inner.text("message"))
	return code, message, firstText(doc.text("RequestId"), doc.text("requestId")), code != ""
}

func firstText(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// members is a JSON object, read member by member: one of a type that nobody expects is empty and spoils no other.
type members map[string]json.RawMessage

// jsonObject returns the members of an object; nil for anything else.
func jsonObject(text []byte) members {
	var m members
	if json.Unmarshal(text, &m) != nil {
		return nil
	}
	return m
}

func (m members) object(name string) members { return jsonObject(m[name]) }

func (m members) text(name string) string {
	var s string
	if json.Unmarshal(m[name], &s) != nil {
		return ""
	}
	return s
}

// textOrNumber returns a string, or a number as it is written.
func (m members) textOrNumber(name string) string {
	var n json.Number
	if json.Unmarshal(m[name], &n) == nil {
		return n.String()
	}
	return m.text(name)
}
