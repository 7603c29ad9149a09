package uitest

import (
	"context"
	"slices"
	"time"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/doctor"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/auth/secret"
)

// hands is what a Core knows of other tools. Its zero value is as the fixtures say.
type hands struct {
	setUp   map[string]tools.SetUp
	clients []clients.Client
	begun   bool
	policy  string
}

// SetPolicy sets a policy of the connection's own.
func (c *Core) SetPolicy(policy string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hands.policy = policy
}

// SetClients has these have fetched keys.
func (c *Core) SetClients(list []clients.Client) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hands.clients, c.hands.begun = list, true
}

func (c *Core) clients() []clients.Client {
	if !c.hands.begun {
		c.hands.clients, c.hands.begun = Clients(), true
	}
	return c.hands.clients
}

// Tools implements app.Core.
func (c *Core) Tools(_ context.Context, id string) ([]tools.Tool, error) {
	err := c.called("tools " + id)
	c.mu.Lock()
	defer c.mu.Unlock()
	list := Tools()
	for i, t := range list {
		if set, there := c.hands.setUp[t.ID]; there {
			list[i].SetUp = set
		}
	}
	return list, err
}

// PreviewTool implements app.Core.
func (c *Core) PreviewTool(_ context.Context, id, tool string, step tools.Step) (tools.Change, error) {
	if err := c.called("preview " + string(step) + " " + tool + " " + id); err != nil {
		return tools.Change{}, err
	}
	if step == tools.StepRemove {
		return Removal(), nil
	}
	return Change(), nil
}

// ApplyTool implements app.Core.
func (c *Core) ApplyTool(_ context.Context, id, tool string, step tools.Step, digest string) error {
	if digest != Change().Digest {
		return app.ErrFilesChanged
	}
	if err := c.called("apply " + string(step) + " " + tool + " " + id); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.hands.setUp == nil {
		c.hands.setUp = map[string]tools.SetUp{}
	}
	c.hands.setUp[tool] = map[tools.Step]tools.SetUp{tools.StepAdd: tools.SetUpDone, tools.StepRemove: tools.SetUpMissing}[step]
	return nil
}

// Clients implements app.Core.
func (c *Core) Clients(_ context.Context, id string) ([]clients.Client, error) {
	err := c.called("consumers " + id)
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.clients()), err
}

// AddClient implements app.Core.
func (c *Core) AddClient(_ context.Context, id string, n clients.NewClient) (clients.ClientToken, error) {
	if err := c.called("add-consumer " + id + " " + n.Name); err != nil {
		return clients.ClientToken{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	added := clients.Client{ID: "9", Connection: id, Name: n.Name, Endpoint: true, Scope: n.Scope, Since: Now}
	c.hands.clients = append(slices.Clone(c.clients()), added)
	return clients.ClientToken{
		Client: "9", URL: "http://127.0.0.1:40123/v1/credentials", Token: secret.New("hush-token"),
		Access: tools.Access{Connection: id, Endpoint: "https://s3.example.com:9000"},
	}, nil
}

// AddGateway implements app.Core.
func (c *Core) AddGateway(_ context.Context, id string, n clients.NewClient) (clients.KeyPair, error) {
	if err := c.called("add-gateway " + id + " " + n.Name); err != nil {
		return clients.KeyPair{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	added := clients.Client{ID: "10", Connection: id, Name: n.Name, Endpoint: true, Gateway: true, Scope: n.Scope, Since: Now}
	c.hands.clients = append(slices.Clone(c.clients()), added)
	return clients.KeyPair{
		Client: "10", Endpoint: "http://127.0.0.1:40124", Region: "us-east-1", AccessKeyID: "DAYPASSEXAMPLE123456", SecretAccessKey: secret.New("hush-secret"),
	}, nil
}

// Fetch implements app.Core.
func (c *Core) Fetch(_ context.Context, id string, f clients.Fetcher) (clients.IssuedCredentials, error) {
	return clients.IssuedCredentials{}, c.called("fetch " + id + " " + f.Name)
}

// PauseClient implements app.Core.
func (c *Core) PauseClient(_ context.Context, client string, paused bool) error {
	call := map[bool]string{true: "pause ", false: "resume "}[paused] + client
	if err := c.called(call); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	list := slices.Clone(c.clients())
	for i := range list {
		if list[i].ID == client {
			list[i].Paused = paused
		}
	}
	c.hands.clients = list
	return nil
}

// RevokeClient implements app.Core.
func (c *Core) RevokeClient(_ context.Context, client string) error {
	if err := c.called("revoke " + client); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	removed := func(one clients.Client) bool { return one.ID == client }
	c.hands.clients = slices.DeleteFunc(slices.Clone(c.clients()), removed)
	return nil
}

// ToolCredentials implements app.Core.
func (c *Core) ToolCredentials(_ context.Context, name, tool string) (tools.Access, error) {
	return tools.Access{
		Connection: name, Endpoint: "https://s3.example.com:9000", Credentials: app.Credentials{
			AccessKeyID: "EXAMPLE", SecretAccessKey: secret.New("hush-secret"), SessionToken: secret.New("hush-session"), ExpiresAt: Now.Add(time.Hour),
		},
	}, c.called("hand-out " + name + " " + tool)
}

// Diagnose implements app.Core.
func (c *Core) Diagnose(_ context.Context, id string) (doctor.Report, error) {
	return Report(), c.called("diagnose " + id)
}

// Tools are the tools of the fixtures, some found and set up, some not.
func Tools() []tools.Tool {
	lasts := messages.Message{ID: "agent.tools.validity.while-signed-in"}
	keys := messages.Message{ID: "agent.tools.validity.until-expiry"}
	return []tools.Tool{
		{
			ID: "aws", Name: "AWS CLI", Language: "sh", Program: "/usr/bin/aws", SetUp: tools.SetUpDone, Validity: lasts,
			Snippet: "aws --profile daypass-research-lake --endpoint-url https://s3.example.com:9000 s3 ls",
			Notes:   []messages.Message{{ID: "agent.tools.note.environment", Args: map[string]string{"Variables": "AWS_ACCESS_KEY_ID"}}},
		},
		{
			ID: "boto3", Name: "Python (boto3)", Language: "python", Program: "/usr/bin/python3", SetUp: tools.SetUpDone, Validity: lasts,
			Snippet: "import boto3\n\ns3 = boto3.Session(profile_name=\"daypass-research-lake\").client(\"s3\", endpoint_url=\"https://s3.example.com:9000\")\n" +
				"print([b[\"Name\"] for b in s3.list_buckets()[\"Buckets\"]])",
		},
		{
			ID: "rclone", Name: "rclone", Language: "sh", Program: "/usr/bin/rclone", SetUp: tools.SetUpMissing,
			Snippet: "rclone lsd daypass-research-lake:", Validity: lasts,
		},
		{
			ID: "mc", Name: "mc (MinIO client)", Language: "sh", SetUp: tools.SetUpMissing,
			Snippet:  "export MC_CONFIG_ENV_FILE=/home/ada/.config/daypass/mc.env\nmc ls daypass_research_lake",
			Validity: messages.Message{ID: "agent.tools.validity.mc"},
			Notes:    []messages.Message{{ID: "agent.tools.note.mc-file", Args: map[string]string{"File": "/home/ada/.config/daypass/mc.env"}}},
		},
		{
			ID: "duckdb", Name: "DuckDB", Language: "sql", SetUp: tools.SetUpDone, Validity: lasts,
			Snippet: "CREATE OR REPLACE SECRET daypass_research_lake (\n    TYPE s3,\n    PROVIDER credential_chain\n);",
		},
		{ID: "exec", NameID: "agent.tools.any-program", Language: "sh", SetUp: tools.SetUpNone, Snippet: "daypass exec research-lake -- python3 train.py", Validity: lasts},
		{ID: "env", Name: "Shell (sh, bash, zsh)", Language: "sh", SetUp: tools.SetUpNone, Snippet: `eval "$(daypass env research-lake)"`, Validity: keys},
	}
}

// Change is the change of the fixtures: two files, one of them new.
func Change() tools.Change {
	return tools.Change{Digest: "digest", Files: []tools.FileChange{
		{
			Path: "/home/ada/.aws/config", Backup: "/home/ada/.aws/config.before-daypass",
			Diff: "--- /home/ada/.aws/config\n+++ /home/ada/.aws/config\n@@ -1,2 +1,6 @@\n [default]\n region = eu-central-1\n+\n" +
				"+# Made by Daypass, which also takes it out again.\n+[profile daypass-research-lake]\n" +
				"+credential_process = /usr/bin/daypass creds research-lake\n",
		},
		{
			Path: "/home/ada/.config/rclone/rclone.conf", New: true,
			Diff: "--- /dev/null\n+++ /home/ada/.config/rclone/rclone.conf\n@@ -0,0 +1,2 @@\n+[daypass-research-lake]\n+type = s3\n",
		},
	}}
}

// Removal removes what Change put in.
func Removal() tools.Change {
	return tools.Change{Digest: "digest", Files: []tools.FileChange{{
		Path: "/home/ada/.aws/config",
		Diff: "--- /home/ada/.aws/config\n+++ /home/ada/.aws/config\n@@ -1,6 +1,2 @@\n [default]\n region = eu-central-1\n-\n" +
			"-# Made by Daypass, which also takes it out again.\n-[profile daypass-research-lake]\n" +
			"-credential_process = /usr/bin/daypass creds research-lake\n",
	}}}
}

// Clients are the clients of the fixtures.
func Clients() []clients.Client {
	return []clients.Client{
		{ID: "2", Connection: "research-lake", Name: "python3 train.py", Endpoint: true, Since: Now.Add(-time.Hour), LastFetch: Now.Add(-40 * time.Second), Fetches: 4},
		{ID: "1", Connection: "research-lake", Name: "aws", Since: Now.Add(-3 * time.Hour), LastFetch: Now.Add(-25 * time.Minute), Fetches: 31},
		{
			ID: "3", Connection: "research-lake", Name: "rclone", Since: Now.Add(-26 * time.Hour), LastFetch: Now.Add(-25 * time.Hour), Fetches: 2, Refused: 3, Paused: true,
			Endpoint: true, Scope: &limits.Scope{Locations: []location.Location{{Bucket: "measurements", Prefix: "2026/"}}},
		},
	}
}

// Report is the doctor's report of the fixtures.
func Report() doctor.Report {
	return doctor.Report{
		Connection: "Research lake", Version: "0.1.0", At: Now, Issuer: "https://login.example.com",
		ClientID: "desktop-app", Endpoint: "https://s3.example.com:9000",
		Claims: []doctor.Claim{
			{Name: "aud", Value: "desktop-app", Note: "whom the token is for"},
			{Name: "email", Value: "ada@example.com"},
			{Name: "groups", Value: "readwrite, research", Note: "MinIO can read policies from it"},
			{Name: "iss", Value: "https://login.example.com", Note: "who made the token"},
		},
		Sent:     []doctor.Field{{Name: "Action", Value: "AssumeRoleWithWebIdentity"}, {Name: "DurationSeconds", Value: "3600"}},
		Answered: []doctor.Field{{Name: "AccessKeyId", Value: "EXAMPLE"}, {Name: "Expiration", Value: Now.Add(time.Hour).Format(time.RFC3339)}},
		Checks: []doctor.Check{
			{
				Code: "environment-keys", Severity: doctor.Warning, Title: "AWS_ACCESS_KEY_ID is set in this environment",
				Detail: "It wins over every profile. Unset it where you want to use Daypass's keys.",
			},
			{Code: "keys", Severity: doctor.OK, Title: "The storage server gives keys", Detail: "They end in 42 min."},
		},
		Programs: []doctor.Program{{Name: "AWS CLI", Path: "/usr/bin/aws", Version: "2.9.19", Note: "ignores endpoint_url in a profile"}},
	}
}
