//go:build linux && interop

package tools

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// minioGoWays are those in which the program on minio-go gets the credentials.
var minioGoWays = []way{byExec, byProfile}

// minioGo runs the sandbox's own program on minio-go, the library of restic and others.
func minioGo(t *testing.T, by way) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "minioclient")
	build := exec.Command(goProgram, "build", "-trimpath", "-o", program, "../../tools/minioclient")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	args := []string{program, "profile", computer.Path("home", ".aws", "config"), "profile " + profile, world.Endpoint, folderOf(t)}
	if by == byExec {
		args = []string{computer.Program, "exec", sandboxID, "--", program, "endpoint", "-", "-", world.Endpoint, folderOf(t)}
	}
	out, err := computer.Command(t.Context(), args[0], args[1:]...).CombinedOutput()
	r := result{tool: "minio-go", way: by, version: moduleVersion(t, "github.com/minio/minio-go/v7")}
	if strings.Contains(string(out), renewed) {
		r.steps = allSteps
	} else {
		t.Errorf("%v\n%s", err, out)
	}
	results.add(r)
}

// moduleVersion returns the version of a module from which a program of the sandbox is built, or the day of its commit
// where it has none: such a program does not know it.
func moduleVersion(t *testing.T, module string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, "sandbox", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(regexp.QuoteMeta(module) + ` v(?:0\.0\.0-(\d{8})|(\S+))`).FindSubmatch(text)
	if found == nil {
		t.Fatalf("no %s in go.mod", module)
	}
	return string(found[1]) + string(found[2])
}
