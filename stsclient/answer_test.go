package stsclient_test

import (
	"strings"
	"testing"
	"time"

	"daypass/stsclient/ststest"
)

const (
	documentedNamespace = ` xmlns="https://sts.amazonaws.com/doc/2011-06-15/"`
	documentedDate      = "2027-03-04T10:00:00Z"
)

// documented is an answer as AWS documents it.
const documented = `<?xml version="1.0" encoding="UTF-8"?>
<AssumeRoleWithWebIdentityResponse` + documentedNamespace + `><AssumeRoleWithWebIdentityResult><Credentials>` +
	`<AccessKeyId>KEY</AccessKeyId><SecretAccessKey>SECRET</SecretAccessKey><SessionToken>TOKEN</SessionToken>` +
	`<Expiration>` + documentedDate + `</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`

// Servers differ in what is around the credentials; the credentials are the same.
func TestParseResponse_otherServers(t *testing.T) {
	prefixed := strings.NewReplacer("</", "</sts:", "<Ass", "<sts:Ass", "<Cred", "<sts:Cred", "<Access", "<sts:Access",
		"<Secret", "<sts:Secret", "<Session", "<sts:Session", "<Exp", "<sts:Exp", "xmlns=", "xmlns:sts=")
	for name, body := range map[string]string{
		"as documented":          documented,
		"Ceph, no namespace":     strings.Replace(documented, documentedNamespace, "", 1),
		"another namespace":      strings.Replace(documented, "https://sts.amazonaws.com", "http://sts.example", 1),
		"a prefix":               prefixed.Replace(documented),
		"byte order mark":        "\xef\xbb\xbf" + documented,
		"no declaration":         documented[strings.Index(documented, "<Ass"):],
		"another encoding":       strings.Replace(documented, "UTF-8", "ISO-8859-1", 1),
		"capital encoding":       strings.Replace(documented, "UTF-8", "US-ASCII", 1),
		"comment behind the end": documented + "\n<!-- node 3 -->\n",
		"blanks around values":   strings.NewReplacer(">KEY<", ">\n KEY \n<", ">TOKEN<", "> TOKEN <", documentedDate, " "+documentedDate+"\n").Replace(documented),
		"CDATA":                  strings.Replace(documented, ">SECRET<", "><![CDATA[SECRET]]><", 1),
		"elements of its own":    strings.Replace(documented, "<Credentials>", "<PackedPolicySize>6</PackedPolicySize><Vendor><X>1</X></Vendor><Credentials>", 1),
		"empty optional ones":    strings.Replace(documented, "<Credentials>", "<AssumedRoleUser/><SubjectFromWebIdentityToken/><Credentials>", 1),
	} {
		c, _ := asked(t, ststest.Raw(200, "text/xml", body))
		res, err := c.AssumeRoleWithWebIdentity(t.Context(), request())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := res.Credentials
		if got.AccessKeyID != "KEY" || got.SecretAccessKey.Reveal() != "SECRET" || got.SessionToken.Reveal() != "TOKEN" ||
			!got.Expiration.Equal(time.Date(2027, 3, 4, 10, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Expirations are read in the forms of other servers.
func TestParseExpiration_otherServers(t *testing.T) {
	want := time.Date(2027, 3, 4, 10, 0, 0, 0, time.UTC)
	for date, ok := range map[string]bool{
		"2027-03-04T10:00:00Z": true, "2027-03-04T10:00:00+00:00": true, "2027-03-04T10:00:00+0000": true, "2027-03-04T12:00:00+0200": true,
		"2027-03-04T12:00:00+02": true, "2027-03-04T10:00:00.123Z": true, "2027-03-04T10:00:00.123456789+0000": true,
		"2027-03-04T10:00:00": true, "2027-03-04 10:00:00": true, "2027-03-04 10:00:00 UTC": true, "2027-03-04 10:00:00 +0000": true,
		"2027-03-04 10:00:00+00:00": true, "20270304T100000Z": true, "Thu, 04 Mar 2027 10:00:00 GMT": true,
		"Thu, 04 Mar 2027 10:00:00 +0000": true, "1804154400": true, "1804154400.5": true, "1804154400000": true,
		"": false, "soon": false, "2027-03-04": false, "2027-13-04T10:00:00Z": false, "0001-01-01T00:00:00Z": false, "9999-01-01T00:00:00Z": false,
		"-1": false, "0": false, "NaN": false, "1e300": false, "2027-03-04 12:00:00 CEST": false,
	} {
		c, _ := asked(t, ststest.Raw(200, "text/xml", strings.Replace(documented, documentedDate, date, 1)))
		res, err := c.AssumeRoleWithWebIdentity(t.Context(), request())
		if (err == nil) != ok {
			t.Errorf("%q: %v", date, err)
			continue
		}
		if ok && res.Credentials.Expiration.Truncate(time.Second) != want {
			t.Errorf("%q is read as %v", date, res.Credentials.Expiration)
		}
	}
}
