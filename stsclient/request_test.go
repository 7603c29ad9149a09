package stsclient_test

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"daypass/auth/secret"
	"daypass/stsclient"
)

func pemOf(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}

// The limits of the reference page, on both sides of each edge.
func TestLimits_validate(t *testing.T) {
	policy := func(n int) string {
		const around = `{"Version":"2012-10-17","Id":""}`
		return `{"Version":"2012-10-17","Id":"` + strings.Repeat("x", n-len(around)) + `"}`
	}
	for name, c := range map[string]struct {
		change func(*stsclient.Request)
		bad    string
	}{
		"as it is":                 {func(*stsclient.Request) {}, ""},
		"token of 3":               {func(r *stsclient.Request) { r.WebIdentityToken = secret.New("abc") }, "WebIdentityToken"},
		"token of 4":               {func(r *stsclient.Request) { r.WebIdentityToken = secret.New("abcd") }, ""},
		"no token":                 {func(r *stsclient.Request) { r.WebIdentityToken = secret.Secret{} }, "WebIdentityToken"},
		"token of 4096":            {func(r *stsclient.Request) { r.WebIdentityToken = secret.New(strings.Repeat("x", 4096)) }, ""},
		"899 s":                    {func(r *stsclient.Request) { r.Duration = 899 * time.Second }, "DurationSeconds"},
		"900 s":                    {func(r *stsclient.Request) { r.Duration = 900 * time.Second }, ""},
		"604800 s":                 {func(r *stsclient.Request) { r.Duration = 604800 * time.Second }, ""},
		"604801 s":                 {func(r *stsclient.Request) { r.Duration = 604801 * time.Second }, "DurationSeconds"},
		"half a second":            {func(r *stsclient.Request) { r.Duration = time.Hour + time.Second/2 }, "DurationSeconds"},
		"a negative life":          {func(r *stsclient.Request) { r.Duration = -time.Hour }, "DurationSeconds"},
		"policy of 2048":           {func(r *stsclient.Request) { r.Policy = policy(2048) }, ""},
		"policy of 2048 and space": {func(r *stsclient.Request) { r.Policy = "  " + policy(2048) + "\n" }, ""},
		"policy of 2049":           {func(r *stsclient.Request) { r.Policy = policy(2049) }, "Policy"},
		"policy without version":   {func(r *stsclient.Request) { r.Policy = `{"Statement":[]}` }, "Policy"},
		"policy that is no JSON":   {func(r *stsclient.Request) { r.Policy = `{` }, "Policy"},
		"policy that is a list":    {func(r *stsclient.Request) { r.Policy = `[]` }, "Policy"},
		"a role":                   {func(r *stsclient.Request) { r.RoleARN = stsclient.MinIORoleARN("eu", "x") }, ""},
		"no ARN":                   {func(r *stsclient.Request) { r.RoleARN = "readwrite" }, "RoleArn"},
		"a name with a space":      {func(r *stsclient.Request) { r.RoleSessionName = "a b" }, "RoleSessionName"},
		"a name of one":            {func(r *stsclient.Request) { r.RoleSessionName = "a" }, "RoleSessionName"},
	} {
		r := request()
		c.change(&r)
		err := r.Validate()
		var limit *stsclient.LimitError
		if c.bad == "" && err != nil || c.bad != "" && (!errors.As(err, &limit) || limit.Parameter != c.bad || !slices.Contains(stsclient.Limits(), limit.Limit)) {
			t.Errorf("%s: %v, want %q", name, err, c.bad)
		}
	}
}

// A request outside the limits is not sent.
func TestLimits_nothingIsSent(t *testing.T) {
	c, server := asked(t)
	_, err := c.AssumeRoleWithWebIdentity(t.Context(), stsclient.Request{WebIdentityToken: secret.New("abc")})
	var limit *stsclient.LimitError
	if !errors.As(err, &limit) || len(server.Requests()) != 0 {
		t.Fatalf("%v, %d requests", err, len(server.Requests()))
	}
}

func TestMinIORoleARN_regions(t *testing.T) {
	const want = "arn:minio:iam:::role/MzwyYPnUWmuwMmJWEAH3df0TaIo" // as a MinIO printed it
	if got := stsclient.MinIORoleARN("", "desktop-app"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := stsclient.MinIORoleARN("eu-west-1", "desktop-app"); got != strings.Replace(want, "iam::", "iam:eu-west-1:", 1) {
		t.Errorf("with a region: %s", got)
	}
}

func TestCleanSessionName_characters(t *testing.T) {
	for in, want := range map[string]string{
		"ada@example.com": "ada@example.com", "Ada Lovelace": "Ada-Lovelace", "": "daypass", "x": "daypass",
		"Зоя@example.com": "@example.com", "a/b\\c:d": "a-b-c-d", strings.Repeat("a", 99): strings.Repeat("a", 64), "日本": "daypass",
	} {
		if got := stsclient.CleanSessionName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzCleanSessionName(f *testing.F) {
	f.Add("ada@example.com")
	f.Fuzz(func(t *testing.T, s string) {
		r := request()
		if r.RoleSessionName = stsclient.CleanSessionName(s); r.Validate() != nil {
			t.Errorf("%q becomes %q", s, r.RoleSessionName)
		}
	})
}

// An error can be printed with every verb.
func TestError_format(t *testing.T) {
	for _, format := range []string{"%v", "%+v", "%s", "%q"} {
		if out := fmt.Sprintf(format, &stsclient.Error{Kind: stsclient.KindUnreachable}); !strings.Contains(out, "unreachable") {
			t.Errorf("%s: %s", format, out)
		}
	}
}
