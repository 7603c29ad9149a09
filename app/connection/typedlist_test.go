package connection

import (
	"maps"
	"slices"
	"testing"
	"time"
)

func TestPorts_typedTexts(t *testing.T) {
	for typed, want := range map[string][]int{
		"": nil, " 18250,18251; 18252 ": {18250, 18251, 18252}, "8400": {8400}, "70000": {70000},
	} {
		if got, err := Ports(typed); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q is %v, %v", typed, got, err)
		}
	}
	if _, err := Ports("8400-8402"); fieldOf(err) != "login.redirect_ports" {
		t.Errorf("%v", err)
	}
}

func TestAge_typedTexts(t *testing.T) {
	for typed, want := range map[string]time.Duration{
		"": 0, " ": 0, "8h": 8 * time.Hour, "90 min": 90 * time.Minute, "1h30m": 90 * time.Minute, "3600": time.Hour, "7d": 7 * 24 * time.Hour, "30 S": 30 * time.Second,
	} {
		if got, err := Age(typed); err != nil || got != want {
			t.Errorf("%q is %v, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"soon", "0", "-1h", "8 fortnights", "99999999999"} {
		if _, err := Age(typed); fieldOf(err) != "login.max_age" {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestParameters_typedTexts(t *testing.T) {
	google := map[string]string{"access_type": "offline", "prompt": "consent"}
	for typed, want := range map[string]map[string]string{
		"": {}, "access_type=offline\nprompt=consent": google, "access_type=offline, prompt=consent": google, "access_type=offline&prompt=consent": google,
		`{ access_type = "offline", prompt = "consent" }`: google, "access_type = offline\n\n prompt = 'consent'\n": google,
		"claims={\"id_token\":{\"a\":null},\"x\":1}": {"claims": `{"id_token":{"a":null},"x":1}`},
		"resource=urn:company, all of it":            {"resource": "urn:company, all of it"}, "k=YQ==": {"k": "YQ=="}, "k=": {"k": ""},
	} {
		if got, err := Parameters(typed); err != nil || !maps.Equal(got, want) {
			t.Errorf("%q is %v, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"offline", "=offline", "a=1\na=2"} {
		if _, err := Parameters(typed); fieldOf(err) != "login.extra_parameters" {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// fieldOf returns the field that an error is about.
func fieldOf(err error) string {
	if field, ok := err.(*FieldError); ok {
		return field.Field
	}
	return ""
}
