package tools

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"daypass/app/tools/cmdline"
	"daypass/auth/secret"
)

// value is what a list of variables sets a name to; empty where it does not.
func value(vars []Variable, name string) string {
	for _, v := range vars {
		if v.Name == name {
			return v.Value
		}
	}
	return ""
}

// Every name of the endpoint is set.
func TestRule48_setsEveryNameOfEndpoint(t *testing.T) {
	const url, host = "https://minio.example:9000", "minio.example:9000"
	secure := map[string]string{
		"AWS_ENDPOINT_URL": url, "AWS_ENDPOINT_URL_S3": url, "AWS_ENDPOINT_URL_STS": url, "AWS_ENDPOINT": url, "S3_ENDPOINT_URL": url,
		"MLFLOW_S3_ENDPOINT_URL": url, "JUPYTERLAB_S3_ENDPOINT": url, "AWS_S3_ENDPOINT": host, "HTS_S3_HOST": host, "S3_ENDPOINT": host,
		"DUCKDB_S3_ENDPOINT": host, "AWS_HTTPS": "YES", "S3_USE_HTTPS": "1", "DUCKDB_S3_USE_SSL": "true", "AWS_ALLOW_HTTP": "false",
		"HTS_S3_ADDRESS_STYLE": "path", "AWS_VIRTUAL_HOSTING": "FALSE", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
		"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false", "AWS_USE_FIPS_ENDPOINT": "false", "AWS_USE_DUALSTACK_ENDPOINT": "false",
	}
	plain := map[string]string{
		"AWS_ENDPOINT_URL": "http://127.0.0.1:9000", "AWS_S3_ENDPOINT": "127.0.0.1:9000", "AWS_HTTPS": "NO", "S3_USE_HTTPS": "0",
		"DUCKDB_S3_USE_SSL": "false", "AWS_ALLOW_HTTP": "true", "AWS_ENDPOINT_URL_STS": "https://sts.example",
	}
	http := keys()
	http.Endpoint, http.STSEndpoint = "http://127.0.0.1:9000", "https://sts.example"
	for name, tt := range map[string]struct {
		vars []Variable
		want map[string]string
	}{
		"environment": {keys().Environment(), secure}, "grant": {endpointEnvironment(), secure}, "http": {http.Location(), plain},
	} {
		for variable, want := range tt.want {
			if got := value(tt.vars, variable); got != want {
				t.Errorf("%s: %s is %q, want %q", name, variable, got, want)
			}
		}
	}
}

// What the caller had in the environment does not win.
func TestRule48_callersVariablesDoNotWin(t *testing.T) {
	var inherited []string
	for _, name := range append(misleading(), "AWS_ENDPOINT_URL_NEW_SERVICE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT", "S3_ENDPOINT") {
		inherited = append(inherited, name+"=the caller's")
	}
	for _, vars := range [][]Variable{keys().Environment(), endpointEnvironment()} {
		got := Apply(append(inherited, "HOME=/home/ada"), vars)
		if joined := strings.Join(got, "\n"); strings.Contains(joined, "the caller's") || !strings.Contains(joined, "HOME=/home/ada") {
			t.Errorf("%s", joined)
		}
	}
}

// Tools read more variables than any list has: those that begin as theirs do are not inherited, but for the ones that
// are known to change nothing that matters.
func TestRule48_callersVariablesOfKnownFamilies(t *testing.T) {
	for name, inherited := range map[string]bool{
		"AWS_PROXY_URL": false, "AWS_SOME_NEW_OPTION": false, "RCLONE_S3_ACCESS_KEY_ID": false, "RCLONE_CONFIG_DAYPASS_SHARED_CREDENTIALS_FILE": false,
		"CPL_AWS_STS_ROOT_URL": false, "DUCKDB_S3_ACCESS_KEY_ID": false, "MC_RESOLVE": false, "MINIO_ALIAS": false, "GDAL_HTTP_UNSAFESSL": false,
		"AWS_MAX_ATTEMPTS": true, "AWS_PAGER": true, "AWS_CLI_AUTO_PROMPT": true, "RCLONE_CONFIG": true, "RCLONE_CONFIG_OTHER_TYPE": true,
		"MC_HOST_other": true, "AWSOME": true, "HTTPS_PROXY": true,
	} {
		got := Apply([]string{name + "=the caller's"}, keys().Environment())
		if slices.Contains(got, name+"=the caller's") != inherited {
			t.Errorf("%s is inherited: %t", name, !inherited)
		}
		if found := Misleading([]string{name + "=x"}); len(found) == 0 != inherited {
			t.Errorf("%s misleads: %v", name, found)
		}
	}
	if found := Misleading([]string{"AWS_A;reboot=x", "AWS_$(reboot)=x"}); len(found) > 0 {
		t.Errorf("%q would be written into a shell", found)
	}
	text, err := ShellLines("env", keys().Environment(), "AWS_SOME_NEW_OPTION", "AWS_REGION", "AWS_PROFILE")
	clear, _, _ := strings.Cut(string(text), "\n")
	if err != nil || !strings.HasSuffix(clear, " AWS_SOME_NEW_OPTION") || strings.Contains(clear, "AWS_REGION") || strings.Count(clear, "AWS_PROFILE") != 1 {
		t.Errorf("%v %s", err, clear)
	}
}

// What a shell is told to do has the same effect as an environment that is made for a program.
func TestRule48_shellsUnsetCallersVariables(t *testing.T) {
	for shell, name := range map[string]string{"sh": "env", "bash": "env", "zsh": "env", "fish": "fish"} {
		text := encoded(t, name, keys())
		cmd := exec.Command(shell, "-c", text+"env")
		cmd.Env = os.Environ()
		for _, name := range misleading() {
			cmd.Env = append(cmd.Env, name+"=the-callers")
		}
		cmd.Env = append(cmd.Env, "AWS_ENDPOINT_URL=https://other.example")
		out, err := cmd.CombinedOutput()
		if err != nil || strings.Contains(string(out), "the-callers") || strings.Contains(string(out), "other.example") {
			t.Errorf("%s: %v\n%s", shell, err, out)
		}
	}
	if text := encoded(t, "powershell", keys()); !strings.HasPrefix(text, "Remove-Item -ErrorAction SilentlyContinue Env:AWS_SECURITY_TOKEN,Env:") {
		t.Errorf("%s", text)
	}
}

// endpointEnvironment is that of a program which fetches credentials from a container endpoint.
func endpointEnvironment() []Variable {
	return keys().EndpointEnvironment("http://127.0.0.1:1/v1/credentials", secret.New("hush"), "/run/token")
}

func TestEndpointEnvironment_namesItsTokenInBothWays(t *testing.T) {
	want := map[string]string{
		"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:1/v1/credentials", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "hush",
		"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/run/token", "AWS_SHARED_CREDENTIALS_FILE": nullDevice(), "AWS_CONFIG_FILE": nullDevice(),
		"MINIO_SHARED_CREDENTIALS_FILE": nullDevice(), "AWS_EC2_METADATA_DISABLED": "true",
	}
	for name, want := range want {
		if got := value(endpointEnvironment(), name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if has(keys().EndpointEnvironment("http://127.0.0.1:1", secret.New("hush"), ""), "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
		t.Error("a file that is not there is named")
	}
}

// rclone, and whatever else has an HTTP client of its own, ends at AWS_CA_BUNDLE and at ca_bundle.
func TestBundle_variablesPerProgram(t *testing.T) {
	a := keys()
	if has(a.Location(), "SSL_CERT_FILE") || a.awsBundleVariables() != nil {
		t.Error("the system's authorities are named")
	}
	a.CAFile, a.CABundle = "/etc/own.pem", "/run/all.pem"
	for _, name := range []string{"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "RCLONE_CA_CERT"} {
		if got := value(a.Location(), name); got != "/run/all.pem" {
			t.Errorf("%s is %q", name, got)
		}
	}
	if got := value(a.Location(), "NODE_EXTRA_CA_CERTS"); got != "/etc/own.pem" {
		t.Errorf("%q", got)
	}
	if has(a.Location(), awsBundle) || value(a.awsBundleVariables(), awsBundle) != "/run/all.pem" {
		t.Error("AWS_CA_BUNDLE is where rclone sees it, or nowhere")
	}
	aws, err := AWSProfile(a, CredsCommand("/usr/bin/daypass", "lake"))
	if err != nil || !strings.Contains(string(aws), "ca_bundle = /run/all.pem\n") {
		t.Errorf("%s %v", aws, err)
	}
}

// What daypass exec sets for one program alone is set for no other.
func TestExecEnvironment_perProgram(t *testing.T) {
	a := keys()
	a.CABundle = "/run/all.pem"
	const remote, alias, jupyter = "RCLONE_CONFIG_DAYPASS_ENDPOINT", "MC_HOST_daypass", "JUPYTERLAB_S3_SECRET_ACCESS_KEY"
	for command, want := range map[string][]string{
		"aws": {remote, awsBundle}, "rclone": {remote}, "sh": {remote}, "mc": {remote, alias, awsBundle}, "jupyter-lab": {remote, jupyter, awsBundle},
	} {
		vars := a.ExecEnvironment(cmdline.Read([]string{command}, func(string) string { return "" }))
		for _, name := range []string{remote, alias, jupyter, awsBundle} {
			if has(vars, name) != slices.Contains(want, name) {
				t.Errorf("%s: %s", command, name)
			}
		}
	}
}
