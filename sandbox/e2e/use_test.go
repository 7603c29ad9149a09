package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// foreignAWS is a user's own file, with what an editor would spoil: a comment, CRLF, no newline at its end.
const foreignAWS = "# mine\r\n[default]\r\nregion = eu-central-1\r\n[profile daypass-like]\r\noutput=json"

// A user sets up the AWS CLI in the window, works with it, pauses it, and takes it out again; and the
// file is as it was, byte for byte.
func TestRule30_installAWSCLI(t *testing.T) {
	s := open(t, world.ClaimConnection)
	config := s.Path("home", ".aws", "config")
	s.must(os.MkdirAll(filepath.Dir(config), 0o700))
	s.must(os.WriteFile(config, []byte(foreignAWS), 0o600))
	s.signIn(servers.Ada)
	s.until("sandbox", "active")
	s.must(s.window.Front(s.ctx))
	s.click("use")
	s.click("tool:aws")
	s.click("tool.install")
	s.see("+[profile daypass-sandbox]", "+credential_process = ", config+".before-daypass")
	s.picture("change")
	s.unchanged(config)
	s.click("tool.apply")
	s.see("Remove…")
	out, err := s.aws("--profile", "daypass-sandbox", "s3", "ls")
	s.must(err)
	if !strings.Contains(out, "measurements") {
		t.Errorf("%s", out)
	}
	s.see("Pause “aws”", "last today", "Full access")
	s.click("pause:aws")
	s.see("Paused")
	if out, err := s.aws("--profile", "daypass-sandbox", "s3", "ls"); err == nil {
		t.Errorf("a paused tool got keys: %s", out)
	}
	s.click("resume:aws")
	s.see("Pause “aws")
	_, err = s.aws("--profile", "daypass-sandbox", "s3", "ls")
	s.must(err)
	s.click("tool.remove")
	s.see("-[profile daypass-sandbox]")
	s.click("tool.apply")
	s.see("Set up…")
	s.unchanged(config)
}

// Keys made in the window for one program reach what was chosen and nothing else, until they are revoked.
func TestLimitedCredentials_madeInWindow(t *testing.T) {
	s := openWith(t, world.ClaimConnection, "clipboard_seconds = 20\n")
	s.signIn(servers.Ada)
	s.until("sandbox", "active")
	s.must(s.window.Front(s.ctx))
	s.click("use")
	s.click("tool:limited")
	s.click("limit.location")
	s.must(s.window.Type(s.ctx, "measurements"))
	s.must(s.window.Key(s.ctx, "Return"))
	s.see("arn:aws:s3:::measurements/*", "of 2,048 bytes")
	s.picture("policy")
	s.scrollTo("limit.issue")
	s.click("limit.issue")
	s.scrollTo("limit.copy:env")
	s.click("limit.copy:env")
	s.scrollToText("Copied with the token.")
	env := s.clipboard()
	with := func(command string) (string, error) {
		script := env + "\nexec " + debianAWS + " --endpoint-url \"$AWS_ENDPOINT_URL_S3\" " + command
		return s.Run(s.ctx, "sh", "-c", script)
	}
	out, err := with("s3 ls s3://measurements/")
	s.must(err)
	if !strings.Contains(out, "README.md") {
		t.Errorf("%s", out)
	}
	for _, refused := range []string{"s3 ls s3://archive/", "s3 cp " + s.Path("config", "connections", "sandbox.daypass") + " s3://measurements/limited"} {
		if out, err := with(refused); err == nil || !strings.Contains(err.Error(), "AccessDenied") {
			t.Errorf("%s: %v %s", refused, err, out)
		}
	}
	s.scrollTo("revoke:Unnamed program")
	s.click("revoke:Unnamed program")
	s.see("Its token stops working immediately.")
	s.must(s.window.Key(s.ctx, "Tab", "Return")) // from Cancel to Revoke
	s.see("No tool has requested credentials yet.")
	if out, err := with("s3 ls s3://measurements/"); err == nil {
		t.Errorf("a revoked token works: %s", out)
	}
	// The agent holds what was copied: it goes also when the window has been killed (rule 47).
	s.window.Kill()
	s.must(desktop.Until(s.ctx, "the clipboard without the token", func() bool { return !strings.Contains(s.clipboard(), "TOKEN") }))
}

// The administrator who is asked for help gets what the login said and what the server refused, and no token.
func TestConnectionDetails_explainError(t *testing.T) {
	s := open(t, world.ClaimConnection)
	s.signIn(servers.NoPolicy)
	s.until("sandbox", "trouble")
	s.must(s.window.Front(s.ctx))
	s.click("details")
	s.see("For the administrator: ", "ID token claims", "Claims in the ID token that could name policies: groups (no-such-policy)")
	s.picture("details")
	s.click("diagnosis.copy-report")
	report := s.clipboard()
	for _, want := range []string{"groups = no-such-policy", "Action = AssumeRoleWithWebIdentity", "nopolicy@example.com", "Tools on this computer"} {
		if !strings.Contains(report, want) {
			t.Errorf("no %q in the report:\n%s", want, report)
		}
	}
	if strings.Contains(report, "eyJ") {
		t.Error("a token is in the report")
	}
}

const debianAWS = "/usr/bin/aws"

// aws runs Debian's AWS CLI at the sandbox's server.
func (s *scene) aws(args ...string) (string, error) {
	return s.Run(s.ctx, debianAWS, append([]string{"--endpoint-url", world.Endpoint}, args...)...)
}

func (s *scene) unchanged(file string) {
	s.t.Helper()
	got, err := os.ReadFile(file)
	s.must(err)
	if string(got) != foreignAWS {
		s.t.Fatalf("the file is %q", got)
	}
}

// scrollTo turns the wheel over the page until the control with an ID is in sight.
func (s *scene) scrollTo(id string) {
	s.t.Helper()
	s.scrollUntil(id, desktop.Report.Control, buttonHeight)
}

// scrollToText is scrollTo for a line of text.
func (s *scene) scrollToText(text string) {
	s.t.Helper()
	s.scrollUntil(text, desktop.Report.Find, lineHeight)
}

// The least height at which a button and a line of text are in sight as a whole.
const (
	buttonHeight = 24
	lineHeight   = 12
)

func (s *scene) scrollUntil(what string, find func(desktop.Report, string) (desktop.Widget, bool), height float64) {
	s.t.Helper()
	s.must(desktop.Until(s.ctx, what+" in sight", func() bool {
		if r, err := s.window.Report(); err == nil {
			if w, ok := find(r, what); ok && w.H >= height {
				return true
			}
		}
		_ = s.window.Wheel(s.ctx, 3)
		return false
	}))
}

// clipboard is the text on the desk's clipboard; empty where there is none.
func (s *scene) clipboard() string {
	out, err := s.Run(s.ctx, "xclip", "-selection", "clipboard", "-out")
	if err != nil {
		return ""
	}
	return out
}
