package tools

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"daypass/app/credentials"
	"daypass/app/messages"
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

// testSetup is that of the connection "lake".
func testSetup() Setup {
	return Setup{
		Access: keys(), Daypass: "daypass", Creds: CredsCommand("/usr/bin/daypass", "lake"),
		Paths: Paths{AWSConfig: "aws", AWSCredentials: "credentials", Rclone: "rclone", MCEnv: "/own/mc.env"},
	}
}

func encoded(t *testing.T, name string, a Access) string {
	t.Helper()
	text, err := Encode(name, a, CredsCommand("/usr/bin/daypass", a.Connection))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// toolTest is what a definition comes to for the connection "lake".
type toolTest struct {
	snippet string
	notes   []string
	// formats are by their names. Of what begins with "...", the rest is looked for.
	formats map[string]string
	// label is what menus call a copy of its credentials.
	label string
	// files are what an empty file becomes, by path.
	files map[string]string
	// environment has the variables of the tool's own.
	environment []Variable
	// ignores has versions that read no endpoint, reads some that do.
	ignores, reads []string
}

func (want toolTest) check(t *testing.T, d Definition) {
	t.Helper()
	s := testSetup()
	if got := d.Snippet(s); got != want.snippet {
		t.Errorf("the snippet is\n%s\nwant\n%s", got, want.snippet)
	}
	if d.Notes != nil {
		if got := said(d.Notes(s)); !slices.Equal(got, want.notes) {
			t.Errorf("the notes are %q, want %q", got, want.notes)
		}
	}
	want.checkFormats(t, d)
	want.checkFiles(t, d)
	if got := d.Environment.location(s.Access); !slices.Equal(got, want.environment) {
		t.Errorf("the environment is %v, want %v", got, want.environment)
	}
	for i, list := range [][]string{want.reads, want.ignores} {
		for _, version := range list {
			if d.Version.IgnoresEndpoint(version) != (i == 1) {
				t.Errorf("version %s", version)
			}
		}
	}
}

// said returns the words of messages.
func said(list []messages.Message) (words []string) {
	for _, m := range list {
		words = append(words, messages.Current().Say(m))
	}
	return words
}

func (want toolTest) checkFormats(t *testing.T, d Definition) {
	t.Helper()
	if len(d.Formats) != len(want.formats) {
		t.Errorf("%d formats, want %d", len(d.Formats), len(want.formats))
	}
	label := ""
	for _, f := range d.Formats {
		label += f.Label()
	}
	if label != want.label {
		t.Errorf("a copy is called %q, want %q", label, want.label)
	}
	for name, text := range want.formats {
		got := encoded(t, name, keys())
		if part, is := strings.CutPrefix(text, "..."); is && strings.Contains(got, part) {
			continue
		}
		if got != text {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, text)
		}
	}
}

func (want toolTest) checkFiles(t *testing.T, d Definition) {
	t.Helper()
	list, err := d.InstalledFiles(testSetup(), StepAdd)
	if err != nil || len(list) != len(want.files) || d.NeedsFiles() != (len(list) > 0) {
		t.Errorf("%d files, want %d: %v", len(list), len(want.files), err)
	}
	for _, f := range list {
		got, err := f.Entry.Put(nil)
		if err != nil || string(got) != want.files[f.Path] {
			t.Errorf("%s: %v\n%s\nwant\n%s", f.Path, err, got, want.files[f.Path])
		}
	}
}

// profileText is the connection's profile in the AWS config file.
const profileText = `# Made by Daypass, which also takes it out again.
[profile daypass-lake]
credential_process = /usr/bin/daypass creds lake
region = us-east-1
endpoint_url = https://minio.example:9000
ignore_configured_endpoint_urls = false
use_fips_endpoint = false
use_dualstack_endpoint = false
s3 =
    addressing_style = path
`

// Whatever a list finds by a name, it finds once.
func TestAll_namesAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	once := func(kind, name string) {
		if seen[kind+name] {
			t.Errorf("the %s %q is there twice", kind, name)
		}
		seen[kind+name] = true
	}
	for _, d := range All() {
		once("ID", d.ID)
		for _, f := range d.Formats {
			once("format", f.Name)
		}
		for _, name := range d.Commands {
			once("command", name)
		}
	}
	for _, v := range keys().Location() {
		once("variable", v.Name)
	}
}

func TestListed_toolsAreComplete(t *testing.T) {
	for _, d := range Listed() {
		if d.ID == "" || d.Name == "" && !messages.Has(d.NameID) || d.Language == "" || d.Version != nil && d.Program == "" {
			t.Errorf("%+v", d)
		}
	}
	for _, d := range unlisted() {
		if d.ID == "" || d.Snippet != nil || d.NeedsFiles() || d.Formats != nil {
			t.Errorf("%+v", d)
		}
	}
	for _, d := range All() {
		for _, g := range d.Guards {
			if g.Option == "" || g.Option != strings.ToLower(g.Option) || g.Advice == "" || g.Commands == nil && d.Commands == nil {
				t.Errorf("a guard of %s is %+v", d.ID, g)
			}
		}
	}
}

func TestFind_byID(t *testing.T) {
	if d := Find("rclone"); d.Name != "rclone" || !d.ReadsProfile || d.InstallsProfileAlone() {
		t.Errorf("%+v", d)
	}
	if d := Find("none"); d.ID != "" || d.NeedsFiles() || d.CopyFormat() != "" {
		t.Errorf("%+v", d)
	}
}

func TestEncode_formats(t *testing.T) {
	for _, name := range Formats() {
		if encoded(t, name, keys()) == "" {
			t.Errorf("%s is empty", name)
		}
	}
	if _, err := Encode("yaml", keys(), Command{}); !errors.Is(err, ErrNoFormat) {
		t.Errorf("%v", err)
	}
}

// Each tool that takes the credentials themselves is in the list of those: shells first, the others in the order of the
// registry.
func TestCopies_order(t *testing.T) {
	var got, others []string
	for _, f := range Copies() {
		got = append(got, f.Name)
	}
	for _, d := range Listed() {
		if f := d.CopyFormat(); f != "" && d.Shell == nil {
			others = append(others, f)
		}
	}
	if want := append([]string{"env", "fish", "powershell"}, others...); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if !slices.Contains(got, "rclone") || slices.Contains(got, "process") {
		t.Errorf("%v", got)
	}
}

func TestShellNamed_names(t *testing.T) {
	for name, want := range map[string]string{"sh": "env", "bash": "env", "zsh": "env", "fish": "fish", "powershell": "powershell", "pwsh": "powershell", "": "", "csh": ""} {
		if got := ShellNamed(name); got != want {
			t.Errorf("%q is %q", name, got)
		}
	}
	if got := ShellNames(); !slices.Equal(got, []string{"sh", "bash", "zsh", "fish", "powershell"}) {
		t.Errorf("%v", got)
	}
	if _, err := ShellLines("rclone", nil); err == nil {
		t.Error("rclone is a shell")
	}
}
