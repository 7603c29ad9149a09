package tools

import (
	"runtime"
	"slices"
	"strings"

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

// JupyterEnvironment returns the credentials as JupyterLab's S3 browser looks for them: it reads no others.
func JupyterEnvironment(a Access) []Variable {
	return []Variable{
		{"JUPYTERLAB_S3_ACCESS_KEY_ID", a.AccessKeyID},
		{"JUPYTERLAB_S3_SECRET_ACCESS_KEY", a.SecretAccessKey.Reveal()},
		{"JUPYTERLAB_S3_SESSION_TOKEN", a.SessionToken.Reveal()},
	}
}

// Location returns the variables that tell where the storage is, by every name under which a tool
// looks for it: a tool that finds none of them takes the credentials to Amazon.
func (a Access) Location() []Variable {
	vars := slices.Concat(a.endpoints(), a.hosts(), a.switches())
	if bundle := a.Bundle(); bundle != "" {
		vars = append(vars, caVariables(bundle, a.CAFile)...)
	}
	return vars
}

// endpoints are the names that take a URL.
func (a Access) endpoints() []Variable {
	sts := a.STSEndpoint
	if sts == "" {
		sts = a.Endpoint
	}
	return []Variable{
		{"AWS_ENDPOINT_URL", a.Endpoint},       // AWS SDKs, object_store, OpenDAL, Spark
		{"AWS_ENDPOINT_URL_S3", a.Endpoint},    // AWS SDKs
		{"AWS_ENDPOINT_URL_STS", sts},          // AWS SDKs
		{"AWS_ENDPOINT", a.Endpoint},           // object_store, WAL-G
		{"S3_ENDPOINT_URL", a.Endpoint},        // s5cmd
		{"MLFLOW_S3_ENDPOINT_URL", a.Endpoint}, // MLflow
		{"JUPYTERLAB_S3_ENDPOINT", a.Endpoint}, // JupyterLab's S3 browser
	}
}

// hosts are the names that take a host and a port, and those that tell them how to speak to it.
func (a Access) hosts() []Variable {
	scheme, host, _ := strings.Cut(a.Endpoint, "://")
	secure := scheme == "https"
	return []Variable{
		{"AWS_S3_ENDPOINT", host}, // GDAL
		{"AWS_HTTPS", choose(secure, "YES", "NO")},
		{"AWS_VIRTUAL_HOSTING", "FALSE"},
		{"HTS_S3_HOST", host}, // htslib
		{"HTS_S3_ADDRESS_STYLE", "path"},
		{"S3_ENDPOINT", host}, // TensorFlow
		{"S3_USE_HTTPS", choose(secure, "1", "0")},
		{"DUCKDB_S3_ENDPOINT", host}, // DuckDB
		{"DUCKDB_S3_USE_SSL", choose(secure, "true", "false")},
		{"AWS_ALLOW_HTTP", choose(secure, "false", "true")}, // object_store
	}
}

// switches are what else decides about where a request goes. The files of the AWS tools can have them
// too, so that it is not enough to clear them.
func (a Access) switches() []Variable {
	return []Variable{
		{"AWS_REGION", a.SigningRegion()},
		{"AWS_DEFAULT_REGION", a.SigningRegion()},
		{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false"},
		{"AWS_USE_FIPS_ENDPOINT", "false"},
		{"AWS_USE_DUALSTACK_ENDPOINT", "false"},
		{"AWS_VIRTUAL_HOSTED_STYLE_REQUEST", "false"}, // object_store
		{"AWS_S3_FORCE_PATH_STYLE", "true"},           // WAL-G
		// minio-go takes mc's sample alias "s3" for credentials, before it asks the endpoint for some.
		{"MINIO_SHARED_CREDENTIALS_FILE", nullDevice()},
	}
}

// Bundle returns the file of all authorities to trust for the connection; empty for the system's own.
func (a Access) Bundle() string {
	if a.CABundle != "" {
		return a.CABundle
	}
	return a.CAFile
}

// awsBundle is where the AWS SDKs look for authorities.
const awsBundle = "AWS_CA_BUNDLE"

// AWSBundle returns the variable by which AWS SDKs find the authorities to trust for the connection, for a
// program that is none of those that break at it: rclone, like others with an HTTP client of their own, ends
// with LoadCustomCABundleError. There is none where the system's authorities suffice.
func (a Access) AWSBundle() []Variable {
	if a.Bundle() == "" {
		return nil
	}
	return []Variable{{awsBundle, a.Bundle()}}
}

// caVariables name the file of all authorities to trust, and to Node.js the one of those beyond its own. They
// suit a shell, from which any program may run.
func caVariables(bundle, additional string) []Variable {
	vars := []Variable{
		{"SSL_CERT_FILE", bundle},      // Go, OpenSSL, rustls
		{"REQUESTS_CA_BUNDLE", bundle}, // the AWS CLI, boto3, Python's requests
		{"CURL_CA_BUNDLE", bundle},     // curl, GDAL, htslib
		{"RCLONE_CA_CERT", bundle},     // rclone
		{"S3_CA_FILE", bundle},         // TensorFlow
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

// misleading are the variables that win over what Daypass sets, or lead past it. A caller's own must not
// be inherited by what Daypass gives credentials to.
var misleading = []string{
	"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION",
	"AWS_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_TOKEN",
	"AWS_PROFILE", "AWS_DEFAULT_PROFILE",
	"AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE",
	"AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
	"AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
	"AWS_CA_BUNDLE", "AWS_NO_SIGN_REQUEST", "AWS_SKIP_SIGNATURE", "AWS_STS_REGIONAL_ENDPOINTS", "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT",
	"AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_METADATA_ENDPOINT", "CPL_AWS_CREDENTIALS_FILE",
	"AWS_ENDPOINT_URL_S3_CONTROL", "AWS_ENDPOINT_URL_S3TABLES", "AWS_ENDPOINT_URL_S3OUTPOSTS", "AWS_ENDPOINT_URL_SSO",
	"AWS_ENDPOINT_URL_SSO_OIDC", "AWS_ENDPOINT_URL_IAM", "AWS_ENDPOINT_URL_KMS",
	"MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD", "MINIO_ACCESS_KEY", "MINIO_SECRET_KEY", "MINIO_ALIAS",
	"JUPYTERLAB_S3_ACCESS_KEY_ID", "JUPYTERLAB_S3_SECRET_ACCESS_KEY", "JUPYTERLAB_S3_SESSION_TOKEN",
}

// Misleads reports whether a caller's own variable would win over what Daypass sets, or lead past it.
func Misleads(name string) bool {
	return slices.Contains(misleading, name) || strings.HasPrefix(name, "AWS_ENDPOINT_URL_")
}

// Apply returns an environment with vars in the place of a caller's own, and without what would win over
// them.
func Apply(environment []string, vars []Variable) []string {
	out := slices.DeleteFunc(slices.Clone(environment), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return Misleads(name) || has(vars, name)
	})
	for _, v := range vars {
		out = append(out, v.Name+"="+v.Value)
	}
	return out
}

func has(vars []Variable, name string) bool {
	return slices.ContainsFunc(vars, func(v Variable) bool { return v.Name == name })
}

// cleared are the misleading names that vars do not set themselves.
func cleared(vars []Variable) []string {
	return slices.DeleteFunc(slices.Clone(misleading), func(name string) bool { return has(vars, name) })
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
