package tools

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/minio/pkg/v3/policy"

	"daypass/sandbox/servers"
)

// Keys for one program, narrowed to a bucket: what is allowed works, all else the server refuses.
func TestNarrowerKeys(t *testing.T) {
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

// MinIO measures a policy after writing it anew; what Daypass shows is as long as that.
func TestPoliciesAreAsLongAsTheServerFindsThem(t *testing.T) {
	p := signedIn(t, servers.Ada)
	for _, flags := range []string{"--only measurements", "--only archive/2026/ --only archive/<&> --write --only partner-share"} {
		args := append(append([]string{"exec", sandboxID}, strings.Fields(flags)...), "--", "true")
		_, words, err := p.try("daypass", args...)
		p.must(err)
		_, text, _ := strings.Cut(words, "policy: ")
		text = strings.TrimSpace(text)
		parsed, err := policy.ParseConfig(strings.NewReader(text))
		p.must(err)
		anew, err := json.Marshal(parsed)
		p.must(err)
		if len(anew) > len(text) {
			t.Errorf("%d bytes shown, %d counted:\n%s\n%s", len(text), len(anew), text, anew)
		}
	}
}

// consumers is the list of who fetched keys, as JSON.
func (p *person) consumers() string { return p.ask("consumers") }

// ask asks the agent for something of the connection, as the window does.
func (p *person) ask(what string) string {
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
