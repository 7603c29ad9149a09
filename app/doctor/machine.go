package doctor

import (
	"bytes"
	"context"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"daypass/app/tools"
	"daypass/app/tools/files"
	"daypass/app/tools/install"
)

// machineCode begins the codes of the checks of this machine.
const machineCode = "machine-"

// Machine is where to look on this machine.
type Machine struct {
	Getenv func(string) string
	Paths  tools.Paths
	// Profile is the name of our profile for the connection.
	Profile string
}

// Look adds to r what is found on the machine, in the place of what was found there before.
func (m Machine) Look(ctx context.Context, r Report) Report {
	var checks []Check
	for _, c := range r.Checks {
		if !strings.HasPrefix(c.Code, machineCode) {
			checks = append(checks, c)
		}
	}
	r.Checks = append(append(checks, m.environment()...), m.profiles()...)
	bySeverity(r.Checks)
	r.Programs = programs(ctx)
	return r
}

func (m Machine) environment() []Check {
	var out []Check
	if set := install.Shadows(m.Getenv); len(set) > 0 {
		out = append(out, Check{
			Code: machineCode + "environment-keys", Mark: Warning, Title: strings.Join(set, ", ") + " set in this environment",
			Detail: "They win over every profile. Unset them where Daypass's keys are to be used.",
		})
	}
	if p := m.Getenv("AWS_PROFILE"); p != "" && p != m.Profile {
		out = append(out, Check{
			Code: machineCode + "other-profile", Mark: Notice, Title: "AWS_PROFILE names another profile, " + foreign(p),
			Detail: "Tools use it unless they are told --profile " + m.Profile + ".",
		})
	}
	out = append(out, m.variables("endpoint", Notice, "Tools that read it go there, whatever a profile says.",
		"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "S3_ENDPOINT_URL", "AWS_ENDPOINT", "AWS_S3_ENDPOINT", "MLFLOW_S3_ENDPOINT_URL", "HTS_S3_HOST")...)
	out = append(out, m.variables("authorities", Notice, "AWS tools trust the certificate authorities in that file alone.", "AWS_CA_BUNDLE")...)
	out = append(out, m.variables("minio-keys", Warning, "Programs made with minio-go take these before those of Daypass.",
		"MINIO_ROOT_USER", "MINIO_ACCESS_KEY")...)
	if on := m.Getenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"); strings.EqualFold(on, "true") {
		out = append(out, Check{
			Code: machineCode + "endpoint-ignored", Mark: Warning, Title: "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is set in this environment",
			Detail: "AWS tools ignore the endpoint in a profile and go to Amazon. Unset it.",
		})
	}
	return out
}

// variables are the checks of those that are set.
func (m Machine) variables(code string, mark Mark, detail string, names ...string) []Check {
	var out []Check
	for _, name := range names {
		v := m.Getenv(name)
		if v == "" {
			continue
		}
		title := name + " is set in this environment"
		if mark == Notice {
			title = name + " is set to " + foreign(v)
		}
		out = append(out, Check{Code: machineCode + code, Mark: mark, Title: title, Detail: detail})
	}
	return out
}

// profiles finds static keys in a profile of our name, which win over the command in it.
func (m Machine) profiles() []Check {
	var out []Check
	for _, path := range []string{m.Paths.AWSConfig, m.Paths.AWSCredentials} {
		if path == "" {
			continue
		}
		text, err := files.Read(path)
		if err != nil {
			out = append(out, Check{Code: machineCode + "unreadable", Mark: Warning, Title: path + " cannot be read", Detail: err.Error()})
			continue
		}
		if staticKeys(text, m.Profile) {
			out = append(out, Check{
				Code: machineCode + "static-keys", Mark: Warning, Title: "The profile " + m.Profile + " in " + path + " has keys in it",
				Detail: "They win over what Daypass gives. Remove them from the file.",
			})
		}
	}
	return out
}

func staticKeys(text []byte, profile string) bool {
	inside := false
	for l := range strings.Lines(string(text)) {
		if trimmed := strings.TrimSpace(l); strings.HasPrefix(trimmed, "[") {
			name := strings.TrimSpace(strings.TrimPrefix(strings.Trim(trimmed, "[]"), "profile "))
			inside = strings.Trim(name, `"' `) == profile
		}
		name, _, _ := strings.Cut(l, "=")
		if inside && strings.EqualFold(strings.TrimSpace(name), "aws_access_key_id") {
			return true
		}
	}
	return false
}

// versionTimeout is how long a program may take to say its version.
const versionTimeout = 5 * time.Second

// known are the programs that are asked for their version. A program of another kind with the same
// name does not say what is expected.
var known = []struct {
	name, command string
	args          []string
	version       string // a pattern; its group is the version
	note          func(version string) string
}{
	{"AWS CLI", "aws", []string{"--version"}, `aws-cli/(\S+)`, awsNote},
	{"boto3", "python3", []string{"-c", "import boto3; print('boto3', boto3.__version__)"}, `boto3 (\S+)`, boto3Note},
	{"rclone", "rclone", []string{"version"}, `rclone v(\S+)`, nil},
	{"mc", "mc", []string{"--version"}, `mc\S* version (\S+)`, nil},
	{"s5cmd", "s5cmd", []string{"version"}, `v?(\d+\.\d+\.\d+\S*)`, nil},
	{"DuckDB", "duckdb", []string{"--version"}, `v(\d\S*)`, nil},
}

func programs(ctx context.Context) []Program {
	found := make([]*Program, len(known))
	var asking sync.WaitGroup
	for i, k := range known {
		path, err := exec.LookPath(k.command)
		if err != nil {
			continue
		}
		asking.Go(func() {
			version := ask(ctx, path, k.args, k.version)
			if version == "" && k.command == "python3" {
				return // Python without boto3
			}
			found[i] = &Program{Name: k.name, Path: path, Version: version}
			switch {
			case version == "":
				found[i].Note = "it does not say its version, so it may be another program of this name"
			case k.note != nil:
				found[i].Note = k.note(version)
			}
		})
	}
	asking.Wait()
	var out []Program
	for _, p := range found {
		if p != nil {
			out = append(out, *p)
		}
	}
	return out
}

func ask(ctx context.Context, path string, args []string, version string) string {
	ctx, cancel := context.WithTimeout(ctx, versionTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.WaitDelay = time.Second
	cmd.Dir = filepath.Dir(path) // Python takes its modules from where it runs, which is anybody's folder
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	_ = cmd.Run()
	if m := regexp.MustCompile(version).FindSubmatch(out.Bytes()); m != nil {
		return foreign(string(m[1]))
	}
	return ""
}

const noEndpoint = "ignores endpoint_url in a profile and AWS_ENDPOINT_URL_S3: give the endpoint with the command"

// awsNote is for both lines of the AWS CLI: each learned of endpoints in 2023.
func awsNote(version string) string {
	if before(version, 1, 29) || before(version, 2, 13) && !before(version, 2, 0) {
		return noEndpoint
	}
	return ""
}

func boto3Note(version string) string {
	if before(version, 1, 28) {
		return noEndpoint
	}
	return ""
}

// AWSIgnoresEndpoint reports whether the AWS CLI at path knows no endpoint but that of its command line, or does
// not tell its version, so that it may be such a one.
func AWSIgnoresEndpoint(ctx context.Context, path string) bool {
	version := ask(ctx, path, known[0].args, known[0].version)
	return version == "" || awsNote(version) != ""
}

// botoVersion is a Python program that tells the version of botocore.
const botoVersion = `from importlib import metadata
try:
    print('botocore', metadata.version('botocore'))
except metadata.PackageNotFoundError:
    print('botocore none')`

// BotoIgnoresEndpoint reports whether the botocore of the Python at path knows no endpoint but that which the
// program names, or its version is not to be had.
func BotoIgnoresEndpoint(ctx context.Context, path string) bool {
	version := ask(ctx, path, []string{"-c", botoVersion}, `botocore (\S+)`)
	return version == "" || version != "none" && before(version, 1, 31)
}

// before reports whether a version is older than major.minor.
func before(version string, major, minor int) bool {
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		return false
	}
	a, b := number(parts[0]), number(parts[1])
	return a < major || a == major && b < minor
}

func number(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' {
			break
		}
		n = n*10 + int(r-'0')
	}
	return n
}
