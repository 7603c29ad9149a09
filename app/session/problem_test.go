package session_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"daypass/app/messages"
	"daypass/app/session"
)

func unknownPolicy() session.Problem {
	return session.Problem{
		Code: "sts-policy-unknown", Params: map[string]string{"Server": "minio.example", "Subject": "writers"},
		Hints: session.ServerMessage("minio.example", "no such policy"), At: monday,
	}
}

func overTheWire(t *testing.T, p session.Problem) (read session.Problem, data []byte) {
	t.Helper()
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &read); err != nil {
		t.Fatal(err)
	}
	return read, data
}

func TestProblem_wordsInTwoLanguages(t *testing.T) {
	read, _ := overTheWire(t, unknownPolicy())
	if !reflect.DeepEqual(read, unknownPolicy()) {
		t.Errorf("%+v", read)
	}
	for tag, want := range map[language.Tag]session.Words{
		language.English: {
			Title: "No permissions assigned", Detail: "You are signed in, but minio.example has no policy named writers.",
			NextStep: "Give this message to the administrator of minio.example.",
			Admin:    "Create a policy named writers on minio.example, or have the identity provider name one that exists. Message from minio.example: no such policy.",
		},
		language.German: {
			Title: "Keine Berechtigungen zugewiesen", Detail: "Sie sind angemeldet, aber minio.example hat keine Richtlinie mit dem Namen writers.",
			NextStep: "Geben Sie diese Meldung an die Administration von minio.example weiter.",
			Admin:    "Legen Sie auf minio.example eine Richtlinie mit dem Namen writers an",
		},
	} {
		got := read.Words(messages.In(tag))
		if got.Title != want.Title || got.Detail != want.Detail || got.NextStep != want.NextStep || !strings.HasPrefix(got.Admin, want.Admin) {
			t.Errorf("%s: %+v", tag, got)
		}
	}
}

// The readers of JSON output and earlier versions find English words.
func TestProblem_jsonHasEnglishWords(t *testing.T) {
	_, data := overTheWire(t, unknownPolicy())
	var fields map[string]any
	if err := json.Unmarshal(data, &fields); err != nil {
		t.Fatal(err)
	}
	words := unknownPolicy().English()
	if fields["code"] != "sts-policy-unknown" || fields["title"] != words.Title || fields["detail"] != words.Detail || fields["next_step"] != words.NextStep || fields["admin"] != words.Admin {
		t.Errorf("%s", data)
	}
}

// What an earlier version stored or sent has words only, and what a later one sent may have a code that is new.
func TestProblem_wordsOfOtherVersions(t *testing.T) {
	for name, data := range map[string]string{
		"earlier": `{"code":"sts-policy-unknown","title":"Old title","detail":"Old detail.","next_step":"Old step.","admin":"Old hint.","at":"2026-03-02T09:00:00Z"}`,
		"later":   `{"code":"not-yet-known","params":{"Server":"x"},"title":"Old title","detail":"Old detail.","next_step":"Old step.","admin":"Old hint.","at":"2026-03-02T09:00:00Z"}`,
	} {
		var p session.Problem
		if err := json.Unmarshal([]byte(data), &p); err != nil {
			t.Fatal(err)
		}
		want := session.Words{Title: "Old title", Detail: "Old detail.", NextStep: "Old step.", Admin: "Old hint."}
		if got := p.Words(messages.In(language.German)); got != want || p.At.IsZero() {
			t.Errorf("%s: %+v", name, got)
		}
		again, _ := overTheWire(t, p)
		if !reflect.DeepEqual(again, p) {
			t.Errorf("%s: %+v, then %+v", name, p, again)
		}
	}
}

func TestProblem_parametersAreWrittenInTheLanguage(t *testing.T) {
	p := session.Problem{Code: "sts-duration", Params: map[string]string{"Server": "minio.example"}, Reasons: []messages.Message{{
		ID: "problem.reason.accepts-between", Args: map[string]string{"MinDuration": (15 * time.Minute).String(), "MaxDuration": (36 * time.Hour).String()},
	}}}
	if got := p.English().Detail; !strings.HasSuffix(got, "It accepts 15 min to 1 d 12 h.") {
		t.Error(got)
	}
	if got := p.Words(messages.In(language.German)).Detail; !strings.HasSuffix(got, "15 Min. bis 1 T. 12 Std. ist zulässig.") {
		t.Error(got)
	}
}

func TestProblem_offeredScopeIsTheNextStep(t *testing.T) {
	p := unknownPolicy()
	p.Scope, p.Params["Provider"] = "groups", "login.example"
	if got := p.English().NextStep; !strings.Contains(got, "scope groups") || !strings.Contains(got, "login.example") {
		t.Error(got)
	}
}
