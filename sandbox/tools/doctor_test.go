package tools

import (
	"encoding/json"
	"strings"
	"testing"

	"daypass/sandbox/servers"
)

// The doctor has each tool that is installed list a bucket for real: one that the user may read, and one that is not
// there. The report holds no credentials.
func TestDoctor_triesTools(t *testing.T) {
	p := signedIn(t, servers.Ada)
	for bucket, want := range map[string]string{"measurements": "listed", "no-such-bucket": "not-listed"} {
		text := p.do("daypass", "doctor", sandboxID, "--try-tools", bucket, "--json")
		for tool, got := range listings(t, text) {
			if got.Result != want && got.Result != "untried" || want == "not-listed" && got.Result == want && got.ServerMessage == "" {
				t.Errorf("%s, %s: %+v", bucket, tool, got)
			}
		}
	}
	if out := p.do("daypass", "doctor", sandboxID, "--try-tools", "measurements"); !strings.Contains(out, "Lists measurements.") {
		t.Errorf("%s", out)
	}
	if out, words, err := p.try("daypass", "doctor", sandboxID, "--try-tools", "--no-sign-request"); err == nil {
		t.Errorf("an option is a bucket: %s%s", out, words)
	}
	p.do("daypass", "logout", sandboxID)
	if out, words, err := p.try("daypass", "doctor", sandboxID, "--try-tools", "measurements"); err == nil || !strings.Contains(out, "rclone") {
		t.Errorf("signed out: %v %s%s", err, out, words)
	}
}

type listing struct {
	Result        string `json:"result"`
	ServerMessage string `json:"server_message"`
}

// listings returns how the programs of a report did.
func listings(t *testing.T, report string) map[string]listing {
	t.Helper()
	var r struct {
		Programs []struct {
			Name    string
			Listing *listing
		}
	}
	if err := json.Unmarshal([]byte(report), &r); err != nil {
		t.Fatalf("%v: %s", err, report)
	}
	all := map[string]listing{}
	for _, p := range r.Programs {
		if p.Listing == nil {
			t.Fatalf("%s was not tried", p.Name)
		}
		all[p.Name] = *p.Listing
	}
	for _, name := range []string{"AWS CLI", "boto3", "rclone", "s5cmd", "mc"} {
		if got := all[name]; got.Result != "listed" && got.Result != "not-listed" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	return all
}
