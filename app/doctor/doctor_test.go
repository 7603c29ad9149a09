package doctor

import (
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/app/tools/install"
	"daypass/auth/secret"
)

var now = time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)

// jwt is a token with these claims, signed by nobody.
func jwt(claims string) secret.Secret {
	part := base64.RawURLEncoding.EncodeToString
	return secret.New(part([]byte(`{"alg":"RS256"}`)) + "." + part([]byte(claims)) + ".hush-signature")
}

const adasClaims = `{"iss":"https://login.example","sub":"1","aud":["desktop-app","other"],"exp":1772622000,"iat":1772618400,"nonce":"hush-nonce",
	"at_hash":"hush-hash","email":"ada@example.com","groups":["readers","writers"],"policy":"readwrite","level":3,"org":{"unit":"x"}}`

func TestClaims_table(t *testing.T) {
	claims := ReadClaims(jwt(adasClaims))
	table := map[string]Claim{}
	var order []string
	for _, c := range claims.Table() {
		table[c.Name] = c
		order = append(order, c.Name)
	}
	want := map[string]string{
		"aud": "desktop-app, other", "exp": "2026-03-04T11:00:00Z", "nonce": "(hidden)", "at_hash": "(hidden)",
		"groups": "readers, writers", "level": "3", "org": `{"unit":"x"}`,
	}
	for name, value := range want {
		if table[name].Value != value {
			t.Errorf("%s is %q", name, table[name].Value)
		}
	}
	if !slices.IsSorted(order) || !strings.Contains(table["policy"].Note, "policies") || table["iss"].Note == "" {
		t.Errorf("%v", claims.Table())
	}
	if got := claims.Candidates(); !slices.Equal(got, []string{"groups", "policy"}) {
		t.Errorf("candidates %v", got)
	}
	for _, broken := range []string{"", "a.b.c", "a.b", "hush"} {
		if got := ReadClaims(secret.New(broken)); got != nil {
			t.Errorf("%q: %v", broken, got)
		}
	}
}

// Claims that would forge lines of the report are shown as plain text.
func TestClaims_hostileTextIsPlain(t *testing.T) {
	claims := ReadClaims(jwt(`{"na\nme":"a\u001b[31m\n[ok] all is well","long":"` + strings.Repeat("x", 5000) + `"}`))
	for _, c := range claims.Table() {
		if strings.ContainsAny(c.Name+c.Value, "\n\x1b") || len(c.Value) > 300 {
			t.Errorf("%+v", c)
		}
	}
}

// Claims that sign-in accepts are no fault to the doctor.
func TestClaims_unusualTypesAreAccepted(t *testing.T) {
	f := facts()
	f.Claims = ReadClaims(jwt(`{"aud":"storage","azp":["desktop-app"],"exp":"1800000000","email":["ada@example.com"]}`))
	for _, c := range f.Session() {
		if c.Severity == Failure || c.Severity == Warning {
			t.Errorf("%+v", c)
		}
	}
	f.Claims = ReadClaims(jwt(`{"aud":"desktop-app","exp":"Infinity"}`))
	if !slices.ContainsFunc(f.Session(), func(c Check) bool { return c.Code == "token-no-expiry" }) {
		t.Error("a date that is none is taken for one")
	}
}

// facts are those of a session in which all is well.
// said is a text that comes from elsewhere.
func said(text string) messages.Message { return message("problem.reason.error", "Error", text) }

func facts() Input {
	return Input{
		Now: now, Claims: ReadClaims(jwt(adasClaims)), ClientID: "desktop-app", Issuer: "https://login.example", TokenLength: 900,
		SignedIn: true, ExpiresAt: now.Add(time.Hour), RenewAt: now.Add(40 * time.Minute), Requested: time.Hour, Granted: time.Hour, StaySignedIn: true,
	}
}

func TestInput_sessionChecks(t *testing.T) {
	denied := func(code string) func(*Input) {
		return func(f *Input) {
			f.ExpiresAt = time.Time{}
			f.Problem = Problem{Code: code, Words: Words{Title: said("Refused"), Detail: sentences(said("It said no."), said("Ask.")), Admin: sentences(said("Map a claim."))}}
		}
	}
	tests := map[string]struct {
		change func(*Input)
		code   string
		mark   Severity
		says   string
	}{
		"well":               {func(*Input) {}, "keys", OK, "issues"},
		"claim missing":      {denied("sts-claim-missing"), "policy-claims", Notice, "groups (readers, writers); policy (readwrite)"},
		"policy unknown":     {denied("sts-policy-unknown"), "sts-policy-unknown", Failure, "Map a claim."},
		"other refusal":      {denied("sts-audience"), "sts-audience", Failure, "It said no. Ask."},
		"signed out":         {func(f *Input) { *f = Input{Now: now} }, "signed-out", Notice, "Sign in"},
		"keys ended":         {func(f *Input) { f.ExpiresAt = now.Add(-time.Hour) }, "no-keys", Failure, "Sign in again"},
		"other audience":     {func(f *Input) { f.ClientID = "x" }, "audience", Failure, "desktop-app, other"},
		"no end":             {func(f *Input) { delete(f.Claims, "exp") }, "token-no-expiry", Failure, "exp"},
		"long token":         {func(f *Input) { f.TokenLength = 5000 }, "long-token", Notice, "5,000"},
		"long session token": {func(f *Input) { f.SessionTokenTooLong = true }, "session-token-too-long", Warning, "MetadataTooLarge"},
		"slow clock":         {func(f *Input) { f.Skew = 3 * time.Minute }, "clock", Warning, "3 min behind"},
		"fast clock":         {func(f *Input) { f.Skew = -3 * time.Minute }, "clock", Warning, "3 min ahead of"},
		"shorter life":       {func(f *Input) { f.Granted = 2 * time.Minute }, "life", Notice, "2 min instead of 1 h"},
		"no renewal":         {func(f *Input) { f.RenewAt = time.Time{} }, "no-renewal", Notice, "offline_access"},
		"bound":              {func(f *Input) { f.Bound = true }, "bound", OK, "DPoP"},
		"no consent":         {func(f *Input) { f.RenewAt, f.ConsentNext = time.Time{}, true }, "no-renewal", Notice, "prompt=consent"},
		"a refresh token without an ID token": {func(f *Input) {
			f.RenewAt, f.HasRefreshToken, f.NoIDTokenOnRefresh = time.Time{}, true, true
		}, "no-renewal", Notice, "issued a refresh token, but returns no ID token"},
		"scopes not granted": {func(f *Input) {
			f.ScopesRequested = []string{"openid", "email", "groups", "offline_access"}
			f.ScopesGranted = []string{"openid", "https://www.googleapis.com/auth/userinfo.email"}
		}, "scopes", Notice, "Not granted: groups."},
	}
	for name, tt := range tests {
		f := facts()
		tt.change(&f)
		found := false
		for _, c := range f.Session() {
			if c.Code == tt.code {
				found = c.Severity == tt.mark && strings.Contains(c.Title+c.Detail+c.Admin, tt.says)
			}
		}
		if !found {
			t.Errorf("%s: %+v", name, f.Session())
		}
	}
	for _, c := range facts().Session() {
		if c.Severity != OK {
			t.Errorf("all is well, but %+v", c)
		}
	}
}

func TestMachine_checks(t *testing.T) {
	home := t.TempDir()
	paths := install.FindPaths(func(string) string { return "" }, home, filepath.Join(home, "own"))
	if err := os.MkdirAll(filepath.Dir(paths.AWSConfig), 0o700); err != nil {
		t.Fatal(err)
	}
	text := "[profile other]\naws_access_key_id = A\n[profile \"daypass-lake\"]\r\nAWS_ACCESS_KEY_ID=B\r\naws_secret_access_key=hush\n"
	if err := os.WriteFile(paths.AWSConfig, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"AWS_SESSION_TOKEN": "hush", "AWS_PROFILE": "other", "S3_ENDPOINT_URL": "https://x.example"}
	m := Machine{Getenv: func(name string) string { return env[name] }, Paths: paths, Profile: "daypass-lake"}
	r := m.Check(t.Context(), Report{Checks: []Check{{Code: "keys", Severity: OK}, {Code: machineCode + "old", Severity: Failure}}})
	var codes []string
	for _, c := range r.Checks {
		codes = append(codes, c.Code)
	}
	want := []string{"machine-environment-keys", "machine-static-keys", "machine-other-profile", "machine-endpoint", "keys"}
	if !slices.Equal(codes, want) || strings.Contains(r.Text(), "hush") {
		t.Errorf("%v\n%s", codes, r.Text())
	}
	quiet := Machine{Getenv: func(string) string { return "" }, Profile: "daypass-other", Paths: paths}
	if r := quiet.Check(t.Context(), Report{}); len(r.Checks) != 0 {
		t.Errorf("%+v", r.Checks)
	}
}

// Programs that are too old, or others of the same name, are reported.
func TestMachine_reportsUnsuitablePrograms(t *testing.T) {
	bin := t.TempDir()
	scripts := map[string]string{
		"aws": "echo aws-cli/2.9.19 Python/3.11.2", "mc": "echo GNU Midnight Commander 4.8.29", "rclone": "echo rclone v1.60.1-DEV",
		"s5cmd": "echo v2.3.0-dev", "python3": "exit 1", "duckdb": "sleep 60",
	}
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin+":/usr/bin:/bin")
	found := map[string]Program{}
	for _, p := range (Machine{Getenv: func(string) string { return "" }}).programs(t.Context()) {
		found[p.Name] = p
	}
	if p := found["AWS CLI"]; p.Version != "2.9.19" || p.NoteID != "agent.doctor.program.no-endpoint" || p.Note == "" {
		t.Errorf("%+v", p)
	}
	if p := found["mc"]; p.Version != "" || !strings.Contains(p.Note, "different program") {
		t.Errorf("%+v", p)
	}
	if found["rclone"].Version != "1.60.1-DEV" || found["s5cmd"].Version != "2.3.0-dev" || found["DuckDB"].Note == "" {
		t.Errorf("%+v", found)
	}
	if _, there := found["boto3"]; there {
		t.Error("a Python without boto3 is boto3")
	}
}

// Anyone who can write into the folder in which the doctor is run has nothing run by that.
func TestMachine_runsNothingInWorkingFolder(t *testing.T) {
	dir := t.TempDir()
	ran := filepath.Join(dir, "ran")
	for name, text := range map[string]string{
		"boto3.py": "open(" + strconv.Quote(ran) + ", 'w')\n__version__ = '1.99.0'\n",
		"aws":      "#!/bin/sh\n: > '" + ran + "'\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := exec.LookPath("python3"); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, p := range (Machine{Getenv: func(string) string { return "" }}).programs(t.Context()) {
		if p.Version == "1.99.0" || strings.HasPrefix(p.Path, dir) {
			t.Errorf("%+v", p)
		}
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("a file of the working folder was run")
	}
}

func TestReport_text(t *testing.T) {
	r := Report{
		Connection: "Lake", Version: "1.0", At: now, Issuer: "https://login.example", ClientID: "desktop-app", Endpoint: "https://minio.example",
		Claims: []Claim{{Name: "aud", Value: "desktop-app", NoteID: "agent.doctor.claim.aud"}}, Sent: []Field{{Name: "Action", Value: "X"}}, Answered: []Field{{Name: "Y", Value: "Z"}},
		Checks:   []Check{{Code: "c", Severity: Warning, Title: "Title", Detail: "Detail", Admin: "Change it."}},
		Programs: []Program{{Name: "rclone", Path: "/usr/bin/rclone", Version: "1.60", Note: "old"}},
	}
	want := `Daypass 1.0, Lake, ` + messages.Current().Time(now) + `
  Identity provider  https://login.example
  Client ID          desktop-app
  Storage server     https://minio.example

[warning] Title
  Detail
  For your administrator: Change it.

ID token claims
  aud = desktop-app  (intended audience)

Sent to the server
  Action = X

Returned by the server
  Y = Z

Tools on this computer
  rclone 1.60 (/usr/bin/rclone)  (old)
`
	if got := r.Text(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What wins over a profile, or leads past it, is named; of credentials only the name.
func TestRule48_machineNamesWhatOverridesProfile(t *testing.T) {
	env := map[string]string{
		"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "True", "MINIO_ROOT_USER": "hush", "AWS_CA_BUNDLE": "/corp.pem", "AWS_S3_ENDPOINT": "other.example",
	}
	titles := ""
	for _, c := range (Machine{Getenv: func(name string) string { return env[name] }, Profile: "daypass-lake"}).environment() {
		titles += c.Title + "\n"
	}
	for name := range env {
		if !strings.Contains(titles, name) {
			t.Errorf("%s is not named", name)
		}
	}
	if strings.Contains(titles, "hush") {
		t.Errorf("%s", titles)
	}
}

// Each program has a line on how it listed a bucket, and one on what wins over Daypass in this environment.
func TestReport_listingsOfPrograms(t *testing.T) {
	getenv := func(name string) string {
		return map[string]string{"AWS_ACCESS_KEY_ID": "AKIA", "MC_INSECURE": "1"}[name]
	}
	for tool, want := range map[string]string{"aws": "AWS_ACCESS_KEY_ID", "mc": "MC_INSECURE"} {
		if got := overridesOf(getenv, tools.Find(tool)); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v", tool, got)
		}
	}
	r := Report{Programs: []Program{
		{Name: "rclone", Path: "/usr/bin/rclone", Version: "1.60", Listing: &Listing{Bucket: "measurements", Result: Listed}},
		{Name: "mc", Path: "/usr/bin/mc", Listing: &Listing{Bucket: "measurements", Result: NotListed, ServerMessage: "Access\u202e Denied."}, Overrides: []string{"MC_INSECURE", "MC_RESOLVE"}},
		{Name: "restic", Path: "/usr/bin/restic", Listing: &Listing{Bucket: "measurements", Result: Untried}},
	}}
	const want = `  rclone 1.60 (/usr/bin/rclone)
    Lists measurements.
  mc  (/usr/bin/mc)
    Cannot list measurements: Access\u202e Denied.
    In this environment, MC_INSECURE, MC_RESOLVE take precedence over Daypass.
  restic  (/usr/bin/restic)
    Not tried: it has no command that lists a bucket.
`
	if got := r.Text(); !strings.HasSuffix(got, want) {
		t.Errorf("%s", got)
	}
}
