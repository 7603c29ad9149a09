package connection

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"daypass/auth/secret"
)

const wholeFile = `# A Daypass connection. It contains no secrets, so you can share it.
version = 1
name = "Research \"lake\" \\ Ünï"
endpoint = "https://minio.example:9000"
sts_endpoint = "https://sts.example"
region = "eu-west-1"
ca_file = "/etc/daypass/ca.pem"

[login]
issuer = "https://login.example/realms/data"
client_id = "desktop-app"
# Public, as is every secret that is given out with a desktop program (RFC 8252 section 8.5).
client_secret = "not-really"
scopes = ["openid", "groups"]
stay_signed_in = false
extra_parameters = { "access_type" = "offline", "prompt" = "consent" }
redirect_host = "localhost"
redirect_ports = [8000, 18000]
redirect_path = "/oidc/answer"

[keys]
duration = "1h30m"
role_arn = "derive"
policy = "{\n\t\"Version\": \"2012-10-17\", \"Statement\": []\n}"
send_access_token = true
`

func whole() Definition {
	return Definition{
		Name: `Research "lake" \ Ünï`, Endpoint: "https://minio.example:9000", STSEndpoint: "https://sts.example",
		Region: "eu-west-1", CAFile: "/etc/daypass/ca.pem",
		Provider: Provider{
			Issuer: "https://login.example/realms/data", ClientID: "desktop-app", ClientSecret: secret.New("not-really"),
			Scopes: []string{"openid", "groups"}, ExtraParameters: map[string]string{"access_type": "offline", "prompt": "consent"},
			RedirectHost: "localhost", RedirectPorts: []int{8000, 18000}, RedirectPath: "/oidc/answer",
		},
		Keys: KeyRequest{
			Duration: 90 * time.Minute, RoleARN: DeriveRoleARN, SendAccessToken: true,
			Policy: "{\n\t\"Version\": \"2012-10-17\", \"Statement\": []\n}",
		},
	}
}

// minimal is the least that is valid.
func minimal() Definition {
	return Definition{
		Name: "Lake", Endpoint: "https://minio.example",
		Provider: Provider{Issuer: "https://login.example", ClientID: "desktop-app", StaySignedIn: true},
	}
}

// same compares by value; reflect compares secrets by address.
func same(a, b Definition) bool {
	equal := a.Provider.ClientSecret.Equal(b.Provider.ClientSecret)
	a.Provider.ClientSecret, b.Provider.ClientSecret = secret.Secret{}, secret.Secret{}
	return equal && reflect.DeepEqual(a, b)
}

func TestFormat_file(t *testing.T) {
	if got := string(whole().Format()); got != wholeFile {
		t.Errorf("got\n%s\nwant\n%s", got, wholeFile)
	}
	want := `# A Daypass connection. It contains no secrets, so you can share it.
version = 1
name = "Lake"
endpoint = "https://minio.example"

[login]
issuer = "https://login.example"
client_id = "desktop-app"
stay_signed_in = true

[keys]
`
	if got := string(minimal().Format()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Parse returns what Format wrote.
func TestParse_roundTrip(t *testing.T) {
	for _, want := range []Definition{whole(), minimal()} {
		got, err := Parse(want.Format())
		if err != nil || !same(got, want) {
			t.Errorf("%s: got %+v (%v), want %+v", want.Name, got, err, want)
		}
	}
}

func TestParse_normalizesAndFillsIn(t *testing.T) {
	def, err := Parse([]byte(`
version = 1
name = " Lake "
endpoint = "https://minio.example/"
[login]
issuer = "https://login.example/realms/data/.well-known/openid-configuration"
client_id = "desktop-app"
scopes = []
redirect_ports = []
`))
	want := minimal()
	want.Provider.Issuer = "https://login.example/realms/data"
	if err != nil || !same(def, want) {
		t.Errorf("got %+v (%v), want %+v", def, err, want)
	}
}

func TestParse_refuses(t *testing.T) {
	const login = "\n[login]\nissuer = \"https://login.example\"\nclient_id = \"c\"\n"
	const head = "version = 1\nname = \"n\"\nendpoint = \"https://minio.example\"\n"
	tests := []struct{ name, in, field, says string }{
		{"no version", "name = \"n\"\n" + login, "version", "version = 1"},
		{"version 2 with new keys", "version = 2\nwings = true", "version", "requires a newer version of Daypass"},
		{"version 0", "version = 0", "version", "version is not valid"},
		{"version as text", "version = \"1\"", "version", "version is not valid"},
		{"misspelt key", head + "regoin = \"x\"" + login, "regoin", "region"},
		{"misspelt key in a table", head + login + "isuer = \"x\"", "login.isuer", "login.issuer"},
		{"a name from elsewhere", head + login + "config_url = \"x\"", "login.config_url", "login.issuer"},
		{"an unknown table", head + login + "[plugins]\nrun = \"rm\"", "plugins", "is not known"},
		{"an unknown key that cannot be shown", head + "\"a\\u001bb\" = 1" + login, `"a\x1bb"`, "is not known"},
		{"no duration", head + login + "[keys]\nduration = \"soon\"", "keys.duration", "1h"},
		{"a zero duration", head + login + "[keys]\nduration = \"0s\"", "keys.duration", "1h"},
		{"a wrong type", head + "region = 7" + login, "", "region"},
		{"no TOML", "version = ", "", "Line 1"},
		{"too much", strings.Repeat("#", MaxFileSize+1), "", "64 KiB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.in))
			if err == nil {
				t.Fatal("was taken")
			}
			if !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%q does not say %q", err, tt.says)
			}
			field := ""
			if fe := (*FieldError)(nil); errors.As(err, &fe) {
				field = fe.Field
			}
			if field != tt.field {
				t.Errorf("field %q, want %q (%v)", field, tt.field, err)
			}
		})
	}
}

// Nothing that programs use to weaken TLS is a key of ours, under any name.
func TestRule37_noKeyWeakensTLS(t *testing.T) {
	keys := []string{"insecure", "insecure_skip_verify", "skip_verify", "verify", "tls_verify", "verify_ssl", "no_verify_ssl", "disable_tls"}
	for _, key := range keys {
		for _, at := range []string{"version = 1\n" + key + " = true\n", "version = 1\n[login]\n" + key + " = true\n"} {
			_, err := Parse([]byte(at))
			var fe *FieldError
			if !errors.As(err, &fe) || !strings.HasSuffix(fe.Field, key) {
				t.Errorf("%s: %v", key, err)
			}
		}
	}
}

// The summary shows every host.
func TestRule37_summaryShowsEveryHost(t *testing.T) {
	want := Summary{
		Name: `Research "lake" \ Ünï`, ProviderHost: "login.example", ServerHost: "minio.example:9000",
		STSHost: "sts.example", CAFile: "/etc/daypass/ca.pem",
	}
	if got := whole().Summary(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := minimal().Summary(); got.STSHost != "minio.example" {
		t.Errorf("STS host %q, want the server's", got.STSHost)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(wholeFile))
	f.Add(minimal().Format())
	f.Add([]byte("version = 1\nname = '''\n'''"))
	f.Fuzz(func(t *testing.T, data []byte) {
		def, err := Parse(data)
		if err != nil {
			return
		}
		again, err := Parse(def.Format())
		if err != nil || !same(again, def) {
			t.Errorf("got back %+v (%v), want %+v", again, err, def)
		}
	})
}
