package uitest

import (
	"context"
	"time"

	"daypass/app"
	"daypass/app/handover"
	"daypass/app/handover/doctor"
	"daypass/auth/secret"
)

// Tools implements app.Core.
func (c *Core) Tools(_ context.Context, id string) ([]handover.Tool, error) {
	return Tools(), c.called("tools " + id)
}

// PreviewTool implements app.Core.
func (c *Core) PreviewTool(_ context.Context, id, tool string, step handover.Step) (handover.Change, error) {
	return Change(), c.called("preview " + string(step) + " " + tool + " " + id)
}

// ApplyTool implements app.Core.
func (c *Core) ApplyTool(_ context.Context, id, tool string, step handover.Step, digest string) error {
	if digest != Change().Digest {
		return app.ErrFilesChanged
	}
	return c.called("apply " + string(step) + " " + tool + " " + id)
}

// Consumers implements app.Core.
func (c *Core) Consumers(_ context.Context, id string) ([]handover.Consumer, error) {
	return Consumers(), c.called("consumers " + id)
}

// AddConsumer implements app.Core.
func (c *Core) AddConsumer(_ context.Context, id string, n handover.NewConsumer) (handover.Grant, error) {
	return handover.Grant{
		Consumer: "9", URL: "http://127.0.0.1:40123/v1/credentials", Token: secret.New("token"),
		Access: handover.Access{Connection: id, Endpoint: "https://s3.example.com:9000"},
	}, c.called("add-consumer " + id + " " + n.Name)
}

// PauseConsumer implements app.Core.
func (c *Core) PauseConsumer(_ context.Context, consumer string, paused bool) error {
	if paused {
		return c.called("pause " + consumer)
	}
	return c.called("resume " + consumer)
}

// RevokeConsumer implements app.Core.
func (c *Core) RevokeConsumer(_ context.Context, consumer string) error {
	return c.called("revoke " + consumer)
}

// HandOut implements app.Core.
func (c *Core) HandOut(_ context.Context, name, tool string) (handover.Access, error) {
	return handover.Access{Connection: name, AccessKeyID: "EXAMPLE"}, c.called("hand-out " + name + " " + tool)
}

// Diagnose implements app.Core.
func (c *Core) Diagnose(_ context.Context, id string) (doctor.Report, error) {
	return Report(), c.called("diagnose " + id)
}

// Tools are the tools of the fixtures: one found and set up, one found and not, one not found.
func Tools() []handover.Tool {
	return []handover.Tool{
		{
			ID: "aws", Name: "AWS CLI", Language: "sh", Program: "/usr/bin/aws", SetUp: handover.SetUpDone,
			Snippet: "aws --profile daypass-research-lake --endpoint-url https://s3.example.com:9000 s3 ls",
			Lasts:   "It renews itself for as long as you are signed in.",
			Notes:   []string{"This version ignores the endpoint in the profile, so --endpoint-url is needed."},
		},
		{
			ID: "rclone", Name: "rclone", Language: "sh", Program: "/usr/bin/rclone", SetUp: handover.SetUpMissing,
			Snippet: "rclone lsd daypass-research-lake:", Lasts: "It renews itself for as long as you are signed in.",
		},
		{
			ID: "env", Name: "Environment", Language: "sh", SetUp: handover.SetUpNone,
			Snippet: `eval "$(daypass env research-lake)"`, Lasts: "Until the keys end; run it again then.",
		},
	}
}

// Change is the change of the fixtures.
func Change() handover.Change {
	return handover.Change{Digest: "digest", Files: []handover.FileChange{{
		Path: "/home/ada/.aws/config", Backup: "/home/ada/.aws/config.before-daypass",
		Diff: "--- /home/ada/.aws/config\n+++ /home/ada/.aws/config\n@@ -1,2 +1,6 @@\n [default]\n region = eu-central-1\n+\n" +
			"+# Made by Daypass, which also takes it out again.\n+[profile daypass-research-lake]\n" +
			"+credential_process = /usr/bin/daypass creds research-lake\n",
	}}}
}

// Consumers are the consumers of the fixtures.
func Consumers() []handover.Consumer {
	return []handover.Consumer{
		{ID: "2", Connection: "research-lake", Name: "python3 train.py", Endpoint: true, Since: Now.Add(-time.Hour), LastFetch: Now.Add(-40 * time.Second), Fetches: 4},
		{ID: "1", Connection: "research-lake", Name: "aws", Since: Now.Add(-3 * time.Hour), LastFetch: Now.Add(-25 * time.Minute), Fetches: 31},
		{
			ID: "3", Connection: "research-lake", Name: "rclone", Since: Now.Add(-26 * time.Hour), LastFetch: Now.Add(-25 * time.Hour), Fetches: 2, Refused: 3, Paused: true,
			Scope: &handover.Scope{Places: []handover.Place{{Bucket: "measurements", Prefix: "2026/"}}},
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
				Code: "environment-keys", Mark: doctor.Warning, Title: "AWS_ACCESS_KEY_ID is set in this environment",
				Detail: "It wins over every profile. Unset it where you want to use Daypass's keys.",
			},
			{Code: "keys", Mark: doctor.OK, Title: "The storage server gives keys", Detail: "They end in 42 min."},
		},
		Programs: []doctor.Program{{Name: "AWS CLI", Path: "/usr/bin/aws", Version: "2.9.19", Note: "ignores endpoint_url in a profile"}},
	}
}
