package ui_test

import (
	"os"
	"path/filepath"
	"testing"

	"daypass/app"
	"daypass/ui"
	"daypass/ui/uitest"
)

func withFound(o *ui.Options) {
	withProber(o)
	o.FindServers = uitest.Find
}

// A server of another program is selected from those that were found, probed, and shown for review: what its program says
// of it stays, and its keys are only told of.
func TestFound_fromOtherProgramToForm(t *testing.T) {
	b := newBench(t, app.Snapshot{Revision: 1}, withFound)
	b.press("show-found")
	b.see("minio.example:9001, login.example")
	b.see("Cyberduck: /home/ada/.duck/profiles/company.cyberduckprofile")
	b.see("AWS CLI runs a command for its credentials. Daypass does not run it.")
	b.press("found.use.1")
	b.press("probe.continue")
	b.see("These settings come from Cyberduck and the server. Your administrator can tell you what is missing.")
	for field, want := range map[string]string{
		"name": "Research lake", "endpoint": "https://minio.example:9000", "login.issuer": "https://login.example", "login.client_id": "minio-console",
	} {
		if got := b.entry(field).Text; got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	b.press("form.save")
	b.asked("save Research lake")
}

// A file of another program is opened as one of a connection is, and nothing is asked of a server before one is selected
// (rule 56).
func TestFound_fileOfOtherProgram(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rclone.conf")
	if err := os.WriteFile(file, []byte("[pond]\ntype = s3\nendpoint = pond.example\naccess_key_id = ada\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, app.Snapshot{Revision: 1}, withProber, func(o *ui.Options) { o.SandboxFile = file })
	b.gone("Use a server of another program")
	b.press("use-sandbox")
	b.see("pond.example")
	b.see(file + " still holds an access key for this server. Daypass does not take it over, and you no longer need it: remove it there once the connection works.")
	b.press("found.close")
	b.see("Start with an address")
}

// To a server that has a connection, no other one is offered.
func TestFound_notWhereConnected(t *testing.T) {
	session := uitest.SignedOut()
	session.Endpoint = "https://minio.example:9001"
	b := newBench(t, one(session), withFound)
	b.press("add-connection")
	b.press("show-found")
	b.see("rgw.example")
	b.gone("minio.example:9001")
	b.gone("minio.example:9001, login.example")
}
