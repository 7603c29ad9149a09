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
