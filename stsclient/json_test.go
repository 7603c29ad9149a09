package stsclient

import (
	"strings"
	"testing"
	"time"
)

// jsonAnswer is an answer in AWS's JSON, with an expiration.
func jsonAnswer(expiration string) string {
	return `{"AssumeRoleWithWebIdentityResponse":{"AssumeRoleWithWebIdentityResult":{"AssumedRoleUser":7,"SubjectFromWebIdentityToken":"ada",` +
		`"Credentials":{"AccessKeyId":"AKIA","SecretAccessKey":"secret","SessionToken":"token","Expiration":` + expiration + `}},"ResponseMetadata":{"RequestId":"r"}}}`
}

// An answer in JSON is as good as one in XML, with the expiration in each form that AWS has for it.
func TestParseResponse_json(t *testing.T) {
	want := time.Date(2026, 11, 28, 18, 0, 0, 0, time.UTC)
	for _, expiration := range []string{`"2026-11-28T18:00:00Z"`, "1795888800", "1.7958888E9", `"1795888800"`, "1795888800.0"} {
		res, err := parseSuccess([]byte("\ufeff " + jsonAnswer(expiration)))
		if err != nil || !res.Credentials.Expiration.Equal(want) || res.Credentials.SessionToken.Reveal() != "token" || res.Subject != "ada" {
			t.Errorf("%s: %+v, %v", expiration, res, err)
		}
	}
}

// What credentials need is as strict as in XML, and no error quotes the answer.
func TestParseResponse_brokenJSON(t *testing.T) {
	for _, body := range []string{
		"{", "{}", `{"AssumeRoleWithWebIdentityResponse":[]}`, jsonAnswer("true"), jsonAnswer("null"), jsonAnswer(`""`), jsonAnswer("1") + "{}",
		strings.Replace(jsonAnswer("1795888800"), `"secret"`, "7", 1),
		strings.Replace(jsonAnswer("1795888800"), `"token"`, `"to ken"`, 1),
		strings.Replace(jsonAnswer("1795888800"), `"AccessKeyId"`, `"accesskeyid"`, 1),
	} {
		if res, err := parseSuccess([]byte(body)); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %+v, %v", body, res, err)
		}
	}
}

// Errors in JSON have their kind, in the forms of AWS and of gateways.
func TestError_json(t *testing.T) {
	for body, want := range map[string]Kind{
		`{"Error":{"Type":"Sender","Code":"ExpiredTokenException","Message":"Token expired"},"RequestId":"r"}`:   KindTokenExpired,
		`{"__type":"com.amazonaws.sts#ExpiredTokenException","message":"Token expired"}`:                         KindTokenExpired,
		"\ufeff" + `{"code":"AccessDenied","message":"Not authorized to perform sts:AssumeRoleWithWebIdentity"}`: KindRoleDenied,
	} {
		code, message, _, ok := parseError([]byte(body))
		if kind, _ := classify(400, code, message); !ok || kind != want {
			t.Errorf("%s: %q %q is %s", body, code, message, kind)
		}
	}
	for _, body := range []string{`{}`, `{"Error":7}`, `{"message":"Forbidden"}`, `{"code":7}`} {
		if code, _, _, ok := parseError([]byte(body)); ok {
			t.Errorf("%s is %q", body, code)
		}
	}
}
