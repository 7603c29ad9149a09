package tools

import (
	"encoding/json"
	"errors"
	"os/exec"
	"strings"
	"testing"
	"time"

	"daypass/app/credentials"
	"daypass/auth/secret"
)

// odd has every character in it that some shell or format has a meaning for.
const odd = "a'b\"c\\d$(touch pwned)`e`${HOME}%f!g#h;i|j&k<l>m*n?o[p]{q}~r=s:t@u/v+w\tx  \u2018y\u2019 é研"

func keys() Access {
	return Access{
		Connection: "lake", Endpoint: "https://minio.example:9000", Credentials: credentials.Credentials{
			AccessKeyID: "AKID", SecretAccessKey: secret.New("se/cr+et="), SessionToken: secret.New("to.ke-n_"),
			ExpiresAt: time.Date(2030, 1, 2, 3, 4, 5, 600, time.FixedZone("", 3600)),
		},
	}
}

func format(t *testing.T, name string, a Access) string {
	t.Helper()
	text, err := Format(name, a, CredsCommand("/usr/bin/daypass", a.Connection))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestFormats(t *testing.T) {
	want := map[string]string{
		"process": `{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"se/cr+et=","SessionToken":"to.ke-n_","Expiration":"2030-01-02T02:04:05Z"}
`,
		"json": `{"connection":"lake","endpoint":"https://minio.example:9000","region":"us-east-1","access_key_id":"AKID","secret_access_key":"se/cr+et=","session_token":"to.ke-n_","expires_at":"2030-01-02T02:04:05Z"}
`,
		"mc": "MC_HOST_daypass_lake=https://AKID:se/cr+et=:to.ke-n_@minio.example:9000\n",
		"rclone": `[daypass-lake]
type = s3
provider = Minio
access_key_id = AKID
secret_access_key = se/cr+et=
session_token = to.ke-n_
endpoint = https://minio.example:9000
region = us-east-1
`,
		"duckdb": `CREATE OR REPLACE SECRET daypass_lake (
    TYPE s3,
    KEY_ID 'AKID',
    SECRET 'se/cr+et=',
    SESSION_TOKEN 'to.ke-n_',
    ENDPOINT 'minio.example:9000',
    URL_STYLE 'path',
    USE_SSL true,
    REGION 'us-east-1'
);
`,
		"aws-profile": `[profile daypass-lake]
credential_process = /usr/bin/daypass creds lake
region = us-east-1
endpoint_url = https://minio.example:9000
ignore_configured_endpoint_urls = false
use_fips_endpoint = false
use_dualstack_endpoint = false
s3 =
    addressing_style = path
`,
	}
	for name, text := range want {
		if got := format(t, name, keys()); got != text {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, text)
		}
	}
	for _, name := range Formats() {
		if format(t, name, keys()) == "" {
			t.Errorf("%s is empty", name)
		}
	}
	if _, err := Format("yaml", keys(), Command{}); err == nil || !strings.Contains(err.Error(), "duckdb") {
		t.Errorf("%v", err)
	}
}

func TestContainerJSON(t *testing.T) {
	var got map[string]string
	if err := json.Unmarshal(ContainerJSON(keys()), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 4 || got["AccessKeyId"] != "AKID" || got["SecretAccessKey"] != "se/cr+et=" || got["Token"] != "to.ke-n_" || got["Expiration"] != "2030-01-02T02:04:05Z" {
		t.Errorf("%v", got)
	}
}

// Each shell gives the value back, and runs nothing of it.
func TestShellsReadWhatWasWritten(t *testing.T) {
	a := keys()
	a.SecretAccessKey = secret.New(odd)
	for shell, format := range map[string]string{"sh": "env", "bash": "env", "zsh": "env", "fish": "fish"} {
		text, err := Format(format, a, Command{})
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(shell, "-c", string(text)+"printenv AWS_SECRET_ACCESS_KEY\nprintenv AWS_ENDPOINT_URL_S3")
		cmd.Dir = t.TempDir()
		out, err := cmd.CombinedOutput()
		if err != nil || string(out) != odd+"\nhttps://minio.example:9000\n" {
			t.Errorf("%s: %v\n%s", shell, err, out)
		}
	}
}

func TestPowerShellAndSQLQuote(t *testing.T) {
	if got := powershell(Variable{"X", "a'b\u2019c$d`e"}); got != "$Env:X = 'a''b\u2019\u2019c$d`e'" {
		t.Errorf("%s", got)
	}
	if got := sql("a'b\\"); got != `'a''b\'` {
		t.Errorf("%s", got)
	}
}

func TestCommandsThatToolsWouldTakeApartAreRefused(t *testing.T) {
	for _, program := range []string{"", "/opt/my tools/daypass", "/a'b", "/a\"b", "/a$b", "/a\nb", "/a;b", "/a(b)", "/a`b", "/a|b"} {
		if _, err := AWSProfile(keys(), CredsCommand(program, "lake")); !errors.Is(err, ErrCommand) {
			t.Errorf("%q: %v", program, err)
		}
	}
	if _, err := AWSProfile(keys(), Command{Program: "/usr/bin/daypass"}); !errors.Is(err, ErrCommand) {
		t.Errorf("without an argument: %v", err)
	}
}

func TestHandles(t *testing.T) {
	for _, id := range []string{"lake", "Lake-2", "a.b_c"} {
		if Handle(id) != id {
			t.Errorf("%q became %q", id, Handle(id))
		}
	}
	seen := map[string]string{}
	for _, id := range []string{"", "my lake", "my  lake", "-x", ".x", "北海道", "a$(b)", "mylake"} {
		h := Handle(id)
		if h == "" || strings.ContainsAny(h, " $()-.") && h[0] != 'c' && h != id || strings.Trim(h, handleAlphabet) != "" {
			t.Errorf("%q became %q", id, h)
		}
		if other, twice := seen[h]; twice {
			t.Errorf("%q and %q are both %q", id, other, h)
		}
		seen[h] = id
	}
	if got := MCAlias("a.b-c"); got != "daypass_a_b_c" {
		t.Errorf("%s", got)
	}
}
