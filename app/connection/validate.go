package connection

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"daypass/app/messages"
	"daypass/auth/safetext"
	"daypass/stsclient"
)

// Normalized returns d without blanks around its values, without the slash that browsers put after a
// host, and with the issuer in place of the discovery URL ("config URL") that names it.
func (d Definition) Normalized() Definition {
	for _, s := range []*string{
		&d.Name, &d.Endpoint, &d.STSEndpoint, &d.Region, &d.CAFile, &d.Source, &d.Provider.Issuer, &d.Provider.ClientID,
		&d.Provider.LoginHint, &d.Provider.RedirectHost, &d.Provider.RedirectPath, &d.Keys.RoleARN, &d.Keys.Policy,
	} {
		*s = strings.TrimSpace(*s)
	}
	d.Endpoint = strings.TrimSuffix(d.Endpoint, "/")
	d.STSEndpoint = strings.TrimSuffix(d.STSEndpoint, "/")
	d.Source = strings.TrimSuffix(d.Source, "/")
	d.Provider.Issuer = strings.TrimSuffix(d.Provider.Issuer, "/.well-known/openid-configuration")
	if len(d.Provider.Scopes) == 0 {
		d.Provider.Scopes = nil
	}
	if len(d.Provider.ACRValues) == 0 {
		d.Provider.ACRValues = nil
	}
	d.Provider.Prompt = strings.Join(strings.Fields(d.Provider.Prompt), " ")
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
		if f.Reason.ID != "" {
			problems = append(problems, &f)
		}
	}
	return problems
}

func (d Definition) serverErrors() []FieldError {
	return []FieldError{
		{"name", nameProblem(d.Name)},
		{"endpoint", endpointProblem(d.Endpoint, text("endpoint-missing"))},
		{"sts_endpoint", endpointProblem(d.STSEndpoint, none)},
		{"region", regionProblem(d.Region)},
		{"ca_file", caFileProblem(d.CAFile)},
		{"source", endpointProblem(d.Source, none)},
	}
}

func (l Provider) fieldErrors() []FieldError {
	return []FieldError{
		{"login.issuer", issuerProblem(l.Issuer)},
		{"login.client_id", clientIDProblem(l.ClientID)},
		{"login.client_secret", plainProblem(l.ClientSecret.Reveal())},
		{"login.scopes", scopesProblem(l.Scopes)},
		{"login.acr_values", l.unlessTwice("acr_values", acrProblem(l.ACRValues))},
		{"login.max_age", l.unlessTwice("max_age", maxAgeProblem(l.MaxAge))},
		{"login.login_hint", l.unlessTwice("login_hint", plainProblem(l.LoginHint))},
		{"login.prompt", l.unlessTwice("prompt", promptProblem(l.Prompt))},
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

func nameProblem(s string) messages.Message {
	switch {
	case s == "":
		return text("name-missing")
	case utf8.RuneCountInString(s) > maxNameLength:
		return text("name-too-long", "Max", strconv.Itoa(maxNameLength))
	}
	return plainProblem(s)
}

// plainProblem refuses what does not show as what it is (rule 46): control characters, line breaks, letters
// that show nothing, marks that turn the direction of writing, and broken UTF-8.
func plainProblem(s string) messages.Message {
	if !plain(s) {
		return text("invisible")
	}
	return none
}

// plain reports whether a text shows as what it is.
func plain(s string) bool {
	return !safetext.HasInvisible(s) && utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
}

// regionProblem holds the region to letters, digits, - and _: it becomes part of signatures and of ARNs.
func regionProblem(s string) messages.Message {
	if strings.ContainsFunc(s, func(r rune) bool { return !isASCIILetterOrDigit(r) && r != '-' && r != '_' }) {
		return text("region")
	}
	return none
}

func isASCIILetterOrDigit(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func caFileProblem(s string) messages.Message {
	switch {
	case s != "" && !filepath.IsAbs(s):
		return text("ca-file-relative")
	case onNetwork(s):
		return text("ca-file-network")
	}
	return plainProblem(s)
}

// onNetwork reports whether Windows takes a path for one on another computer, or for a device.
func onNetwork(path string) bool {
	return strings.HasPrefix(strings.ReplaceAll(path, `\`, "/"), "//")
}

func clientIDProblem(s string) messages.Message {
	if s == "" {
		return text("client-id-missing")
	}
	return plainProblem(s)
}

// scopesProblem holds each scope to RFC 6749 section 3.3: printable ASCII without space, " and \.
func scopesProblem(scopes []string) messages.Message {
	for _, s := range scopes {
		odd := func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '\\' }
		if s == "" || strings.ContainsFunc(s, odd) {
			return text("scope", "Scope", strconv.Quote(s))
		}
	}
	return none
}

// protectedParameters make the authorization request safe, so no connection may set them.
var protectedParameters = []string{
	"client_id", "redirect_uri", "response_type", "response_mode", "state", "nonce",
	"code_challenge", "code_challenge_method", "scope", "request", "request_uri",
}

func parametersProblem(parameters map[string]string) messages.Message {
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		if slices.Contains(protectedParameters, strings.ToLower(name)) {
			return text("parameter-protected", "Parameter", name)
		}
		if name == "" || !plain(name) || !plain(parameters[name]) {
			return text("parameter")
		}
	}
	return none
}

func redirectHostProblem(s string) messages.Message {
	if s != "" && !slices.Contains([]string{"127.0.0.1", "::1", "localhost"}, s) {
		return text("redirect-host")
	}
	return none
}

func portsProblem(ports []int) messages.Message {
	for i, p := range ports {
		if p < 1 || p > 65535 {
			return text("port", "Port", strconv.Itoa(p))
		}
		if slices.Contains(ports[:i], p) {
			return text("port-twice", "Port", strconv.Itoa(p))
		}
	}
	return none
}

// redirectPathProblem keeps the path to unreserved characters (RFC 3986 section 2.3), so that it looks
// the same in every encoding and providers compare it without surprise.
func redirectPathProblem(s string) messages.Message {
	odd := func(r rune) bool { return !isASCIILetterOrDigit(r) && !strings.ContainsRune("/-._~", r) }
	if s == "" {
		return none
	}
	if s[0] != '/' || strings.ContainsFunc(s, odd) || strings.Contains(s, "//") || strings.Contains(s, "/.") {
		return text("redirect-path")
	}
	return none
}

func durationProblem(d time.Duration) messages.Message {
	switch {
	case d == 0:
		return none
	case d < stsclient.MinDuration || d > stsclient.MaxDuration:
		return text("duration-range", "Min", FormatDuration(stsclient.MinDuration), "Max", FormatDuration(stsclient.MaxDuration))
	case d%time.Second != 0:
		return text("duration-seconds")
	}
	return none
}

// maxRoleLength is the longest RoleArn that AssumeRoleWithWebIdentity takes.
const maxRoleLength = 2048

func roleProblem(s string) messages.Message {
	if s == "" || s == DeriveRoleARN {
		return none
	}
	if !strings.HasPrefix(s, "arn:") || len(s) < 20 || len(s) > maxRoleLength || strings.Contains(s, " ") {
		return text("role")
	}
	return plainProblem(s)
}

func policyProblem(s string) messages.Message {
	if s == "" {
		return none
	}
	if utf8.RuneCountInString(s) > stsclient.MaxPolicyLength {
		return text("policy-too-long", "Max", strconv.Itoa(stsclient.MaxPolicyLength))
	}
	var policy map[string]any
	if !utf8.ValidString(s) || json.Unmarshal([]byte(s), &policy) != nil || policy == nil {
		return text("policy", "Example", `{"Version": "2012-10-17", "Statement": [...]}`)
	}
	return none
}
