package connection

import (
	"strings"
	"testing"
	"time"

	"daypass/app/messages"
	"daypass/auth/secret"
)

func TestValidate_accepts(t *testing.T) {
	tests := map[string]func(*Definition){
		"the least":             func(*Definition) {},
		"plain http at home":    func(d *Definition) { d.Endpoint, d.Provider.Issuer = "http://127.0.0.1:9000", "http://[::1]:5556/dex" },
		"localhost":             func(d *Definition) { d.Endpoint = "http://localhost:9000" },
		"a name in any script":  func(d *Definition) { d.Name = "研究 データ" },
		"the shortest duration": func(d *Definition) { d.Keys.Duration = 15 * time.Minute },
		"the longest duration":  func(d *Definition) { d.Keys.Duration = 168 * time.Hour },
		"the longest policy":    func(d *Definition) { d.Keys.Policy = `{"a":"` + strings.Repeat("é", 2040) + `"}` },
		"a role": func(d *Definition) {
			d.Keys.RoleARN = "arn:minio:iam:::role/MzwyYPnUWmuwMmJWEAH3df0TaIo"
		},
		"an issuer that ends in a slash": func(d *Definition) { d.Provider.Issuer = "https://login.example/" },
	}
	for name, change := range tests {
		d := minimal()
		change(&d)
		if err := d.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Plain HTTP is for loopback only.
func TestRule01_plainHTTPOnLoopbackOnly(t *testing.T) {
	for _, address := range []string{"http://idp.example", "http://10.0.0.1", "http://localhost.evil.example", "http://127.0.0.1.evil.example"} {
		d := minimal()
		d.Provider.Issuer = address
		problems := d.FieldErrors()
		if len(problems) != 1 || problems[0].Field != "login.issuer" || !strings.Contains(words(problems[0]), "anyone on the network") {
			t.Errorf("%s: %v", address, problems)
		}
	}
}

// words returns what a user is told of an error.
func words(e *FieldError) string { return messages.Current().Say(e.Message()) }

func TestValidate_refuses(t *testing.T) {
	tests := []struct {
		name, field string
		change      func(*Definition)
	}{
		{"no name", "name", func(d *Definition) { d.Name = "" }},
		{"a long name", "name", func(d *Definition) { d.Name = strings.Repeat("é", 81) }},
		{"a name in two lines", "name", func(d *Definition) { d.Name = "a\nb" }},
		{"a name that turns around", "name", func(d *Definition) { d.Name = "a\u202eb" }},
		{"a name in broken UTF-8", "name", func(d *Definition) { d.Name = "a\xff" }},
		{"no endpoint", "endpoint", func(d *Definition) { d.Endpoint = "" }},
		{"an endpoint over plain http", "endpoint", func(d *Definition) { d.Endpoint = "http://minio.example" }},
		{"a host alone", "endpoint", func(d *Definition) { d.Endpoint = "minio.example:9000" }},
		{"another scheme", "endpoint", func(d *Definition) { d.Endpoint = "file:///etc/passwd" }},
		{"a path", "endpoint", func(d *Definition) { d.Endpoint = "https://minio.example/bucket" }},
		{"a query", "endpoint", func(d *Definition) { d.Endpoint = "https://minio.example?a" }},
		{"an empty query", "endpoint", func(d *Definition) { d.Endpoint = "https://minio.example?" }},
		{"a user", "endpoint", func(d *Definition) { d.Endpoint = "https://u:p@minio.example" }},
		{"port 0", "endpoint", func(d *Definition) { d.Endpoint = "https://minio.example:0" }},
		{"port 65536", "endpoint", func(d *Definition) { d.Endpoint = "https://minio.example:65536" }},
		{"a colon and no port", "endpoint", func(d *Definition) { d.Endpoint = "https://minio.example:" }},
		{"STS over plain http", "sts_endpoint", func(d *Definition) { d.STSEndpoint = "http://sts.example" }},
		{"a region with a slash", "region", func(d *Definition) { d.Region = "eu/west" }},
		{"a relative CA file", "ca_file", func(d *Definition) { d.CAFile = "ca.pem" }},
		{"no issuer", "login.issuer", func(d *Definition) { d.Provider.Issuer = "" }},
		{"an issuer with a query", "login.issuer", func(d *Definition) { d.Provider.Issuer = "https://login.example?a=b" }},
		{"an issuer with a user", "login.issuer", func(d *Definition) { d.Provider.Issuer = "https://u@login.example" }},
		{"no client ID", "login.client_id", func(d *Definition) { d.Provider.ClientID = "" }},
		{"a client secret in two lines", "login.client_secret", func(d *Definition) { d.Provider.ClientSecret = secret.New("a\nb") }},
		{"two scopes in one", "login.scopes", func(d *Definition) { d.Provider.Scopes = []string{"openid email"} }},
		{"an empty scope", "login.scopes", func(d *Definition) { d.Provider.Scopes = []string{""} }},
		{"a parameter without a name", "login.extra_parameters", func(d *Definition) { d.Provider.ExtraParameters = map[string]string{"": "x"} }},
		{"a redirect elsewhere", "login.redirect_host", func(d *Definition) { d.Provider.RedirectHost = "0.0.0.0" }},
		{"redirect port 0", "login.redirect_ports", func(d *Definition) { d.Provider.RedirectPorts = []int{8000, 0} }},
		{"redirect port 65536", "login.redirect_ports", func(d *Definition) { d.Provider.RedirectPorts = []int{65536} }},
		{"a redirect port twice", "login.redirect_ports", func(d *Definition) { d.Provider.RedirectPorts = []int{8000, 8000} }},
		{"a redirect path without slash", "login.redirect_path", func(d *Definition) { d.Provider.RedirectPath = "callback" }},
		{"a redirect path with a query", "login.redirect_path", func(d *Definition) { d.Provider.RedirectPath = "/callback?x" }},
		{"a redirect path that climbs", "login.redirect_path", func(d *Definition) { d.Provider.RedirectPath = "/a/../b" }},
		{"too short", "keys.duration", func(d *Definition) { d.Keys.Duration = 15*time.Minute - time.Second }},
		{"too long", "keys.duration", func(d *Definition) { d.Keys.Duration = 168*time.Hour + time.Second }},
		{"half a second", "keys.duration", func(d *Definition) { d.Keys.Duration = time.Hour + time.Second/2 }},
		{"a negative duration", "keys.duration", func(d *Definition) { d.Keys.Duration = -time.Hour }},
		{"a role that is no ARN", "keys.role_arn", func(d *Definition) { d.Keys.RoleARN = "readwrite" }},
		{"a policy that is no JSON", "keys.policy", func(d *Definition) { d.Keys.Policy = "readwrite" }},
		{"a policy that is null", "keys.policy", func(d *Definition) { d.Keys.Policy = "null" }},
		{"a policy in broken UTF-8", "keys.policy", func(d *Definition) { d.Keys.Policy = "{\"a\":\"\xff\"}" }},
		{"a long policy", "keys.policy", func(d *Definition) { d.Keys.Policy = `{"a":"` + strings.Repeat("é", 2041) + `"}` }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := minimal()
			tt.change(&d)
			problems := d.FieldErrors()
			if len(problems) != 1 || problems[0].Field != tt.field || !strings.HasSuffix(words(problems[0]), ".") {
				t.Errorf("got %v, want one sentence about %s", problems, tt.field)
			}
		})
	}
}

// What users enter in place of a server's address is named, with what to enter. Nothing of it is refused that works.
func TestValidate_namesWrongAddress(t *testing.T) {
	const bucketPath, arn, page, cloud = "This is the path of a bucket", "This is an ARN", "This is a page of a web console", "This is the address of a web console"
	for typed, want := range map[string]string{
		"s3://lake":                         bucketPath,
		"S3://lake/2026/a.csv":              bucketPath,
		"s3a://lake/2026/":                  bucketPath,
		"gs://lake":                         bucketPath,
		"arn:aws:s3:::lake":                 arn,
		"ARN:minio:s3:::lake/*":             arn,
		"https://minio.example:9001/login":  page,
		"minio.example:9001/browser/lake":   page,
		"https://minio.example/ui/":         page,
		"https://minio.example/minio":       page,
		"https://minio.example/minio/lake/": page,
		"https://rustfs.example:9001/rustfs/console/browser?bucket=lake": page,
		"https://ceph.example:8443/#/login":                              page,
		"https://eu-central-1.console.aws.amazon.com/s3/buckets/lake":    cloud,
		"https://s3.console.aws.amazon.com/s3/home?region=eu-central-1":  cloud,
		"lake.s3.amazonaws.com":                                          "This is the address of the bucket “lake”. Enter that of the server: https://s3.amazonaws.com.",
		"https://my.lake.s3.eu-central-1.amazonaws.com/2026/":            "This is the address of the bucket “my.lake”. Enter that of the server: https://s3.eu-central-1.amazonaws.com.",
		"https://lake.s3-us-west-2.amazonaws.com":                        "Enter that of the server: https://s3-us-west-2.amazonaws.com.",
		"https://lake.s3.dualstack.eu-west-1.amazonaws.com":              "Enter that of the server: https://s3.dualstack.eu-west-1.amazonaws.com.",
		"https://minio.example:9000/lake/2026/":                          "without a path or a bucket: https://minio.example:9000.",
		"https://minio.example:9000?X-Amz-Signature=s3cret":              "without a path or a bucket: https://minio.example:9000.",
		"https://ada:s3cret@minio.example":                               "user name and password",
		"ada:s3cret@minio.example":                                       "user name and password",
		"lake\u202e.s3.amazonaws.com":                                    "cannot be displayed",
	} {
		d := minimal()
		d.Endpoint = Address(typed)
		problems := d.Normalized().FieldErrors()
		if len(problems) != 1 || problems[0].Field != "endpoint" || !strings.Contains(words(problems[0]), want) || strings.Contains(words(problems[0]), "s3cret") {
			t.Errorf("%q: %v, want %q", typed, problems, want)
		}
	}
	for _, works := range []string{
		"https://s3.amazonaws.com", "https://s3.eu-central-1.amazonaws.com", "https://s3.dualstack.eu-west-1.amazonaws.com", "https://s3-us-west-2.amazonaws.com",
		"https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com", "https://minio.example:9001", "https://console.example", "https://browser.example", "minio.example/ ",
	} {
		d := minimal()
		d.Endpoint = Address(works)
		if problems := d.Normalized().FieldErrors(); len(problems) != 0 {
			t.Errorf("%q: %v", works, problems)
		}
	}
}

// Protected parameters cannot be set.
func TestValidate_refusesProtectedParameters(t *testing.T) {
	for _, name := range append(protectedParameters, "State", "REQUEST_URI") {
		d := minimal()
		d.Provider.ExtraParameters = map[string]string{"access_type": "offline", name: "x"}
		problems := d.FieldErrors()
		if len(problems) != 1 || !strings.Contains(words(problems[0]), name) {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

// Errors are in the order of the file.
func TestFieldErrors_inOrderOfFile(t *testing.T) {
	d := Definition{Keys: KeyRequest{Duration: 1}}
	var fields []string
	for _, f := range d.FieldErrors() {
		fields = append(fields, f.Field)
	}
	if got := strings.Join(fields, " "); got != "name endpoint login.issuer login.client_id keys.duration" {
		t.Error(got)
	}
}

// No error quotes the client secret.
func TestValidate_hidesClientSecret(t *testing.T) {
	d := minimal()
	d.Provider.ClientSecret = secret.New("hush\n")
	if err := d.Validate(); err == nil || strings.Contains(err.Error(), "hush") {
		t.Errorf("got %v", err)
	}
}

// What a user is shown of an address must be where it leads.
func TestRule37_hostCannotShowAsAnother(t *testing.T) {
	for _, address := range []string{
		"https://lоgin.example", // with a Cyrillic о
		"https://login.example%E2%80%AE.evil.example", "https://login.example%E3%80%82evil.example", "https://lo%C2%9Bgin.example",
		"https://login.example'$(id)'", `https://login".example`, "https://[::1%25lo]:9000", "http://[::1%25lo]:9000", "https://a,b", "https://a;b",
	} {
		for field, change := range map[string]func(*Definition){
			"login.issuer": func(d *Definition) { d.Provider.Issuer = address },
			"endpoint":     func(d *Definition) { d.Endpoint = address },
			"sts_endpoint": func(d *Definition) { d.STSEndpoint = address },
		} {
			d := minimal()
			change(&d)
			if problems := d.FieldErrors(); len(problems) != 1 || problems[0].Field != field {
				t.Errorf("%s %s: %v", field, address, problems)
			}
		}
	}
	for _, address := range []string{"https://xn--lgin-75d.example", "https://minio_1.example:9000", "https://10.0.0.1:9000", "https://[fd00::1]:9000", "https://a.example."} {
		d := minimal()
		d.Endpoint, d.Provider.Issuer = address, address
		if problems := d.FieldErrors(); len(problems) > 0 {
			t.Errorf("%s: %v", address, problems)
		}
	}
}

// To read a file of another computer's, Windows presents the user's password in a form that can be
// broken.
func TestRule37_caFileIsLocal(t *testing.T) {
	for _, path := range []string{`\\evil.example\share\ca.pem`, `//evil.example/share/ca.pem`, `\/evil.example/x`, `\\.\pipe\x`, `\\?\UNC\evil.example\x`} {
		if caFileProblem(path).ID == "" {
			t.Errorf("%s is taken", path)
		}
	}
}
