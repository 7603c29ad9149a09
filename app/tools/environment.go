package tools

import (
	"runtime"
	"slices"
	"strings"

	"daypass/app/tools/cmdline"
	"daypass/auth/secret"
)

// Variable is an environment variable.
type Variable struct{ Name, Value string }

// Environment returns the variables for a tool that reads credentials from its environment.
func (a Access) Environment() []Variable {
	return append(a.credentials(), a.Location()...)
}

func (a Access) credentials() []Variable {
	return []Variable{
		{"AWS_ACCESS_KEY_ID", a.AccessKeyID},
		{"AWS_SECRET_ACCESS_KEY", a.SecretAccessKey.Reveal()},
		{"AWS_SESSION_TOKEN", a.SessionToken.Reveal()},
		{"AWS_CREDENTIAL_EXPIRATION", rfc3339(a.ExpiresAt)},
	}
}

// Location returns the variables that tell where the storage is, by every name under which a tool looks for it: a
// tool that finds none of them takes the credentials to Amazon.
func (a Access) Location() []Variable {
	var vars []Variable
	for _, d := range All() {
		vars = append(vars, d.Environment.location(a)...)
	}
	if bundle := a.Bundle(); bundle != "" {
		vars = append(vars, caVariables(bundle, a.CAFile)...)
	}
	return vars
}

func (e Environment) location(a Access) []Variable {
	var vars []Variable
	for _, name := range e.URLs {
		vars = append(vars, Variable{name, a.Endpoint})
	}
	for _, name := range e.Hosts {
		vars = append(vars, Variable{name, a.host()})
	}
	if e.Settings != nil {
		vars = append(vars, e.Settings(a)...)
	}
	return vars
}

// EndpointNames returns the variables that name an endpoint to some tool.
func EndpointNames() []string {
	var names []string
	for _, d := range All() {
		names = append(append(names, d.Environment.URLs...), d.Environment.Hosts...)
	}
	return names
}

// host returns the host and port of the endpoint.
func (a Access) host() string {
	_, host, _ := strings.Cut(a.Endpoint, "://")
	return host
}

// secure reports whether the endpoint is to be reached by TLS.
func (a Access) secure() bool { return strings.HasPrefix(a.Endpoint, "https://") }

// Bundle returns the file of all authorities to trust for the connection; empty for the system's own.
func (a Access) Bundle() string {
	if a.CABundle != "" {
		return a.CABundle
	}
	return a.CAFile
}

// awsBundle is where the AWS SDKs look for authorities.
const awsBundle = "AWS_CA_BUNDLE"

// awsBundleVariables returns the variable by which AWS SDKs find the authorities to trust for the connection, for a
// program that is none of those that break at it: rclone, like others with an HTTP client of their own, ends with
// LoadCustomCABundleError. There is none where the system's authorities suffice.
func (a Access) awsBundleVariables() []Variable {
	if a.Bundle() == "" {
		return nil
	}
	return []Variable{{awsBundle, a.Bundle()}}
}

// caVariables name the file of all authorities to trust, and to Node.js the one of those beyond its own. They suit a
// shell, from which any program may run.
func caVariables(bundle, additional string) []Variable {
	vars := []Variable{
		{"SSL_CERT_FILE", bundle},  // Go, OpenSSL, rustls
		{"CURL_CA_BUNDLE", bundle}, // curl, GDAL, htslib
	}
	for _, d := range All() {
		for _, name := range d.Environment.Bundles {
			vars = append(vars, Variable{name, bundle})
		}
	}
	if additional != "" {
		vars = append(vars, Variable{"NODE_EXTRA_CA_CERTS", additional})
	}
	return vars
}

// nullDevice is a file with nothing in it.
func nullDevice() string { return choose(runtime.GOOS == "windows", "NUL", "/dev/null") }

func choose(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}

// misleading returns the variables that win over what Daypass sets, or lead past it. A caller's own must not be
// inherited by a program that Daypass provides with credentials.
func misleading() []string {
	var names []string
	for _, d := range All() {
		names = append(names, d.Environment.Overrides...)
	}
	return names
}

// families are the beginnings of names of which tools read more than any list has: object_store takes each AWS_
// variable for an option of its own, rclone has one for each of its flags.
var families = []string{"AWS_", "CPL_AWS_", "DUCKDB_S3_", "RCLONE_S3_", rcloneRemotePrefix}

// harmless are those of the families that change neither where requests go, nor who makes them, nor what is trusted.
var harmless = []string{
	"AWS_CLI_", "AWS_SSE_", "AWS_PAGER", "AWS_DEFAULT_OUTPUT", "AWS_DEFAULTS_MODE", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE",
	"AWS_REQUEST_CHECKSUM_CALCULATION", "AWS_RESPONSE_CHECKSUM_VALIDATION", "AWS_CHECKSUM_ALGORITHM", "AWS_REQUEST_PAYER",
	"AWS_SERVER_SIDE_ENCRYPTION", "AWS_CONDITIONAL_PUT", "AWS_COPY_IF_NOT_EXISTS", "AWS_S3_ALLOW_UNSAFE_RENAME", "AWS_DISABLE_TAGGING",
	"AWS_TIMEOUT", "AWS_CONNECT_TIMEOUT",
}

// misleads reports whether a variable of a caller's may win over what Daypass sets.
func misleads(name string) bool {
	begins := func(prefix string) bool { return strings.HasPrefix(name, prefix) }
	return slices.Contains(misleading(), name) || slices.ContainsFunc(families, begins) && !slices.ContainsFunc(harmless, begins)
}

// Misleading returns the names in an environment that may win over what Daypass sets. What makes no plain name of a
// variable is left out, since it could not be written into a shell.
func Misleading(environment []string) []string {
	var names []string
	for _, entry := range environment {
		if name, _, _ := strings.Cut(entry, "="); misleads(name) && strings.Trim(name, variableAlphabet) == "" {
			names = append(names, name)
		}
	}
	return names
}

const variableAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

// Apply returns an environment with vars in place of a caller's own, and without what would win over them.
func Apply(environment []string, vars []Variable) []string {
	out := slices.DeleteFunc(slices.Clone(environment), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return has(vars, name) || misleads(name)
	})
	for _, v := range vars {
		out = append(out, v.Name+"="+v.Value)
	}
	return out
}

func has(vars []Variable, name string) bool {
	return slices.ContainsFunc(vars, func(v Variable) bool { return v.Name == name })
}

// cleared returns the misleading names, those of inherited among them, that vars do not set themselves.
func cleared(vars []Variable, inherited []string) []string {
	names := misleading()
	for _, name := range inherited {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return has(vars, name) })
}

// EndpointEnvironment returns the variables for a program that fetches credentials from a container endpoint: where
// it is, the token for it, in tokenFile too unless that is empty, and where the storage is. The AWS tools' own files
// are out of the way, since credentials in a default profile would win over the endpoint.
func (a Access) EndpointEnvironment(url string, token secret.Secret, tokenFile string) []Variable {
	vars := []Variable{
		{"AWS_CONTAINER_CREDENTIALS_FULL_URI", url},
		{"AWS_CONTAINER_AUTHORIZATION_TOKEN", token.Reveal()},
	}
	if tokenFile != "" { // object_store reads the token from nowhere else
		vars = append(vars, Variable{"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", tokenFile})
	}
	vars = append(vars,
		Variable{"AWS_CONFIG_FILE", nullDevice()},
		Variable{"AWS_SHARED_CREDENTIALS_FILE", nullDevice()},
		Variable{"AWS_EC2_METADATA_DISABLED", "true"})
	return append(vars, a.Location()...)
}

// ExecEnvironment returns what a program needs beside the endpoint for credentials, by its command line. Credentials
// are in it only for a program that looks for them there.
func (a Access) ExecEnvironment(line cmdline.Line) []Variable {
	var vars []Variable
	bundle := !line.Shell()
	for _, d := range All() {
		runs, e := line.Runs(d.Commands...), d.Environment
		if e.Exec != nil {
			vars = append(vars, e.Exec(a)...)
		}
		if runs && e.ExecOwn != nil {
			vars = append(vars, e.ExecOwn(a)...)
		}
		bundle = bundle && !(runs && e.RefusesAWSBundle)
	}
	if bundle {
		vars = append(vars, a.awsBundleVariables()...)
	}
	return vars
}

// Shadows returns the variables of an environment that win over a profile.
func Shadows(getenv func(string) string) []string {
	var set []string
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} {
		if getenv(name) != "" {
			set = append(set, name)
		}
	}
	return set
}
