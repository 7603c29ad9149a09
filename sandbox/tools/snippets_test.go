package tools

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"daypass/sandbox/servers"
)

// How a snippet of each language is run, and what is asked of the keys after one that only sets them.
var (
	runners = map[string][]string{"sh": {"sh", "-c"}, "fish": {"fish", "-c"}, "python": {"python3", "-c"}}
	after   = map[string]string{"env": "\ns5cmd ls", "fish": "\ns5cmd ls"}
)

// debian are the tools whose snippets are run: those that Debian has, and those that are built here.
var debian = []string{"aws", "boto3", "rclone", "mc", "s5cmd", "restic", "exec", "env", "fish", "json"}

// What the window and the command line tell a user to type is run just as it stands.
func TestSnippets_run(t *testing.T) {
	p := signedIn(t, servers.Ada).with("RESTIC_PASSWORD=of-the-repository")
	p.write("train.py", "import os, boto3\nprint([b['Name'] for b in boto3.client('s3', endpoint_url=os.environ['AWS_ENDPOINT_URL_S3']).list_buckets()['Buckets']])\n", 0o600)
	for _, tool := range []string{"aws", "rclone", "mc"} {
		p.use(tool)
	}
	var list []struct {
		ID, Snippet, Language string
		SetUp                 string `json:"set_up"`
	}
	p.must(json.Unmarshal([]byte(p.ask("tools")), &list))
	ran := 0
	for _, tool := range list {
		if tool.SetUp == "missing" {
			t.Errorf("%s is not set up", tool.ID)
		}
		run, there := runners[tool.Language]
		if !there || !slices.Contains(debian, tool.ID) {
			continue
		}
		ran++
		want, snippet := "measurements", strings.ReplaceAll(tool.Snippet, "BUCKET", "measurements")
		if tool.ID == "json" {
			want = `"endpoint":"` + world.Endpoint + `"`
		}
		if out := p.do(run[0], run[1], snippet+after[tool.ID]); !strings.Contains(out, want) {
			t.Errorf("%s:\n%s\n%s", tool.ID, tool.Snippet, out)
		}
	}
	if ran != len(debian) {
		t.Errorf("%d snippets ran", ran)
	}
}
