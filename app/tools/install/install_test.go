package install

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/app/credentials"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/app/tools/edit"
	"daypass/auth/secret"
)

func access(key string) tools.Access {
	return tools.Access{
		Connection: "lake", Endpoint: "https://minio.example:9000", Credentials: credentials.Credentials{
			AccessKeyID: key, SecretAccessKey: secret.New("hush-secret-" + key), SessionToken: secret.New("hush-token-" + key),
			ExpiresAt: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC),
		},
	}
}

func newInstaller(t *testing.T) Installer {
	t.Helper()
	home := t.TempDir()
	own := filepath.Join(home, ".config", "daypass")
	none := func(string) string { return "" }
	return Installer{Paths: FindPaths(none, home, own), Access: access("KEY1"), Program: "/nowhere/daypass"}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// do previews a step and applies it.
func do(t *testing.T, s Installer, tool string, step tools.Step) tools.Change {
	t.Helper()
	change, err := s.Preview(tool, step)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(tool, step, change.Digest); err != nil {
		t.Fatal(err)
	}
	return change
}

// What the preview shows is done, and undone.
func TestRule30_previewIsAppliedAndUndone(t *testing.T) {
	s := newInstaller(t)
	before := map[string]string{
		s.Paths.AWSConfig: "# mine\r\n[default]\r\nregion = eu", s.Paths.Rclone: "[other]\ntype = local\n",
	}
	for path, text := range before {
		write(t, path, text)
	}
	for _, tool := range []string{"rclone", "mc"} {
		if got := s.SetUp(tool); got != tools.SetUpMissing {
			t.Errorf("%s is %s", tool, got)
		}
		change := do(t, s, tool, tools.StepAdd)
		if s.SetUp(tool) != tools.SetUpDone {
			t.Errorf("%s is not set up", tool)
		}
		for _, f := range change.Files {
			if strings.Contains(f.Diff, "hush") || !strings.Contains(f.Diff, "daypass") {
				t.Errorf("diff %s", f.Diff)
			}
		}
		if again, err := s.Preview(tool, tools.StepAdd); err != nil || len(again.Files) != 0 {
			t.Errorf("%s twice: %v %v", tool, again, err)
		}
	}
	if got := read(t, s.Paths.AWSConfig); !strings.Contains(got, "\r\ncredential_process = /nowhere/daypass creds lake\r\n") {
		t.Errorf("%q", got)
	}
	if got := read(t, s.Paths.MCEnv); got != "MC_HOST_daypass_lake=https://KEY1:hush-secret-KEY1:hush-token-KEY1@minio.example:9000\n" {
		t.Errorf("%q", got)
	}
	if s.SetUp("aws") != tools.SetUpDone {
		t.Error("rclone's profile is not the AWS one")
	}
	if err := s.RemoveAll(); err != nil {
		t.Fatal(err)
	}
	for path, text := range before {
		if got := read(t, path); got != text {
			t.Errorf("%s: %q", path, got)
		}
	}
	if got := read(t, s.Paths.MCEnv); got != "" {
		t.Errorf("mc's file has %q", got)
	}
}

// A change that was not shown is not made.
func TestApply_refusesChangeNotShown(t *testing.T) {
	s := newInstaller(t)
	change, err := s.Preview("aws", tools.StepAdd)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s.Paths.AWSConfig, "[default]\n")
	if err := s.Apply("aws", tools.StepAdd, change.Digest); !errors.Is(err, ErrChanged) {
		t.Errorf("%v", err)
	}
	do(t, s, "mc", tools.StepAdd)
	change, err = s.Preview("mc", tools.StepRemove)
	if err != nil {
		t.Fatal(err)
	}
	s.Access = access("KEY2")
	if err := errors.Join(s.RenewCredentials(), s.Apply("mc", tools.StepRemove, change.Digest)); err != nil {
		t.Errorf("a renewal between looking and doing: %v", err)
	}
}

// Entries of others are refused.
func TestRule30_refusesForeignEntries(t *testing.T) {
	s := newInstaller(t)
	write(t, s.Paths.AWSCredentials, "[daypass-lake]\naws_access_key_id = STATIC\n")
	if _, err := s.Preview("rclone", tools.StepAdd); !errors.Is(err, edit.ErrForeign) || !strings.Contains(err.Error(), "credentials") {
		t.Errorf("static keys of the same name: %v", err)
	}
	s = newInstaller(t)
	write(t, s.Paths.Rclone, "# Encrypted rclone configuration File\n\nRCLONE_ENCRYPT_V0:\nAAAA\n")
	if _, err := s.Preview("rclone", tools.StepAdd); !errors.Is(err, tools.ErrEncrypted) {
		t.Errorf("encrypted: %v", err)
	}
	s.Program = "/opt/my programs/daypass"
	if _, err := s.Preview("aws", tools.StepAdd); !errors.Is(err, tools.ErrCommand) {
		t.Errorf("a space in the path: %v", err)
	}
	if err := s.RemoveAll(); err != nil {
		t.Errorf("nothing to remove: %v", err)
	}
	if _, err := s.Preview("env", tools.StepAdd); !errors.Is(err, ErrNoTool) {
		t.Errorf("%v", err)
	}
}

// Tools that are not set up get no file.
func TestRenewCredentials_skipsToolsNotSetUp(t *testing.T) {
	s := newInstaller(t)
	if err := s.RenewCredentials(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.Paths.MCEnv); err == nil {
		t.Error("a file was made")
	}
	write(t, s.Paths.MCEnv, "MC_HOST_mine=https://a:b@c\n")
	do(t, s, "mc", tools.StepAdd)
	s.Access = access("KEY2")
	if err := s.RenewCredentials(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, s.Paths.MCEnv); !strings.HasPrefix(got, "MC_HOST_mine=https://a:b@c\nMC_HOST_daypass_lake=https://KEY2:") {
		t.Errorf("%q", got)
	}
}

// The paths follow the environment.
func TestFindPaths_followEnvironment(t *testing.T) {
	env := map[string]string{
		"AWS_CONFIG_FILE": "~/dot/aws", "AWS_SHARED_CREDENTIALS_FILE": "/srv/creds", "RCLONE_CONFIG": "/srv/rclone.conf", "MC_CONFIG_ENV_FILE": "/srv/mc",
	}
	p := FindPaths(func(name string) string { return env[name] }, "/home/ada", "/home/ada/.config/daypass")
	want := tools.Paths{AWSConfig: "/home/ada/dot/aws", AWSCredentials: "/srv/creds", Rclone: "/srv/rclone.conf", MCEnv: "/srv/mc"}
	if p != want {
		t.Errorf("%+v", p)
	}
	home := t.TempDir()
	write(t, filepath.Join(home, ".rclone.conf"), "")
	p = FindPaths(func(string) string { return "" }, home, "/own")
	if p.Rclone != filepath.Join(home, ".rclone.conf") || !p.MCEnvOurs || p.AWSConfig != filepath.Join(home, ".aws", "config") {
		t.Errorf("%+v", p)
	}
}

// withProgram puts a program that does nothing on PATH.
func withProgram(t *testing.T, name string) {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, name), "#!/bin/sh\n")
	makeRunnable(t, filepath.Join(dir, name))
	t.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

// Where a terminal does not find daypass by its name, snippets call it by its path.
func TestSnippets_findDaypass(t *testing.T) {
	snippet := func(s Installer, id string) string {
		for _, tool := range s.List(func(string) string { return "" }) {
			if tool.ID == id {
				return tool.Snippet
			}
		}
		return ""
	}
	s := newInstaller(t)
	s.Program = "/opt/my tools/daypass"
	for id, want := range map[string]string{
		"exec": "'/opt/my tools/daypass' exec lake -- python3 train.py", "json": "'/opt/my tools/daypass' creds lake --format json",
		"powershell": "& '/opt/my tools/daypass' env lake --shell powershell | Out-String | Invoke-Expression",
	} {
		t.Setenv("PATH", t.TempDir())
		if got := snippet(s, id); got != want {
			t.Errorf("%s: %s", id, got)
		}
	}
	withProgram(t, "daypass")
	if got := snippet(s, "fish"); got != "daypass env lake --shell fish | source" {
		t.Errorf("%s", got)
	}
}

// Snippets hold no secret, and run nothing of a server's name.
func TestSnippets_holdNoSecretAndRunNothing(t *testing.T) {
	withProgram(t, "daypass")
	withProgram(t, "mount-s3")
	s := newInstaller(t)
	s.Access.Endpoint, s.Access.CAFile = "https://a$(id)'\";.example", "/etc/my ca's.pem"
	for _, tool := range s.List(func(string) string { return "" }) {
		if strings.Contains(tool.Snippet, "hush") || tool.Title() == "" || !messages.Has(tool.Validity.ID) {
			t.Errorf("%+v", tool)
		}
		if tool.Language != "sh" {
			continue
		}
		// A shell that echoes every word shows whether the name was taken apart.
		script := "s5cmd() { printf '%s\\n' \"$2\"; }; daypass() { echo :; }; id() { echo RAN; }\n"
		for _, program := range []string{"aws", "rclone", "mc", "s3cmd", "dvc", "mlflow", "samtools"} {
			script += program + "() { :; }\n"
		}
		script += tool.Snippet
		out, err := exec.Command("sh", "-c", script).CombinedOutput()
		if err != nil || strings.Contains(string(out), "RAN") {
			t.Errorf("%s: %v %s", tool.ID, err, out)
		}
		if tool.ID == "s5cmd" && !strings.Contains(string(out), s.Access.Endpoint) {
			t.Errorf("%s", out)
		}
	}
}

// Access keys in the environment are reported.
func TestList_notesCredentialsInEnvironment(t *testing.T) {
	s := newInstaller(t)
	env := func(name string) string { return map[string]string{"AWS_ACCESS_KEY_ID": "X"}[name] }
	for _, tool := range s.List(env) {
		if told := strings.Contains(fmt.Sprint(tool.Notes), "AWS_ACCESS_KEY_ID"); told != tools.Find(tool.ID).ReadsProfile {
			t.Errorf("%s: told of credentials in the environment: %t", tool.ID, told)
		}
	}
}

// A copy of what Daypass wrote itself would be of no use, and in mc's case would hold credentials forever.
func TestApply_keepsNoBackupOfOwnFiles(t *testing.T) {
	s := newInstaller(t)
	do(t, s, "mc", tools.StepAdd)
	do(t, s, "rclone", tools.StepAdd)
	s.Access = access("KEY2")
	if err := s.RenewCredentials(); err != nil {
		t.Fatal(err)
	}
	other := s
	other.Access.Connection = "archive"
	for _, tool := range []string{"mc", "rclone"} {
		if change := do(t, other, tool, tools.StepAdd); change.Files[0].Backup != "" {
			t.Errorf("%+v", change)
		}
	}
	for _, one := range []Installer{s, other} {
		if err := one.RemoveAll(); err != nil {
			t.Fatal(err)
		}
	}
	do(t, s, "mc", tools.StepAdd)
	for _, path := range []string{s.Paths.AWSConfig, s.Paths.Rclone, s.Paths.MCEnv} {
		if _, err := os.Stat(path + ".before-daypass"); err == nil {
			t.Errorf("a copy of %s is kept", path)
		}
	}
	for _, path := range []string{s.Paths.AWSConfig, s.Paths.Rclone} {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s is still there", path)
		}
	}
}

// Profiles run the program that only prints credentials where it is installed beside daypass. A profile with the
// command of before stays one of ours.
func TestCredsProgram_usedWhereInstalled(t *testing.T) {
	s := newInstaller(t)
	dir := t.TempDir()
	s.Program = filepath.Join(dir, "daypass")
	do(t, s, "aws", tools.StepAdd)
	if got := read(t, s.Paths.AWSConfig); !strings.Contains(got, "\ncredential_process = "+s.Program+" creds lake\n") {
		t.Fatalf("without the program beside it:\n%s", got)
	}
	creds := filepath.Join(dir, tools.CredsProgram)
	if err := os.WriteFile(creds, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := CredsProgram(s.Program); got != s.Program {
		t.Errorf("%s is run, which nobody may execute", got)
	}
	if err := os.Chmod(creds, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := s.SetUp("aws"); got != tools.SetUpDone {
		t.Errorf("the old profile is %q", got)
	}
	do(t, s, "aws", tools.StepAdd)
	if got := read(t, s.Paths.AWSConfig); !strings.Contains(got, "\ncredential_process = "+creds+" lake\n") || strings.Count(got, "credential_process") != 1 {
		t.Errorf("with it:\n%s", got)
	}
}
