package tools

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"daypass/sandbox/servers"
)

func TestAWSCLI_commands(t *testing.T) {
	p := signedIn(t, servers.Ada)
	p.use("aws")
	ways := map[string][]string{
		"profile": {"aws", "--profile", profile},
		"exec":    {"daypass", "exec", sandboxID, "--", "aws"},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			p := p.in(t)
			aws := func(args ...string) string {
				t.Helper()
				args = append(append(way[1:len(way):len(way)], "--endpoint-url", world.Endpoint, "s3"), args...)
				return p.do(way[0], args...)
			}
			if out := aws("ls"); !strings.Contains(out, "measurements") {
				t.Errorf("%s", out)
			}
			up := p.write("up-"+name, content, 0o600)
			aws("cp", up, "s3://measurements/tools/aws-"+name)
			p.afterRenewal()
			aws("cp", "s3://measurements/tools/aws-"+name, p.path("down-"+name))
			if got := p.read("down-" + name); got != content {
				t.Errorf("%q", got)
			}
		})
	}
}

// in is p for a subtest.
func (p *user) in(t *testing.T) *user {
	q := *p
	q.t = t
	return &q
}

// Debian's AWS CLI knows no endpoint but that of its command line: without it the keys, and with them
// who the user is, would go to Amazon.
func TestAWSCLI_refusesAmazon(t *testing.T) {
	p := signedIn(t, servers.Ada)
	_, words, err := p.try("daypass", "exec", sandboxID, "--", "aws", "s3", "ls")
	if exitCode(err) != 1 || !strings.Contains(words, "--endpoint-url "+world.Endpoint) {
		t.Errorf("%v %s", err, words)
	}
	if out := p.do("daypass", "doctor", sandboxID); !strings.Contains(out, "ignores endpoint_url") || strings.Contains(out, "eyJ") {
		t.Errorf("%s", out)
	}
}

// A profile holds no secret: it stays over a sign-out, fails at once in the meantime, and works again.
func TestAWSProfile_staysAfterSignOut(t *testing.T) {
	p := signedIn(t, servers.Ada)
	p.use("rclone")
	p.do("daypass", "logout", sandboxID)
	begun := time.Now()
	if out, words, err := p.try("aws", "--profile", profile, "--endpoint-url", world.Endpoint, "s3", "ls"); err == nil || !strings.Contains(words, "daypass login") {
		t.Errorf("signed out: %v\n%s%s", err, out, words)
	}
	if took := time.Since(begun); took > keyLife {
		t.Errorf("it took %v to fail", took)
	}
	p.signIn(servers.Ada)
	for _, out := range []string{
		p.do("aws", "--profile", profile, "--endpoint-url", world.Endpoint, "s3", "ls"), p.do("rclone", "lsd", profile+":"),
	} {
		if !strings.Contains(out, "measurements") {
			t.Errorf("%s", out)
		}
	}
}

func TestEnv_shells(t *testing.T) {
	p := signedIn(t, servers.Ada)
	for _, shell := range []string{"sh", "bash"} {
		out := p.do(shell, "-c", `eval "$(daypass env sandbox)" && aws --endpoint-url "$AWS_ENDPOINT_URL_S3" s3 ls && s5cmd ls`)
		if strings.Count(out, "measurements") != 2 {
			t.Errorf("%s", out)
		}
	}
}

// A program that runs for longer than its first keys live, by each of the ways it can take them.
func TestBoto3_throughRenewal(t *testing.T) {
	p := signedIn(t, servers.Ada)
	p.use("boto3")
	script := p.copyOf("testdata/through_a_renewal.py")
	if out := p.do("python3", script, profile, world.Endpoint, "tools/boto3-profile"); !strings.Contains(out, "renewed") {
		t.Errorf("%s", out)
	}
	if out := p.do("daypass", "exec", sandboxID, "--", "python3", script, "-", world.Endpoint, "tools/boto3-exec"); !strings.Contains(out, "renewed") {
		t.Errorf("%s", out)
	}
	seen := p.clients()
	for _, name := range []string{"python3 through_a_renewal.py"} {
		if !strings.Contains(seen, name) {
			t.Errorf("%s is not in the list of who fetched keys: %s", name, seen)
		}
	}
}

// build builds a program of this folder, and returns its path.
func (p *user) build(name string) string {
	p.t.Helper()
	program := p.path(name)
	build := exec.Command("go", "build", "-trimpath", "-o", program, "./"+name)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		p.t.Fatalf("%v\n%s", err, out)
	}
	return program
}

func TestMinioGo_throughRenewal(t *testing.T) {
	p := signedIn(t, servers.Ada)
	p.use("aws")
	client := p.build("minioclient")
	if out := p.do(client, "profile", p.path(".aws/config"), "profile "+profile, world.Endpoint, "tools/minio-go-profile"); !strings.Contains(out, "renewed") {
		t.Errorf("%s", out)
	}
	if out := p.do("daypass", "exec", sandboxID, "--", client, "endpoint", "-", "-", world.Endpoint, "tools/minio-go-exec"); !strings.Contains(out, "renewed") {
		t.Errorf("%s", out)
	}
}

// uploads at two requests a second take longer than the keys live.
const uploads = 45

func TestRclone_throughRenewal(t *testing.T) {
	p := signedIn(t, servers.Ada)
	p.use("rclone")
	ways := map[string]func(args ...string) string{
		"profile": func(args ...string) string { return p.do("rclone", append(args, "--retries", "1")...) },
		"exec": func(args ...string) string {
			for i := range args {
				args[i] = strings.Replace(args[i], profile+":", "daypass:", 1)
			}
			return p.do("daypass", append([]string{"exec", sandboxID, "--", "rclone"}, append(args, "--retries", "1")...)...)
		},
	}
	for name, rclone := range ways {
		if out := rclone("lsd", profile+":"); !strings.Contains(out, "measurements") {
			t.Errorf("%s", out)
		}
		for i := range uploads {
			p.write(fmt.Sprintf("up-%s/%02d", name, i), content, 0o600)
		}
		before, begun := p.status().Renewals, time.Now()
		rclone("copy", p.path("up-"+name), profile+":measurements/tools/rclone-"+name, "--tpslimit", "2", "--tpslimit-burst", "1", "--transfers", "1")
		if time.Since(begun) < keyLife || p.status().Renewals == before {
			t.Errorf("%s: over in %v, after %d renewals", name, time.Since(begun), p.status().Renewals-before)
		}
		rclone("copy", profile+":measurements/tools/rclone-"+name, p.path("down-"+name))
		for i := range uploads {
			if got := p.read(fmt.Sprintf("down-%s/%02d", name, i)); got != content {
				t.Errorf("%q", got)
			}
		}
	}
}

// The upload takes longer than the credentials of its start are valid.
func TestRestic_throughRenewal(t *testing.T) {
	p := signedIn(t, servers.Ada).with("RESTIC_PASSWORD=of-the-repository", "RESTIC_PROGRESS_FPS=0.1")
	restic := func(args ...string) string {
		return p.do("daypass", append([]string{"exec", sandboxID, "--", "restic", "-r", "s3:" + world.Endpoint + "/measurements/tools/restic"}, args...)...)
	}
	restic("init")
	const size, limit = 1200, 30 // KiB, KiB a second
	random := make([]byte, size<<10)
	_, _ = rand.Read(random) // what cannot be compressed
	up := p.write("up", string(random), 0o600)
	before, begun := p.status().Renewals, time.Now()
	restic("backup", "--limit-upload", strconv.Itoa(limit), up)
	if time.Since(begun) < keyLife || p.status().Renewals == before {
		t.Errorf("over in %v, after %d renewals", time.Since(begun), p.status().Renewals-before)
	}
	if out := restic("ls", "latest"); !strings.Contains(out, up) {
		t.Errorf("%s", out)
	}
	restic("restore", "latest", "--target", p.path("down"))
	if got := p.read("down" + up); got != string(random) {
		t.Errorf("%d bytes came back, which are others", len(got))
	}
}

func TestMC_commands(t *testing.T) {
	p := signedIn(t, servers.Ada)
	p.use("mc")
	p = p.with("MC_CONFIG_ENV_FILE=" + p.path("config/mc.env"))
	if out := p.do("mc", "ls", alias); !strings.Contains(out, "measurements") {
		t.Errorf("%s", out)
	}
	up := p.write("up", content, 0o600)
	p.do("mc", "cp", up, alias+"/measurements/tools/mc")
	p.afterRenewal()
	time.Sleep(keyLife) // the keys of the beginning are dead by now
	p.do("mc", "cp", alias+"/measurements/tools/mc", p.path("down"))
	if got := p.read("down"); got != content {
		t.Errorf("%q", got)
	}
	if out := p.do("daypass", "exec", sandboxID, "--", "mc", "cat", "daypass/measurements/tools/mc"); out != content {
		t.Errorf("%q", out)
	}
	// Signing out removes the credentials from the file and leaves the alias, which is filled at the next sign-in.
	p.do("daypass", "logout", sandboxID)
	cleared := "MC_HOST_" + alias + "=" + world.Endpoint + "\n"
	for deadline := time.Now().Add(keyLife); p.read("config/mc.env") != cleared; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the credentials are still in mc's file: %s", p.read("config/mc.env"))
		}
	}
	if out, words, err := p.try("mc", "ls", alias); err == nil {
		t.Errorf("signed out, mc lists: %s%s", out, words)
	}
	p.do("mc", "--version")
}

func TestS5cmd_throughRenewal(t *testing.T) {
	p := signedIn(t, servers.Ada)
	p.use("s5cmd")
	up := p.write("up", content, 0o600)
	// s5cmd runs the commands that it reads side by side: there must be something to list from the first on.
	p.do("daypass", "exec", sandboxID, "--", "s5cmd", "cp", up, "s3://measurements/tools/s5cmd-first")
	ways := map[string]*exec.Cmd{
		"profile": p.with("AWS_PROFILE="+profile).command("s5cmd", "--endpoint-url", world.Endpoint, "run"),
		"exec":    p.command("daypass", "exec", sandboxID, "--", "s5cmd", "run"),
	}
	for name, s5cmd := range ways {
		commands, err := s5cmd.StdinPipe()
		p.must(err)
		var out strings.Builder
		s5cmd.Stdout, s5cmd.Stderr = &out, &out
		p.must(s5cmd.Start())
		object := "s3://measurements/tools/s5cmd-" + name
		_, _ = fmt.Fprintf(commands, "cp %s %s\n", up, object)
		for end := time.Now().Add(keyLife + 5*time.Second); time.Now().Before(end); time.Sleep(time.Second) {
			_, _ = io.WriteString(commands, "ls s3://measurements/tools/\n")
		}
		_, _ = fmt.Fprintf(commands, "cp %s %s\n", object, p.path("down-"+name))
		p.must(commands.Close())
		if err := s5cmd.Wait(); err != nil || strings.Contains(out.String(), "ERROR") {
			t.Fatalf("%s: %v\n%s", name, err, &out)
		}
		if got := p.read("down-" + name); got != content {
			t.Errorf("%q", got)
		}
	}
}

// What the formats give is taken by the tools they are for.
func TestCredentialFormats_acceptedByTools(t *testing.T) {
	p := signedIn(t, servers.Ada)
	creds := func(format string) string { return p.do("daypass", "creds", sandboxID, "--format", format) }
	p.write("rclone.conf", creds("rclone"), 0o600)
	p.write("mc.env", creds("mc"), 0o600)
	p.write(".aws/config", creds("aws-profile"), 0o600)
	for _, out := range []string{
		p.do("rclone", "--config", p.path("rclone.conf"), "lsd", profile+":"),
		p.with("MC_CONFIG_ENV_FILE="+p.path("mc.env")).do("mc", "ls", alias),
		p.do("aws", "--profile", profile, "--endpoint-url", world.Endpoint, "s3", "ls"),
		p.do("sh", "-c", `eval "$(daypass creds sandbox --format s5cmd)"; s5cmd ls`),
		p.do("fish", "-c", "daypass env sandbox --shell fish | source; s5cmd ls"),
		p.do("zsh", "-c", `eval "$(daypass env sandbox)"; s5cmd ls`),
	} {
		if !strings.Contains(out, "measurements") {
			t.Errorf("%s", out)
		}
	}
}

// A program that daypass exec runs ends with the same status as by itself.
func TestExec_exitStatus(t *testing.T) {
	p := signedIn(t, servers.Ada)
	if _, _, err := p.try("daypass", "exec", sandboxID, "--", "sh", "-c", "exit 37"); exitCode(err) != 37 {
		t.Errorf("%v", err)
	}
	if seen := p.clients(); strings.Contains(seen, `"endpoint":true`) {
		t.Errorf("a token outlived its program: %s", seen)
	}
}

func (p *user) copyOf(file string) string {
	p.t.Helper()
	text, err := os.ReadFile(file)
	p.must(err)
	return p.write(filepath.Base(file), string(text), 0o600)
}
