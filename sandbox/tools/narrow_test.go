package tools

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/minio/pkg/v3/policy"

	"daypass/sandbox/servers"
)

// Keys for one program, narrowed to a bucket: what is allowed works, all else the server refuses.
func TestLimitedCredentials_bucket(t *testing.T) {
	p := signedIn(t, servers.Ada)
	p.write("up", content, 0o600)
	p.do("daypass", "exec", sandboxID, "--", "aws", "--endpoint-url", world.Endpoint, "s3", "cp", p.path("up"), "s3://measurements/narrow/there")
	narrow := func(flags, command string) (string, error) {
		args := append([]string{"exec", sandboxID}, strings.Fields(flags)...)
		args = append(append(args, "--", "aws", "--endpoint-url", world.Endpoint), strings.Fields(command)...)
		out, words, err := p.try("daypass", args...)
		return out + words, err
	}
	allowed := map[string]string{
		"--only measurements":                   "s3 ls s3://measurements/narrow/",
		"--only measurements/narrow/":           "s3 cp s3://measurements/narrow/there -",
		"--only measurements/narrow/ --for 15m": "s3 ls s3://measurements/narrow/",
		"--only measurements/narrow/ --write":   "s3 cp " + p.path("up") + " s3://measurements/narrow/new",
	}
	for flags, command := range allowed {
		if out, err := narrow(flags, command); err != nil {
			t.Errorf("%s, %s: %v\n%s", flags, command, err, out)
		} else if !strings.Contains(out, `"Version":"2012-10-17"`) {
			t.Errorf("the policy is not shown: %s", out)
		}
	}
	refused := map[string]string{
		"--only measurements":                        "s3 cp " + p.path("up") + " s3://measurements/narrow/more",
		"--only measurements/narrow/":                "s3 ls s3://measurements/",
		"--only measurements/narrow/ --write":        "s3 cp " + p.path("up") + " s3://measurements/elsewhere",
		"--only measurements/narrow/ --only archive": "s3 ls s3://partner-share/",
	}
	for flags, command := range refused {
		if out, err := narrow(flags, command); err == nil || !strings.Contains(out, "AccessDenied") && !strings.Contains(out, "403") {
			t.Errorf("%s, %s: %v\n%s", flags, command, err, out)
		}
	}
}

// MinIO measures a policy after rewriting it; what Daypass shows is as long as that.
func TestSessionPolicy_size(t *testing.T) {
	p := signedIn(t, servers.Ada)
	for _, flags := range []string{"--only measurements", "--only archive/2026/ --only archive/<&> --write --only partner-share"} {
		args := append(append([]string{"exec", sandboxID}, strings.Fields(flags)...), "--", "true")
		_, words, err := p.try("daypass", args...)
		p.must(err)
		_, text, _ := strings.Cut(words, "policy: ")
		text = strings.TrimSpace(text)
		parsed, err := policy.ParseConfig(strings.NewReader(text))
		p.must(err)
		rewritten, err := json.Marshal(parsed)
		p.must(err)
		if len(rewritten) > len(text) {
			t.Errorf("%d bytes shown, %d counted:\n%s\n%s", len(text), len(rewritten), text, rewritten)
		}
	}
}

// A program with limited credentials cannot make itself permanent ones, and a MinIO that asks only what a
// session policy denies (CVE-2025-62506) finds that it denies it.
func TestRule41_limitedCredentialsMakeNoOthers(t *testing.T) {
	p := signedIn(t, servers.Ada)
	program := p.build("escalate")
	for _, flags := range []string{"--only measurements/narrow/", "--only measurements --write"} {
		args := append(append([]string{"exec", sandboxID}, strings.Fields(flags)...), "--", program, world.Endpoint)
		out, words, err := p.try("daypass", args...)
		if err == nil || !strings.Contains(words, "Access Denied") && !strings.Contains(words, "AccessDenied") {
			t.Errorf("%s: %v\n%s%s", flags, err, out, words)
		}
		_, text, _ := strings.Cut(words, "policy: ")
		text, _, _ = strings.Cut(text, "\n")
		parsed, err := policy.ParseConfig(strings.NewReader(text))
		p.must(err)
		for _, action := range []policy.Action{
			policy.Action(policy.CreateServiceAccountAdminAction), policy.Action(policy.UpdateServiceAccountAdminAction),
			policy.Action(policy.CreateUserAdminAction),
		} {
			if parsed.IsAllowed(policy.Args{Action: action, DenyOnly: true}) {
				t.Errorf("%s is not denied by %s", action, text)
			}
		}
	}
}

// A proxy that drops the policy from requests makes of limited credentials ones with all permissions: they
// are not issued.
func TestRule41_ignoredLimitsAreNoticed(t *testing.T) {
	p := signedIn(t, servers.Ada)
	target, err := url.Parse(world.Endpoint)
	p.must(err)
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = r.In.Host // which is signed
		dropPolicy(r.Out)
	}})
	defer proxy.Close()
	definition := strings.ReplaceAll(p.read("config/connections/"+sandboxID+".daypass"), world.Endpoint, proxy.URL)
	id := strings.TrimSpace(p.do("daypass", "connection", "import", "--yes", p.write("ignoring.daypass", definition, 0o600)))
	p.signInTo(id, servers.Ada)
	if _, words, err := p.try("daypass", "exec", id, "--only", "measurements/narrow/", "--", "true"); err == nil || !strings.Contains(words, "Server ignores limits") {
		t.Errorf("%v\n%s", err, words)
	}
	if _, words, err := p.try("daypass", "exec", id, "--", "true"); err != nil {
		t.Errorf("without limits: %v\n%s", err, words)
	}
}

// dropPolicy takes Policy out of a form, as a server does that ignores it.
func dropPolicy(r *http.Request) {
	if r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		return
	}
	body, err := io.ReadAll(r.Body)
	form, bad := url.ParseQuery(string(body))
	if err != nil || bad != nil {
		return
	}
	form.Del("Policy")
	text := form.Encode()
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
}

// clients is the list of who fetched keys, as JSON.
func (p *user) clients() string { return p.ask("consumers") }

// ask asks the agent for something of the connection, as the window does.
func (p *user) ask(what string) string {
	p.t.Helper()
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", filepath.Join(p.home, "run", "agent.sock"))
	}}}
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, "http://daypass/v1/connections/"+sandboxID+"/"+what, http.NoBody)
	p.must(err)
	req.Header.Set("Daypass-Protocol", "1")
	answer, err := client.Do(req)
	p.must(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	p.must(err)
	return string(body)
}
