// Package guard refuses credentials to programs that would take them to Amazon, because they do not read the
// endpoint from where Daypass puts it (rule 48).
package guard

import (
	"context"
	"os/exec"
	"slices"
	"strings"

	"daypass/app/doctor"
	"daypass/app/durable"
	"daypass/app/tools/cmdline"
)

// fallback is a program that takes credentials to Amazon where its command line names no other endpoint.
type fallback struct {
	programs []string
	// option is what names the endpoint in its arguments or its script.
	option string
	// advice is what to add, before the endpoint.
	advice string
	// only reports whether the program at path is one that does, as an old version. Nil: each is.
	only func(ctx context.Context, path string, line cmdline.Line) bool
}

var fallbacks = []fallback{
	{[]string{"aws"}, "--endpoint-url", "--endpoint-url ", oldAWS},
	{[]string{"python"}, "endpoint_url", "endpoint_url=", oldBoto},
	{[]string{"s3cmd"}, "--host", "--host ", nil},
	{[]string{"s3fs"}, "url=", "-o use_path_request_style -o url=", nil},
	{[]string{"goofys", "geesefs"}, "--endpoint", "--endpoint ", nil},
	{[]string{"mount-s3"}, "--endpoint-url", "--force-path-style --endpoint-url ", nil},
	{[]string{"duplicity"}, "--s3-endpoint-url", "--s3-endpoint-url ", nil},
}

// FallbackError is a program that does not read the endpoint from its environment or from a profile.
type FallbackError struct {
	// Program is its path.
	Program string
	// Add is what its command line, or its script, lacks.
	Add string
}

// Error implements error.
func (e *FallbackError) Error() string {
	return e.Program + " does not read the endpoint from its environment or a profile and would send your keys to Amazon: add " + e.Add
}

// Check returns a *FallbackError for a command line that runs such a program. path is that of its first program.
func Check(ctx context.Context, path string, line cmdline.Line, endpoint string) error {
	for _, f := range fallbacks {
		if !line.Runs(f.programs...) || strings.Contains(line.Text, f.option) {
			continue
		}
		program := f.find(path, line)
		if program == "" || f.only != nil && !f.only(ctx, program, line) {
			continue
		}
		return &FallbackError{Program: program, Add: f.advice + endpoint}
	}
	return nil
}

// find is the path of the program: that of the command itself, or what the PATH leads a script to.
func (f fallback) find(path string, line cmdline.Line) string {
	name := line.Find(f.programs...)
	if name == line.Programs[0] {
		return path
	}
	found, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return found
}

func oldAWS(ctx context.Context, path string, _ cmdline.Line) bool {
	return known.ask(path, func() bool { return doctor.AWSIgnoresEndpoint(ctx, path) })
}

// botoUsers are the Python packages that go to S3 by botocore.
var botoUsers = []string{"boto3", "botocore", "s3fs", "smart_open", "awswrangler", "s3transfer"}

func oldBoto(ctx context.Context, path string, line cmdline.Line) bool {
	uses := slices.ContainsFunc(botoUsers, func(name string) bool { return strings.Contains(line.Text, name) })
	return uses && known.ask(path, func() bool { return doctor.BotoIgnoresEndpoint(ctx, path) })
}

// maxScript bounds what is read of a script, in bytes.
const maxScript = 1 << 20

// ScriptText returns the text of a script; empty for any other file, and for what is none.
func ScriptText(path string) string {
	text, err := durable.ReadFile(path, maxScript)
	if err != nil || slices.Contains(text[:min(len(text), 512)], 0) {
		return ""
	}
	return string(text)
}
