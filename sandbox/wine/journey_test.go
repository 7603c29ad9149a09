//go:build interop

package wine

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The user's file of the AWS tools, as a Windows editor has written it.
const (
	theirs = "# Mine.\r\n[default]\r\nregion = eu-central-1\r\n"
	runKey = `HKCU\Software\Microsoft\Windows\CurrentVersion\Run`
)

// One user's way through the command line: from a computer on which nothing is set up, past a restart of the
// computer and a renewal, to its end.
func TestCommandLine(t *testing.T) {
	c := newComputer(t)
	c.agent()
	c.expect(c.succeed("status"), "signed out")
	if got := c.run("creds", "lake"); got.code != 4 {
		t.Errorf("creds while signed out: exit code %d", got.code)
	}
	c.succeed("login", "lake")
	c.expect(c.succeed("status"), "signed in", "ada@example.com")
	first := c.keys()

	c.lists("with the first credentials")
	c.usesProfile()
	c.expect(c.wine("reg", "query", runKey, "/v", "Daypass"), `daypass.exe`, "agent")
	c.expect(c.wine("reg", "query", `HKCU\Software\Wine\Credential Manager`, "/s"), "daypass")

	c.succeed("quit")
	c.restart()
	c.agent()
	c.expect(c.succeed("status"), "signed in", "ada@example.com")
	c.renews(first)
	c.lists("after a restart and a renewal")
	c.succeed("logout", "lake")
	c.expect(c.succeed("status"), "signed out")
	c.succeed("quit")
	if data, _ := os.ReadFile(c.path("opened")); strings.Count(string(data), "\n") != 1 {
		t.Errorf("the browser was opened for:\n%s", data)
	}
}

// expect fails the test where a text lacks one of the words.
func (c *computer) expect(text string, words ...string) {
	c.t.Helper()
	for _, word := range words {
		if !strings.Contains(text, word) {
			c.t.Errorf("no %q in:\n%s", word, text)
		}
	}
}

// keys are what daypass creds prints, as far as the test looks at it.
type keys struct {
	ID      string    `json:"AccessKeyId"`
	Expires time.Time `json:"Expiration"`
}

func (c *computer) keys() keys {
	c.t.Helper()
	var k keys
	c.must(json.Unmarshal([]byte(c.succeed("creds", "lake")), &k))
	if k.ID == "" || !time.Now().Before(k.Expires) {
		c.t.Errorf("the credentials have the ID %q and expire at %s", k.ID, k.Expires)
	}
	return k
}

// renews waits until there are other credentials than the first.
func (c *computer) renews(first keys) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), tokenLife+programTimeout)
	defer cancel()
	for c.keys().ID == first.ID {
		select {
		case <-ctx.Done():
			c.t.Fatal("the credentials were not renewed")
		case <-time.After(2 * time.Second):
		}
	}
}

// lists has s5cmd list the buckets with the credentials that exec gives it.
func (c *computer) lists(when string) {
	c.t.Helper()
	c.t.Log(when)
	c.expect(c.succeed("exec", "lake", "--", c.windows("Program Files", "s5cmd.exe"), "ls"), "s3://measurements")
}

// usesProfile has s5cmd list the buckets with the profile that daypass use writes, whose command is in a folder with
// spaces. What the user had in the file stays as it was.
func (c *computer) usesProfile() {
	c.t.Helper()
	file := c.path("My Profile", ".aws", "config")
	c.must(os.MkdirAll(filepath.Dir(file), 0o700))
	c.must(os.WriteFile(file, []byte(theirs), 0o600))
	c.succeed("use", "lake", "aws", "--yes")
	data, err := os.ReadFile(file)
	c.must(err)
	c.expect(string(data), theirs, "[profile daypass-lake]")
	env := c.env
	c.env = append(slices.Clone(env), "AWS_PROFILE=daypass-lake")
	c.expect(c.wine(c.windows("Program Files", "s5cmd.exe"), "--endpoint-url", sandbox.Endpoint, "ls"), "s3://measurements")
	c.env = env
	c.succeed("use", "lake", "aws", "--remove", "--yes")
	data, err = os.ReadFile(file)
	c.must(err)
	if string(data) != theirs {
		c.t.Errorf("the file of the AWS tools is now:\n%q", data)
	}
}
