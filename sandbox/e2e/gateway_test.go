package e2e

import (
	"os"
	"strings"
	"syscall"
	"testing"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// gatewayPair has a key pair made for a tool, and returns the variables that are printed.
func (s *scene) gatewayPair(tool string) map[string]string {
	s.t.Helper()
	out, err := s.Daypass(s.ctx, "gateway", "add", "sandbox", "--tool", tool)
	s.must(err)
	printed := map[string]string{}
	for line := range strings.Lines(out) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			printed[name] = value
		}
	}
	return printed
}

// backUp runs a command of restic at the gateway.
func (s *scene) backUp(pair map[string]string, args string) (string, error) {
	script := "export RESTIC_PASSWORD=of-the-repository AWS_ACCESS_KEY_ID=" + pair["AWS_ACCESS_KEY_ID"] + " AWS_SECRET_ACCESS_KEY=" + pair["AWS_SECRET_ACCESS_KEY"] +
		"\nexec restic -r s3:" + pair["AWS_ENDPOINT_URL"] + "/measurements/e2e/restic " + args
	return s.Run(s.ctx, "sh", "-c", script)
}

// restic, set up once, works on after the agent was killed and another one has started, until the user signs out.
func TestGateway_resticGoesOnAfterTheAgentRestarts(t *testing.T) {
	s := open(t, world.ClaimConnection)
	s.signIn(servers.Ada)
	s.until("sandbox", "active")
	file := s.Path("home", "report.csv")
	s.must(os.WriteFile(file, []byte("content of the report\n"), 0o600))
	pair := s.gatewayPair("restic")
	for _, command := range []string{"init", "backup " + file} {
		if out, err := s.backUp(pair, command); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
	before := s.runs()
	s.must(syscall.Kill(before, syscall.SIGKILL))
	s.must(desktop.Until(s.ctx, "another agent", func() bool { now := s.agentPID(); return now != 0 && now != before }))
	s.until("sandbox", "active")
	if out, err := s.backUp(pair, "restore latest --target "+s.Path("home", "restored")); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if text, err := os.ReadFile(s.Path("home", "restored", file)); err != nil || string(text) != "content of the report\n" {
		t.Errorf("%q %v", text, err)
	}
	if again := s.gatewayPair("restic"); again["AWS_ACCESS_KEY_ID"] != pair["AWS_ACCESS_KEY_ID"] || again["AWS_ENDPOINT_URL"] != pair["AWS_ENDPOINT_URL"] {
		t.Error("the key pair is another one")
	}
	_, err := s.Daypass(s.ctx, "logout", "sandbox")
	s.must(err)
	if out, err := s.backUp(pair, "snapshots"); err == nil {
		t.Errorf("a key pair outlives the sign-out: %s", out)
	}
}
