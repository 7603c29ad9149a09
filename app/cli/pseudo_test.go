package cli

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/text/language"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/stsclient"
)

// someWord is a word that a user may read: of two letters at least, and not all in capitals, as the names of arguments are.
var someWord = regexp.MustCompile(`\pL*\p{Ll}\pL+`)

// noForeignWords fails for words of a text that did not come from the catalogue and are none of known.
func noForeignWords(t *testing.T, what, text string, known ...string) {
	t.Helper()
	allowed := map[string]bool{}
	for _, word := range someWord.FindAllString(strings.Join(known, " "), -1) {
		allowed[word] = true
	}
	for _, word := range someWord.FindAllString(messages.WithoutPseudo(text), -1) {
		if !allowed[word] {
			t.Errorf("%s: %q did not come from the catalogue:\n%s", what, word, text)
		}
	}
}

// Every word of the help came from the catalogue, or is one that a user types.
func TestHelp_pseudoLanguage(t *testing.T) {
	defer messages.Use(language.English)
	messages.Use(messages.Pseudo)
	var visit func(*cobra.Command)
	visit = func(cmd *cobra.Command) {
		typed := []string{cmd.CommandPath(), cmd.Use, cmd.Example}
		note := func(f *pflag.Flag) { typed = append(typed, f.Name, f.DefValue) }
		cmd.LocalFlags().VisitAll(note)
		cmd.InheritedFlags().VisitAll(note)
		for _, child := range cmd.Commands() {
			typed = append(typed, child.Name())
			visit(child)
		}
		var out bytes.Buffer
		cmd.SetOut(&out)
		showHelp(cmd, nil)
		noForeignWords(t, cmd.CommandPath(), out.String(), typed...)
	}
	visit(Commands())
}

// Every word of the list of sessions came from the catalogue, or is the user's or a unit.
func TestStatus_pseudoLanguage(t *testing.T) {
	defer messages.Use(language.English)
	messages.Use(messages.Pseudo)
	now := time.Now()
	var sessions []app.Session
	for _, phase := range []session.Phase{
		session.SignedOut, session.SigningIn, session.Exchanging, session.Active, session.Renewing, session.NeedsSignIn, session.Expired, session.SignInFailed,
	} {
		sessions = append(sessions, app.Session{
			ID: "lake", Name: "Lake", Identity: "ada", Phase: phase, ExpiresAt: now.Add(time.Hour),
			Problem: &app.Problem{Code: "sts-policy-unknown", Params: map[string]string{"Server": "s3.example", "Subject": "readers"}},
		})
	}
	var out, words bytes.Buffer
	p := &program{stdout: &out, stderr: &words}
	snapshot := app.Snapshot{Sessions: sessions, Problems: []app.Problem{{Code: "keyring-locked"}}}
	if err := p.table(snapshot, now); err != nil {
		t.Fatal(err)
	}
	if err := p.table(app.Snapshot{}, now); err != nil {
		t.Fatal(err)
	}
	noForeignWords(t, "status", out.String()+words.String(), "lake Lake ada readers s example min")
}

// Every word of an error that users meet came from the catalogue.
func TestErrorText_pseudoLanguage(t *testing.T) {
	defer messages.Use(language.English)
	messages.Use(messages.Pseudo)
	errs := []error{
		&connection.FieldError{Field: "login.issuer", Reason: messages.Message{ID: "agent.connection.field.issuer-missing"}},
		messages.NewError(errors.New("denied"), "agent.error.connection-not-saved"),
		&shownError{text: messages.Text("cli.error.agent-missing"), err: agent.ErrNotRunning},
	}
	for _, k := range known {
		errs = append(errs, k.err)
	}
	for _, err := range errs {
		noForeignWords(t, err.Error(), errorText(err), "login issuer")
	}
	for _, code := range []string{app.WarnConsentNext, app.WarnNoRefreshToken, app.WarnNoIDToken, string(stsclient.WarnSessionTokenTooLong)} {
		noForeignWords(t, code, app.WarningText(code))
	}
}
