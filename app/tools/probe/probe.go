// Package probe asks installed programs for their versions.
package probe

import (
	"bytes"
	"context"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"daypass/app/tools"
	"daypass/auth/safetext"
)

const (
	// timeout is how long a program may take to answer: one that is written in Python takes most of it where the computer
	// is busy. A caller who cannot wait has a deadline of its own.
	timeout = 20 * time.Second
	// maxVersion is how many characters of a version are read.
	maxVersion = 200
)

// Version returns the version of the program at path, fit to be shown; empty where it does not answer what is
// expected.
func Version(ctx context.Context, path string, v tools.Version) string {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, v.Args...)
	cmd.WaitDelay = time.Second
	cmd.Dir = filepath.Dir(path) // Python takes its modules from where it runs, which is anybody's folder
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	_ = cmd.Run()
	if m := regexp.MustCompile(v.Pattern).FindSubmatch(out.Bytes()); m != nil {
		return safetext.Line(string(m[1]), maxVersion)
	}
	return ""
}

// IgnoresEndpoint reports whether the program at path reads no endpoint from a profile or the environment, or does
// not tell its version, so that it may be such a one.
func IgnoresEndpoint(ctx context.Context, path string, v tools.Version) bool {
	version := Version(ctx, path, v)
	return version == "" || v.IgnoresEndpoint(version)
}
