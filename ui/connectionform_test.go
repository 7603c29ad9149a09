package ui_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daypass/app"
	"daypass/app/connection"
	"daypass/ui"
	"daypass/ui/connections"
	"daypass/ui/kit"
	"daypass/ui/uitest"
)

// newForm is an empty form whose usual fields are filled in.
func newForm(t *testing.T) *bench {
	t.Helper()
	b := newBench(t, app.Snapshot{Revision: 1}, func(o *ui.Options) { o.Selected = "" })
	b.press("enter-address")
	b.fillForm(map[string]string{
		"name": "Research lake", "endpoint": "https://s3.example.com:9000", "login.issuer": "https://login.example.com", "login.client_id": "desktop-app",
	})
	return b
}

// fillForm types in fields, and leaves each.
func (b *bench) fillForm(values map[string]string) {
	b.t.Helper()
	c := b.window.Window().Canvas()
	for _, field := range slices.Sorted(maps.Keys(values)) {
		e := b.entry(field)
		c.Focus(e)
		e.SetText(values[field])
		c.Unfocus()
	}
}

// All keys of a file can be entered; what is not for most users is folded away.
func TestConnectionForm_advancedFields(t *testing.T) {
	b := newForm(t)
	if b.window.Find("login.redirect_ports") != nil {
		t.Fatal("the advanced fields are in sight at once")
	}
	b.press("form.advanced")
	b.fillForm(map[string]string{
		"sts_endpoint": "sts.example.com", "region": "eu-1", "login.login_hint": "ada", "login.max_age": "90 min", "login.acr_values": "mfa, phr",
		"login.extra_parameters": "access_type=offline&hd=example.com", "login.redirect_ports": "8400, 8401", "login.redirect_path": "/cb", "keys.policy": "{}",
	})
	b.choose("login.prompt", "login")
	b.choose("login.redirect_host", "localhost")
	b.choose("keys.role_arn", connections.Typed)
	b.keyboardAt("keys.role_arn.typed")
	b.fillForm(map[string]string{"keys.role_arn.typed": "arn:aws:iam::123456789012:role/lake"})
	b.press("keys.send_access_token")
	b.press("form.save")
	b.asked("save Research lake")
	got := b.core.Saved()
	l := got.Provider
	if got.STSEndpoint != "https://sts.example.com" || got.Region != "eu-1" || l.LoginHint != "ada" || l.MaxAge != 90*time.Minute || len(l.ACRValues) != 2 ||
		len(l.ExtraParameters) != 2 || !slices.Equal(l.RedirectPorts, []int{8400, 8401}) || l.RedirectPath != "/cb" || l.Prompt != "login" || l.RedirectHost != "localhost" {
		t.Errorf("saved %+v", got)
	}
	if got.Keys.RoleARN != "arn:aws:iam::123456789012:role/lake" || got.Keys.Policy != "{}" || !got.Keys.SendAccessToken {
		t.Errorf("saved %+v", got.Keys)
	}
}

// The first wrong field has the focus and a sentence of its own, also where it was folded away.
func TestConnectionForm_focusesWrongField(t *testing.T) {
	b := newForm(t)
	b.press("form.advanced")
	b.fillForm(map[string]string{"login.redirect_ports": "8400-8402"})
	b.see("8400-8402 is not a valid port. Ports are from 1 to 65535.")
	b.press("form.advanced")
	b.press("form.save")
	b.keyboardAt("login.redirect_ports")
	b.inSight("login.redirect_ports")
	b.fillForm(map[string]string{"login.redirect_ports": "8400"})
	b.gone("8400-8402 is not a valid port. Ports are from 1 to 65535.")
	b.fillForm(map[string]string{"endpoint": ""})
	b.press("form.save")
	b.keyboardAt("endpoint")
	b.inSight("endpoint")
	if contains(b.core.Calls(), "save") {
		t.Error("a connection with faults is saved")
	}
}

// A role that is to be entered is wanted, and a role that follows from the client ID is for MinIO alone.
func TestConnectionForm_role(t *testing.T) {
	b := newForm(t)
	b.choose("keys.role_arn", connections.Typed)
	b.press("form.save")
	b.keyboardAt("keys.role_arn.typed")
	b.choose("keys.role_arn", connection.DeriveRoleARN)
	if b.window.Find("keys.role_arn.typed") != nil {
		t.Error("an ARN is asked for that is derived")
	}
	b.press("form.advanced")
	b.fillForm(map[string]string{"endpoint": "https://s3.eu-central-1.amazonaws.com", "region": "eu-central-1", "sts_endpoint": "https://sts.eu-central-1.amazonaws.com"})
	b.press("form.save")
	b.see("Only MinIO has a role for a client ID. Enter the ARN of the role at Amazon S3.")
	b.keyboardAt("keys.role_arn")
}

// What the server cannot have is not offered.
func TestConnectionForm_offersRolesOfServer(t *testing.T) {
	b := newForm(t)
	b.fillForm(map[string]string{"endpoint": "https://s3.eu-central-1.amazonaws.com"})
	test.Tap(b.control("keys.role_arn").(*kit.Choice))
	b.queue.Drain()
	if b.window.Find(kit.RowID("keys.role_arn", connection.DeriveRoleARN)) != nil || b.window.Find(kit.RowID("keys.role_arn", connections.Typed)) == nil {
		t.Error("the role of a client ID is offered at Amazon")
	}
	b.key(fyne.KeyEscape)
	b.fillForm(map[string]string{"endpoint": "https://s3.example.com"})
	b.choose("keys.role_arn", connection.DeriveRoleARN)
}

// A client secret that a provider wants is asked for, and not shown.
func TestConnectionForm_clientSecretWanted(t *testing.T) {
	b := newForm(t)
	b.fillForm(map[string]string{"login.issuer": "https://accounts.google.com"})
	b.press("form.save")
	b.see("Google requires this. Ask your administrator for it.")
	b.keyboardAt("login.client_secret")
	if contains(b.core.Calls(), "save") {
		t.Error("a connection that cannot sign in is saved")
	}
	b.fillForm(map[string]string{"login.client_secret": "from-google"})
	if e := b.entry("login.client_secret"); !e.Password || strings.Contains(e.AccessibilityLabel(), "from-google") {
		t.Error("the client secret is shown, or read out")
	}
	b.press("form.save")
	b.asked("save Research lake")
	if got := b.core.Saved().Provider.ClientSecret.Reveal(); got != "from-google" {
		t.Errorf("the client secret is %q", got)
	}
}

// A name that is in use is said on leaving the field.
func TestConnectionForm_nameInUse(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.see("Sign in")
	b.press("add-connection")
	b.press("enter-address")
	b.fillForm(map[string]string{"name": "research LAKE"})
	b.see("There is already a connection named Research lake. Enter another name.")
}

// Advanced settings that are in use are in sight.
func TestConnectionForm_showsWhatIsSet(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.see("Sign in")
	b.press("connection-menu")
	b.press("connection.edit")
	b.see("Edit Research lake")
	if b.window.Find("region") != nil {
		t.Error("empty settings are unfolded")
	}
}

// In the smallest window, with text twice as large, every field can be reached and the buttons are in sight.
func TestConnectionForm_smallWindow(t *testing.T) {
	b := newForm(t)
	b.window.Window().Resize(fyne.NewSize(640, 480))
	b.press("form.advanced")
	for _, field := range connections.Fields() {
		id := field.Path
		if field.Kind == connections.Choice || field.Kind == connections.Switch {
			continue
		}
		b.window.Window().Canvas().Focus(b.entry(id))
		b.queue.Drain()
		b.inSight(id)
	}
	b.inSight("form.save")
	b.inSight("form.cancel")
}
