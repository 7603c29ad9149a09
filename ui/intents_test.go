package ui_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"golang.org/x/text/language"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/ui"
	"daypass/ui/uitest"
)

// Every button of a session asks the core for exactly what it says.
func TestSessionButtons_intents(t *testing.T) {
	for _, tt := range []struct {
		state         app.Session
		button, asked string
	}{
		{uitest.SignedOut(), "sign-in", "sign-in research-lake"},
		{uitest.Waiting(), "cancel", "cancel research-lake"},
		{uitest.Refused(), "sign-in", "sign-in research-lake"},
		{uitest.Lost(-time.Minute), "sign-in", "sign-in research-lake"},
		{uitest.Lost(time.Hour), "banner.sign-in", "sign-in research-lake"},
		{uitest.Ended(), "renew", "renew research-lake"},
		{uitest.SignedIn(time.Hour), "renew", "renew research-lake"},
		{uitest.SignedIn(time.Hour), "sign-out", "sign-out research-lake"},
		{uitest.Refused(), "edit", "connection research-lake"},
	} {
		t.Run(tt.button+" when "+string(tt.state.Phase), func(t *testing.T) {
			b := newBench(t, one(tt.state))
			b.press(tt.button)
			b.asked(tt.asked)
		})
	}
}

func TestRemoveConnection_asksFirst(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.press("connection-menu")
	b.press("connection.remove")
	b.see("Remove “Research lake”?")
	b.key(fyne.KeyEscape)
	b.gone("Remove “Research lake”?")
	if contains(b.core.Calls(), "remove") {
		t.Fatal("removed without an answer to the question")
	}
	b.press("connection-menu")
	b.press("connection.remove")
	b.press("confirm.remove")
	b.asked("remove research-lake")
}

func TestSignInLink_copyAndOpen(t *testing.T) {
	b := newBench(t, one(uitest.Waiting()))
	b.press("copy-link")
	const link = "https://login.example/auth?state=x"
	b.awaitCopy(5*time.Minute, func(text string) bool { return text == link })
	b.press("open-link")
	b.queue.Await(t, "the browser", func() bool { return len(b.opened()) == 1 })
	if b.opened()[0] != link {
		t.Errorf("opened %q", b.opened()[0])
	}
	b.mu.Lock()
	b.opening = errors.New("exec: xdg-open not found")
	b.mu.Unlock()
	b.press("open-link")
	b.see("Operation failed. No browser could be opened. Copy the link instead.")
}

// A failed intent is reported, and the report can be dismissed.
func TestFailedIntent_dismiss(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("Renew now")
	b.core.FailWith(app.ErrNoConnection)
	b.press("renew")
	b.see("Operation failed. This connection no longer exists.")
	b.press("banner.dismiss")
	b.gone("Operation failed. This connection no longer exists.")
}

// A failure is hidden once the user asks for something else, also if that changes nothing on screen.
func TestFailedIntent_hiddenByNext(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.core.FailWith(app.ErrNoConnection)
	b.press("sign-in")
	b.see("Operation failed. This connection no longer exists.")
	b.core.FailWith(nil)
	b.press("sign-in")
	b.gone("Operation failed. This connection no longer exists.")
}

// The window comes to the front when a sign-in that was started in it has ended, and only then.
func TestSignIn_raisesWindow(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.press("sign-in")
	b.core.Set(one(uitest.Waiting()))
	b.see("Waiting for your browser")
	if b.focused != 0 {
		t.Fatal("the window pushes itself in front of the browser")
	}
	b.core.Set(one(uitest.SignedIn(time.Hour)))
	b.see("Signed in as ada@example.com  ·  s3.example.com:9000")
	if b.focused != 1 {
		t.Errorf("brought to the front %d times", b.focused)
	}
	b.core.Set(one(uitest.Waiting())) // from the command line this time
	b.see("Waiting for your browser")
	b.core.Set(one(uitest.SignedIn(time.Hour)))
	b.see("Renew now")
	if b.focused != 1 {
		t.Error("a sign-in that was started elsewhere takes the focus")
	}
}

// A canceled sign-in leaves the focus where it is.
func TestSignIn_cancelKeepsFocus(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.press("sign-in")
	b.core.Set(one(uitest.Waiting()))
	b.press("cancel")
	b.core.Set(one(uitest.SignedOut()))
	b.see("Signed out of Research lake")
	if b.focused != 0 {
		t.Error("cancelling brings the window to the front")
	}
}

func TestConnectionForm_saves(t *testing.T) {
	b := newBench(t, app.Snapshot{Revision: 1}, func(o *ui.Options) { o.Selected = "" })
	b.press("enter-address")
	b.press("form.save")
	if contains(b.core.Calls(), "save") {
		t.Fatal("an empty form is saved")
	}
	for field, text := range map[string]string{
		"name": "Research lake", "endpoint": "https://s3.example.com:9000", "login.issuer": "https://login.example.com", "login.client_id": "desktop-app",
	} {
		b.entry(field).SetText(text)
	}
	b.press("form.save")
	b.asked("save Research lake")
	if got := b.core.Saved(); got.Provider.ClientID != "desktop-app" || !got.Provider.StaySignedIn {
		t.Errorf("saved %+v", got)
	}
	b.core.Set(one(uitest.SignedOut()))
	b.see("Signed out of Research lake")
}

// A login that is known with one server is given to another one only after a question that says so.
func TestRule39_knownIssuerForAnotherServer(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.see("Sign in")
	b.press("add-connection")
	b.press("enter-address")
	known := uitest.Definition("research-lake")
	for field, text := range map[string]string{
		"name": "Fast lake", "endpoint": "https://minio.evil.example", "login.issuer": known.Provider.Issuer, "login.client_id": known.Provider.ClientID,
	} {
		b.entry(field).SetText(text)
	}
	b.press("form.save")
	b.see("Your ID token for Research lake would be sent to minio.evil.example, which could use it to act as you.")
	if contains(b.core.Calls(), "save") {
		t.Fatal("the connection is saved before the question is answered")
	}
	b.press("confirm.give-login")
	b.asked("save Fast lake")
}

// A change that ends the session is made only after a question; the form keeps what was typed.
func TestConnectionForm_asksBeforeSignOut(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("Sign out")
	b.press("connection-menu")
	b.press("connection.edit")
	b.see("Edit Research lake")
	b.entry("endpoint").SetText("https://elsewhere.example")
	b.press("form.save")
	b.see("Save and sign out?")
	b.see("You have changed the storage server. Saving signs you out of “Research lake”, and other tools get no credentials until " +
		"you sign in again. Files, profiles and bookmarks are kept.")
	b.key(fyne.KeyEscape)
	b.gone("Save and sign out?")
	if contains(b.core.Calls(), "save") {
		t.Fatal("saved without an answer to the question")
	}
	if got := b.entry("endpoint").Text; got != "https://elsewhere.example" {
		t.Fatalf("what was typed became %q", got)
	}
	b.press("form.save")
	b.press("confirm.save-and-sign-out")
	b.asked("save Research lake")
}

// A connection that is saved after the user has gone elsewhere does not take them back.
func TestForm_savedLate(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("Sign out")
	b.press("connection-menu")
	b.press("connection.edit")
	b.see("Edit Research lake")
	b.entry("name").SetText("Big lake")
	release := b.core.Hold("save")
	b.press("form.save")
	b.asked("save Big lake")
	b.press("settings")
	b.see("Appearance")
	before := b.queue.Total()
	release()
	b.queue.Await(t, "the end of saving", func() bool { return b.queue.Total() > before })
	if b.window.FindText("Appearance") == nil {
		t.Error("another screen came in place of the one that the user went to")
	}
}

// Another name ends nothing, and nothing is asked.
func TestConnectionForm_renameAsksNothing(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("Sign out")
	b.press("connection-menu")
	b.press("connection.edit")
	b.see("Edit Research lake")
	b.entry("name").SetText("Big lake")
	b.press("form.save")
	b.asked("save Big lake")
}

// The form shows the validation errors of the agent.
func TestConnectionForm_showsAgentErrors(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.see("Sign in")
	b.press("connection-menu")
	b.press("connection.edit")
	b.see("Edit Research lake")
	b.core.FailWith(&connection.FieldError{Field: "login.client_id", Reason: messages.Message{ID: "agent.connection.field.client-id-missing"}})
	b.press("form.save")
	b.see("Enter the client ID that is registered for Daypass at the identity provider, such as desktop-app.")
	if b.window.Find("form.save") == nil {
		t.Error("the form is left although nothing was saved")
	}
}

// A field is judged when it is left, not at the second letter; a fault goes as soon as it is fixed.
func TestConnectionForm_validatesOnBlur(t *testing.T) {
	b := newBench(t, app.Snapshot{Revision: 1})
	b.press("enter-address")
	const help = "The URL of the storage server."
	b.see(help)
	address := b.entry("endpoint")
	b.window.Window().Canvas().Focus(address)
	address.SetText("ht")
	b.see(help)
	address.SetText("http://s3.example.com")
	b.see(help)
	b.window.Window().Canvas().Focus(b.entry("login.client_id"))
	b.gone(help)
	address.SetText("http://s3.example.co")
	b.gone(help)
	address.SetText("https://s3.example.com")
	b.see(help)
}

// What is no server's address is named, with what to enter.
func TestConnectionForm_invalidAddress(t *testing.T) {
	b := newBench(t, app.Snapshot{Revision: 1})
	b.press("enter-address")
	address := b.entry("endpoint")
	for typed, want := range map[string]string{
		"s3://lake/2026":             "This is the path of a bucket or an object, not the address of a server. Enter the address of the S3 API, such as https://minio.example:9000.",
		"minio.example:9001/browser": "This is a page of a web console. The S3 API has an address of its own, without a path: often the same host with port 9000, such as https://minio.example:9000.",
	} {
		b.window.Window().Canvas().Focus(address)
		address.SetText(typed)
		b.window.Window().Canvas().Focus(b.entry("login.client_id"))
		b.see(want)
	}
}

// What a user leaves out is added where they see it.
func TestConnectionForm_addsScheme(t *testing.T) {
	b := newBench(t, app.Snapshot{Revision: 1})
	b.press("enter-address")
	for field, text := range map[string][2]string{
		"endpoint":     {"minio.example.com:9000", "https://minio.example.com:9000"},
		"login.issuer": {" login.example.com/realms/data", "https://login.example.com/realms/data"},
		"login.scopes": {"openid, profile,groups", "openid profile groups"},
	} {
		e := b.entry(field)
		b.window.Window().Canvas().Focus(e)
		e.SetText(text[0])
		b.window.Window().Canvas().Focus(b.entry("login.client_id"))
		if e.Text != text[1] {
			t.Errorf("%s: %q became %q, want %q", field, text[0], e.Text, text[1])
		}
	}
}

// A scope that the login offers and the server misses is one press away.
func TestConnectionForm_addsScope(t *testing.T) {
	s := uitest.Refused()
	s.Problem.Scope = "groups"
	b := newBench(t, one(s))
	b.press("add-scope")
	b.asked("sign-in research-lake")
	if got := b.core.Saved().Provider.Scopes; !slices.Contains(got, "groups") || !slices.Contains(got, "openid") {
		t.Errorf("scopes %q", got)
	}
}

// A definition file is shown before it is added.
func TestImportFile_preview(t *testing.T) {
	file := t.TempDir() + "/sandbox.daypass"
	writeConnection(t, file)
	b := newBench(t, app.Snapshot{Revision: 1}, func(o *ui.Options) { o.SandboxFile = file })
	b.press("use-sandbox")
	b.see("Review before adding")
	if contains(b.core.Calls(), "save") {
		t.Error("the file was added unseen")
	}
	b.press("form.cancel")
	b.see("Use sandbox")
}

// A file that cannot be used is shown with the reason.
func TestImportFile_unusable(t *testing.T) {
	b := newBench(t, app.Snapshot{Revision: 1}, func(o *ui.Options) { o.SandboxFile = t.TempDir() + "/gone.daypass" })
	b.press("use-sandbox")
	b.see("Cannot import file")
	b.press("close")
	b.see("Use sandbox")
}

// The reason why a file cannot be used is in the language of the user.
func TestImportFile_reasonInLanguage(t *testing.T) {
	messages.Use(language.German)
	defer messages.Use(language.English)
	file := filepath.Join(t.TempDir(), "lake.daypass")
	if err := os.WriteFile(file, []byte("version = 1\nname = [\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, app.Snapshot{Revision: 1}, func(o *ui.Options) { o.SandboxFile, o.SystemLanguage = file, language.German })
	b.press("use-sandbox")
	_, err := connection.ReadFile(file)
	broken := connection.FileError{File: "lake.daypass", Err: err}
	b.see(messages.In(language.German).Sentences(broken.Messages()))
}
