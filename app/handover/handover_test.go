package handover

import (
	"encoding/json"
	"errors"
	"os/exec"
	"slices"
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

// denied ends every policy.
const denied = `{"Effect":"Deny","Action":["admin:*"],"Resource":["arn:aws:s3:::*"]}]}`

func TestRule41ScopePolicy(t *testing.T) {
	tests := map[string]struct {
		scope Scope
		want  string
	}{
		"read a bucket": {
			Scope{Places: []Place{{Bucket: "measurements"}}},
			`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::measurements/*"]},` +
				`{"Effect":"Allow","Action":["s3:GetBucketLocation","s3:ListBucket"],"Resource":["arn:aws:s3:::measurements"]},` + denied,
		},
		"write below a prefix": {
			Scope{Places: []Place{{"lake", "2026/"}, {"lake", "2025/"}}, Write: true},
			`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:AbortMultipartUpload","s3:DeleteObject","s3:GetObject","s3:ListMultipartUploadParts","s3:PutObject"],` +
				`"Resource":["arn:aws:s3:::lake/2025/*","arn:aws:s3:::lake/2026/*"]},` +
				`{"Effect":"Allow","Action":["s3:GetBucketLocation"],"Resource":["arn:aws:s3:::lake"]},` +
				`{"Effect":"Allow","Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::lake"],"Condition":{"StringLike":{"s3:prefix":["2025/*","2026/*"]}}},` + denied,
		},
	}
	for name, tt := range tests {
		if got, err := tt.scope.Policy(); err != nil || got != tt.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, tt.want)
		}
		const iam, sts = `{"Effect":"Deny","Action":["iam:*"],"Resource":["arn:aws:s3:::*"]}`, `{"Effect":"Deny","Action":["sts:*"],"Resource":["arn:aws:s3:::*"]}`
		other := strings.Replace(tt.want, denied, iam+","+sts+"]}", 1)
		if got, err := tt.scope.PolicyWithoutAdmin(); err != nil || got != other {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, other)
		}
		all := strings.TrimSuffix(tt.want, "]}") + "," + iam + "," + sts + "]}"
		if got, err := tt.scope.PolicyOfAnyAction(); err != nil || got != all {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, all)
		}
	}
}

func TestWhatIsJustOutsideAScope(t *testing.T) {
	s := Scope{Places: []Place{{"lake", "a/"}, {"lake", "b/"}, {"whole", ""}, {"whole", "x/"}, {"sea", "c/"}}}
	if got := s.Outside(); !slices.Equal(got, []Place{{"lake", ""}, {"sea", ""}}) {
		t.Errorf("%v", got)
	}
	if !s.HasBucket("sea") || s.HasBucket("se") {
		t.Error("the buckets of the scope are others")
	}
}

func TestScopesThatMeanSomethingElseAreRefused(t *testing.T) {
	for _, s := range []Scope{
		{},
		{Places: []Place{{Bucket: "*"}}},
		{Places: []Place{{Bucket: "lake", Prefix: "*/x"}}},
		{Places: []Place{{Bucket: "lake", Prefix: "${aws:username}/"}}},
		{Places: []Place{{Bucket: "lake/../other"}}},
		{Places: []Place{{Bucket: "lake", Prefix: "\xff"}}},
	} {
		var refused *ScopeError
		if text, err := s.Policy(); !errors.As(err, &refused) {
			t.Errorf("%+v: %q %v", s, text, err)
		}
	}
	long := Scope{}
	for range 10 {
		long.Places = append(long.Places, Place{"lake", strings.Repeat("é", 40) + string(rune('a'+len(long.Places)))})
	}
	if _, err := long.Policy(); err == nil || !strings.Contains(err.Error(), "2048") {
		t.Errorf("too long: %v", err)
	}
}

func TestParsePlace(t *testing.T) {
	for text, want := range map[string]Place{
		"lake": {"lake", ""}, "s3://lake/a/b": {"lake", "a/b"}, "lake/": {"lake", ""}, "lake//x": {"lake", "/x"},
	} {
		if got, err := ParsePlace(text); err != nil || got != want {
			t.Errorf("%q: %+v %v", text, got, err)
		}
	}
	if _, err := ParsePlace("s3://"); err == nil {
		t.Error("nothing is no place")
	}
}

func FuzzPolicyIsWhatItSays(f *testing.F) {
	f.Add("lake", "2026/", true)
	f.Add("a.b-c", `"},{"Effect":"Allow"`, false)
	f.Fuzz(func(t *testing.T, bucket, prefix string, write bool) {
		text, err := Scope{Places: []Place{{bucket, prefix}}, Write: write}.Policy()
		if err != nil {
			return
		}
		var p policy
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Statement {
			for _, r := range s.Resource {
				if s.Effect == "Allow" && r != "arn:aws:s3:::"+bucket && r != "arn:aws:s3:::"+bucket+"/"+prefix+"*" {
					t.Fatalf("%q in %s", r, text)
				}
			}
		}
		if !write && (strings.Contains(text, "Put") || strings.Contains(text, "Delete")) && !strings.ContainsAny(bucket+prefix, "PD") {
			t.Fatalf("%s", text)
		}
	})
}

func TestToolNamesAreOneShortLine(t *testing.T) {
	for name, want := range map[string]string{
		"aws": "aws", "": "a tool", "\n ": "a tool", "x\x1b[31m\ny\u202e": `x\x1b[31m y\u202e`, strings.Repeat("é", 100): strings.Repeat("é", 59) + "…",
	} {
		if got := ToolName(name); got != want {
			t.Errorf("%q became %q", name, got)
		}
	}
}
