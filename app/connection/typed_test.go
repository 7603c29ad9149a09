package connection

import (
	"slices"
	"testing"
)

func TestAddress_typedTexts(t *testing.T) {
	for typed, want := range map[string]string{
		"":                                        "",
		"minio.example.com:9000":                  "https://minio.example.com:9000",
		"minio.example.com":                       "https://minio.example.com",
		" minio.example.com/ \n":                  "https://minio.example.com/",
		"\"https://minio.example.com\",":          "https://minio.example.com",
		"<https://login.example/realms/x>":        "https://login.example/realms/x",
		"login.example/realms/x":                  "https://login.example/realms/x",
		"//minio.example.com":                     "https://minio.example.com",
		"http://minio.example.com":                "http://minio.example.com",
		"s3://bucket/key":                         "s3://bucket/key",
		"localhost:9000":                          "http://localhost:9000",
		"127.0.0.1:9000":                          "http://127.0.0.1:9000",
		"[::1]:9000":                              "http://[::1]:9000",
		"::1":                                     "http://[::1]",
		"2001:db8::1":                             "https://[2001:db8::1]",
		"https:/minio.example:9000":               "https://minio.example:9000",
		"https:minio.example":                     "https://minio.example",
		"https//minio.example":                    "https://minio.example",
		"https:///minio.example":                  "https://minio.example",
		"http:/localhost:9000":                    "http://localhost:9000",
		"https://https://minio.example":           "https://minio.example",
		"http://https://minio.example":            "https://minio.example",
		"https.example":                           "https://https.example",
		"https://minio.example/?next=https://x/y": "https://minio.example/?next=https://x/y",
		"arn:aws:s3:::lake":                       "arn:aws:s3:::lake",
		"s3://lake":                               "s3://lake",
		"10.0.0.7:9000":                           "https://10.0.0.7:9000",
	} {
		if got := Address(typed); got != want {
			t.Errorf("%q became %q, want %q", typed, got, want)
		}
	}
}

func TestScopes_typedTexts(t *testing.T) {
	want := []string{"openid", "profile", "groups"}
	for _, typed := range []string{"openid profile groups", "openid,profile,groups", "openid, profile; groups", " openid\tprofile\ngroups,", `"openid", "profile", "groups"`} {
		if got := Scopes(typed); !slices.Equal(got, want) {
			t.Errorf("%q became %q", typed, got)
		}
	}
	if got := Scopes(" , "); len(got) != 0 {
		t.Errorf("nothing became %q", got)
	}
}

func TestLead_addresses(t *testing.T) {
	for typed, want := range map[string]string{
		" minio.example:9000/ ":                                                 "https://minio.example:9000/",
		"http://minio.example:9000":                                             "https://minio.example:9000",
		"localhost:9001/browser":                                                "http://localhost:9001/browser",
		"https://minio.example/login?redirect=x":                                "https://minio.example/login",
		"https://minio.example/#/login":                                         "https://minio.example/",
		"lake.s3.eu-central-1.amazonaws.com":                                    "https://s3.eu-central-1.amazonaws.com",
		"https://login.example/realms/company/.well-known/openid-configuration": "https://login.example/realms/company/.well-known/openid-configuration",
	} {
		u, problem := Lead(typed)
		if problem.ID != "" || u.String() != want {
			t.Errorf("%q leads to %v, %+v", typed, u, problem)
		}
	}
	for typed, want := range map[string]string{
		"": "endpoint-missing", "s3://lake/folder": "mistaken-path", "arn:aws:s3:::lake": "mistaken-arn", "https://console.aws.amazon.com/s3": "mistaken-console",
		"https://user@minio.example": "address-user", "https://minio.example:0": "address-port", "https://min\u202eio.example": "invisible", "ftp://minio.example": "address-scheme",
	} {
		if u, problem := Lead(typed); problem.ID != "agent.connection.field."+want {
			t.Errorf("%q leads to %v, %+v", typed, u, problem)
		}
	}
}
