//go:build linux && interop

package tools

import (
	"bytes"
	"crypto/rand"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// command is a command-line program. Its commands are split at spaces; AT stands for the folder of the test with
// the bucket before it, UP for a file to upload, DOWN for what to download to, DIR for a folder, ENDPOINT and HOST for
// the server.
type command struct {
	tool string
	way  way
	// version asks for the version, which is the first number with a dot in its answer; module is what the program is
	// built from, where that has the version.
	version, module string
	// first is what must run before; empty for nothing.
	first string
	// list, write and read are the commands of the steps; empty for none. through uploads what comes from its standard
	// input, which takes longer than the first credentials are valid.
	list, write, read, through string
	// fixed is true where it cannot go on through a renewal, which is why through fails.
	fixed bool
}

var newAWS = filepath.Join(environments, "aws", "bin", "aws")

var commands = []command{
	aws(newAWS, byExec, ""),
	aws(newAWS, byProfile, " --profile "+profile),
	aws("/usr/bin/aws", byExec, " --endpoint-url ENDPOINT"),
	aws("/usr/bin/aws", byProfile, " --endpoint-url ENDPOINT --profile "+profile),
	rclone(byExec, "daypass:"),
	rclone(byProfile, profile+":"),
	s5cmd(byExec, "s5cmd"),
	s5cmd(byProfile, "env AWS_PROFILE="+profile+" s5cmd --endpoint-url ENDPOINT"),
	restic(),
	{
		tool: "mc", way: byExec, module: "github.com/minio/mc", list: "mc ls daypass/AT/", write: "mc cp UP daypass/AT/file", read: "mc cp daypass/AT/file DOWN",
		through: "mc pipe --part-size 5MiB daypass/AT/slow", fixed: true,
	},
	s3cmd(filepath.Join(environments, "aws", "bin", "s3cmd")),
	s3cmd("/usr/bin/s3cmd"),
	{
		tool: "GDAL", way: byEnv, version: "gdalinfo --version", write: "gdal_create -q -outsize 4 4 -bands 1 -burn 21 " + gdalWrites + " /vsis3/AT/dots.tif",
		read: "gdalinfo /vsis3/AT/dots.tif",
	},
	{
		tool: "DVC", way: byProfile, version: dvc + " --version", first: "sh testdata/dvc.sh " + dvc + " DIR AT ENDPOINT " + profile,
		write: dvc + " --cd DIR push", read: dvc + " --cd DIR pull --force",
	},
}

// gdalWrites has GDAL write to an object by way of a file, since a TIFF is not written from its beginning to its end.
const gdalWrites = "--config CPL_VSIL_USE_TEMP_FILE_FOR_RANDOM_WRITE YES"

var dvc = filepath.Join(environments, "dvc", "bin", "dvc")

func aws(program string, way way, options string) command {
	s3 := program + options + " s3 "
	return command{
		tool: "AWS CLI", way: way, version: program + " --version", list: s3 + "ls s3://AT/", write: s3 + "cp UP s3://AT/file",
		read: s3 + "cp s3://AT/file DOWN", through: s3 + "cp - s3://AT/slow",
	}
}

func rclone(way way, remote string) command {
	return command{
		tool: "rclone", way: way, version: "rclone version", list: "rclone lsf " + remote + "AT", write: "rclone copyto UP " + remote + "AT/file",
		read: "rclone copyto " + remote + "AT/file DOWN", through: "rclone rcat --retries 1 --low-level-retries 1 " + remote + "AT/slow",
	}
}

func s5cmd(way way, program string) command {
	return command{
		tool: "s5cmd", way: way, module: "github.com/peak/s5cmd/v2", list: program + " ls s3://AT/", write: program + " cp UP s3://AT/file",
		read: program + " cp s3://AT/file DOWN", through: program + " pipe -p 5 s3://AT/slow",
	}
}

func restic() command {
	const program = "env RESTIC_PASSWORD=of-the-repository restic -r s3:ENDPOINT/AT"
	return command{
		tool: "restic", way: byExec, version: "restic version", first: program + " init", write: program + " backup UP", list: program + " snapshots",
		read: program + " restore latest --target DOWN", through: program + " backup --stdin",
	}
}

func s3cmd(program string) command {
	program += " --config=/dev/null --no-ssl --host=HOST --host-bucket=HOST "
	return command{
		tool: "s3cmd", way: byEnv, version: program + "--version", list: program + "ls s3://AT/", write: program + "put UP s3://AT/file",
		read: program + "get s3://AT/file DOWN", through: program + "put - s3://AT/slow", fixed: true,
	}
}

func (c command) run(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	up := filepath.Join(dir, "up")
	if err := os.WriteFile(up, []byte("temperature 21.4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	words := strings.NewReplacer(
		"AT", bucket+"/"+folderOf(t), "UP", up, "DOWN", filepath.Join(dir, "down"), "DIR", filepath.Join(dir, "repository"),
		"ENDPOINT", world.Endpoint, "HOST", strings.TrimPrefix(world.Endpoint, "http://"),
	)
	do := func(command string, in io.Reader) error {
		return c.do(t, dir, strings.Fields(words.Replace(command)), in)
	}
	r := result{tool: c.tool, way: c.way}
	if c.module != "" {
		r.version = moduleVersion(t, c.module)
	} else {
		r.version = versionOf(t, words.Replace(c.version))
	}
	if c.first != "" {
		if err := do(c.first, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []struct{ command, step string }{{c.write, wrote}, {c.list, listed}, {c.read, read}, {c.through, renewed}} {
		if s.command == "" {
			continue
		}
		var in io.Reader
		if s.step == renewed {
			in = &slow{t: t}
		}
		err := do(s.command, in)
		if failed := err != nil; failed != (s.step == renewed && c.fixed) {
			t.Errorf("%s %s: %v", c.tool, s.step, err)
		}
		if err == nil {
			r.steps = append(r.steps, s.step)
		}
	}
	results.add(r)
}

// do runs a command in the way of the tool and returns what it said where it failed.
func (c command) do(t *testing.T, dir string, args []string, in io.Reader) error {
	args = c.way.of(args)
	cmd := computer.Command(t.Context(), args[0], args[1:]...)
	cmd.Stdin = in
	cmd.Env = append(slices.Clone(cmd.Env), "TMPDIR="+dir)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return &commandError{strings.Join(args, " "), err, out.String()}
	}
	return nil
}

// commandError is a command that failed.
type commandError struct {
	command string
	err     error
	out     string
}

// Error implements error.
func (e *commandError) Error() string { return e.command + ": " + e.err.Error() + "\n" + e.out }

var versionPattern = regexp.MustCompile(`\d+\.\d+[.\d]*`)

func versionOf(t *testing.T, command string) string {
	t.Helper()
	args := strings.Fields(command)
	out, err := exec.Command(args[0], args[1:]...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
	return string(versionPattern.Find(out))
}

// partSize is more than any tool waits for before it uploads a part.
const partSize = 17 << 20

// slow is one part, a pause, and another part, of what cannot be compressed.
type slow struct {
	t    *testing.T
	sent int
}

// Read implements io.Reader.
func (s *slow) Read(b []byte) (int, error) {
	switch {
	case s.sent == 2*partSize:
		return 0, io.EOF
	case s.sent == partSize:
		select {
		case <-time.After(pause):
		case <-s.t.Context().Done():
			return 0, s.t.Context().Err()
		}
	}
	left := partSize - s.sent%partSize
	n, err := rand.Read(b[:min(len(b), left)])
	s.sent += n
	return n, err
}
