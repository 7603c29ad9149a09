package connection

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"daypass/auth/safetext"
	"daypass/stsclient"
)

// Normalized returns d without blanks around its values, without the slash that browsers put after a
// host, and with the issuer in place of the discovery URL ("config URL") that names it.
func (d Definition) Normalized() Definition {
	for _, s := range []*string{
		&d.Name, &d.Endpoint, &d.STSEndpoint, &d.Region, &d.CAFile, &d.Provider.Issuer, &d.Provider.ClientID,
		&d.Provider.RedirectHost, &d.Provider.RedirectPath, &d.Keys.RoleARN, &d.Keys.Policy,
	} {
		*s = strings.TrimSpace(*s)
	}
	d.Endpoint = strings.TrimSuffix(d.Endpoint, "/")
	d.STSEndpoint = strings.TrimSuffix(d.STSEndpoint, "/")
	d.Provider.Issuer = strings.TrimSuffix(d.Provider.Issuer, "/.well-known/openid-configuration")
	if len(d.Provider.Scopes) == 0 {
		d.Provider.Scopes = nil
	}
	if len(d.Provider.ExtraParameters) == 0 {
		d.Provider.ExtraParameters = nil
	}
	if len(d.Provider.RedirectPorts) == 0 {
		d.Provider.RedirectPorts = nil
	}
	return d
}

// Validate returns the first error of d as a *FieldError, or nil.
func (d Definition) Validate() error {
	if problems := d.FieldErrors(); len(problems) > 0 {
		return problems[0]
	}
	return nil
}

// FieldErrors returns an error for every field that cannot be used, in the order of the file. It judges d as it is;
// see Normalized.
func (d Definition) FieldErrors() []*FieldError {
	var problems []*FieldError
	for _, f := range slices.Concat(d.serverErrors(), d.Provider.fieldErrors(), d.Keys.faults()) {
		if f.Reason != "" {
			problems = append(problems, &f)
		}
	}
	return problems
}

func (d Definition) serverErrors() []FieldError {
	return []FieldError{
		{"name", nameProblem(d.Name)},
		{"endpoint", endpointProblem(d.Endpoint, "Give the address of the storage server, such as https://minio.example:9000.")},
		{"sts_endpoint", endpointProblem(d.STSEndpoint, "")},
		{"region", regionProblem(d.Region)},
		{"ca_file", caFileProblem(d.CAFile)},
	}
}

func (l Provider) fieldErrors() []FieldError {
	return []FieldError{
		{"login.issuer", issuerProblem(l.Issuer)},
		{"login.client_id", clientIDProblem(l.ClientID)},
		{"login.client_secret", plainProblem(l.ClientSecret.Reveal())},
		{"login.scopes", scopesProblem(l.Scopes)},
		{"login.extra_parameters", parametersProblem(l.ExtraParameters)},
		{"login.redirect_host", redirectHostProblem(l.RedirectHost)},
		{"login.redirect_ports", portsProblem(l.RedirectPorts)},
		{"login.redirect_path", redirectPathProblem(l.RedirectPath)},
	}
}

func (k KeyRequest) faults() []FieldError {
	return []FieldError{
		{"keys.duration", durationProblem(k.Duration)},
		{"keys.role_arn", roleProblem(k.RoleARN)},
		{"keys.policy", policyProblem(k.Policy)},
	}
}

// maxNameLength is in characters; more fits on no screen.
const maxNameLength = 80

func nameProblem(s string) string {
	switch {
	case s == "":
		return "Give the connection a name, such as Research lake."
	case utf8.RuneCountInString(s) > maxNameLength:
		return fmt.Sprintf("The name is longer than %d characters.", maxNameLength)
	}
	return plainProblem(s)
}

// plainProblem refuses what does not show as what it is (rule 46): control characters, line breaks, letters
// that show nothing, marks that turn the direction of writing, and broken UTF-8.
func plainProblem(s string) string {
	if safetext.HasInvisible(s) || !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return "There are characters in it that cannot be shown. Type it anew."
	}
	return ""
}

// regionProblem holds the region to letters, digits, - and _: it becomes part of signatures and of ARNs.
func regionProblem(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !isASCIILetterOrDigit(r) && r != '-' && r != '_' }) {
		return "A region has letters, digits and hyphens only, such as us-east-1. Most MinIO servers need none."
	}
	return ""
}

func isASCIILetterOrDigit(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func caFileProblem(s string) string {
	switch {
	case s != "" && !filepath.IsAbs(s):
		return "Give the whole path of the certificate file, from the root folder on."
	case onNetwork(s):
		return "The certificate file must be on this computer: Windows would sign in at another one to read it."
	}
	return plainProblem(s)
}

// onNetwork reports whether Windows takes a path for one on another computer, or for a device.
func onNetwork(path string) bool {
	return strings.HasPrefix(strings.ReplaceAll(path, `\`, "/"), "//")
}

func clientIDProblem(s string) string {
	if s == "" {
		return "Give the client ID that is registered for Daypass at the login, such as desktop-app."
	}
	return plainProblem(s)
}

// scopesProblem holds each scope to RFC 6749 section 3.3: printable ASCII without space, " and \.
func scopesProblem(scopes []string) string {
	for _, s := range scopes {
		odd := func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '\\' }
		if s == "" || strings.ContainsFunc(s, odd) {
			return fmt.Sprintf(`%q is no scope. Write each scope by itself, such as ["openid", "email"].`, s)
		}
	}
	return ""
}

// protectedParameters make the authorization request safe, so no connection may set them.
var protectedParameters = []string{
	"client_id", "redirect_uri", "response_type", "response_mode", "state", "nonce",
	"code_challenge", "code_challenge_method", "scope", "request", "request_uri",
}

func parametersProblem(parameters map[string]string) string {
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		if slices.Contains(protectedParameters, strings.ToLower(name)) {
			return fmt.Sprintf("Daypass sets %s by itself, and no connection may change it.", name)
		}
		if name == "" || plainProblem(name) != "" || plainProblem(parameters[name]) != "" {
			return "A parameter has a name and a value in plain characters, such as access_type = \"offline\"."
		}
	}
	return ""
}

func redirectHostProblem(s string) string {
	if s != "" && !slices.Contains([]string{"127.0.0.1", "::1", "localhost"}, s) {
		return "The answer of the login comes to this computer only: 127.0.0.1, ::1 or localhost."
	}
	return ""
}

func portsProblem(ports []int) string {
	for i, p := range ports {
		if p < 1 || p > 65535 {
			return fmt.Sprintf("%d is no port. Ports go from 1 to 65535.", p)
		}
		if slices.Contains(ports[:i], p) {
			return fmt.Sprintf("Port %d is there twice.", p)
		}
	}
	return ""
}

// redirectPathProblem keeps the path to unreserved characters (RFC 3986 section 2.3), so that it looks
// the same in every encoding and providers compare it without surprise.
func redirectPathProblem(s string) string {
	odd := func(r rune) bool { return !isASCIILetterOrDigit(r) && !strings.ContainsRune("/-._~", r) }
	if s == "" {
		return ""
	}
	if s[0] != '/' || strings.ContainsFunc(s, odd) || strings.Contains(s, "//") || strings.Contains(s, "/.") {
		return "A path begins with / and has letters, digits, - and _, such as /callback."
	}
	return ""
}

func durationProblem(d time.Duration) string {
	switch {
	case d == 0:
		return ""
	case d < stsclient.MinDuration || d > stsclient.MaxDuration:
		return fmt.Sprintf("Servers give keys for %s to %s. Leave it empty for what the server gives.",
			formatDuration(stsclient.MinDuration), formatDuration(stsclient.MaxDuration))
	case d%time.Second != 0:
		return "Servers count in whole seconds."
	}
	return ""
}

// maxRoleLength is the longest RoleArn that AssumeRoleWithWebIdentity takes.
const maxRoleLength = 2048

func roleProblem(s string) string {
	if s == "" || s == DeriveRoleARN {
		return ""
	}
	if !strings.HasPrefix(s, "arn:") || len(s) < 20 || len(s) > maxRoleLength || strings.Contains(s, " ") {
		return `A role is an ARN, such as arn:minio:iam:::role/..., or "derive" to compute MinIO's, or empty.`
	}
	return plainProblem(s)
}

func policyProblem(s string) string {
	if s == "" {
		return ""
	}
	if utf8.RuneCountInString(s) > stsclient.MaxPolicyLength {
		return fmt.Sprintf("The policy has more than %d characters, which is as much as servers take.", stsclient.MaxPolicyLength)
	}
	var policy map[string]any
	if !utf8.ValidString(s) || json.Unmarshal([]byte(s), &policy) != nil || policy == nil {
		return `The policy is an IAM policy in JSON, such as {"Version": "2012-10-17", "Statement": [...]}.`
	}
	return ""
}
