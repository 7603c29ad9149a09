package clients

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"daypass/app/agent/quick"
	"daypass/app/messages"
)

// A program whose name is not known is called so in the language of the user.
func TestShownName_unknownProgram(t *testing.T) {
	messages.Use(language.German)
	defer messages.Use(language.English)
	for name, want := range map[string]string{ToolName(""): "Unbekanntes Programm", quick.Unnamed: "Unbekanntes Programm", "aws": "aws"} {
		if got := ShownName(name); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
	}
}

// The list is ordered by the last fetch.
func TestList_orderedByLastFetch(t *testing.T) {
	l := New()
	at := time.Unix(1_900_000_000, 0)
	l.now = func() time.Time { at = at.Add(time.Second); return at }
	a, _, err := l.Add("lake", NewClient{Name: "a"})
	if err != nil {
		t.Fatal(err)
	}
	b := l.Command("lake", "aws")
	if again := l.Command("lake", "aws"); again.ID != b.ID {
		t.Errorf("%+v is not %+v", again, b)
	}
	l.Command("archive", "aws")
	l.NoteFetch(b.ID, true)
	l.NoteFetch(a.ID, true)
	l.NoteFetch(b.ID, false)
	got := l.Of("lake")
	if len(got) != 2 || got[0].Name != "a" || got[1].Fetches != 1 || got[1].Refused != 1 || !got[0].LastFetch.After(got[1].LastFetch) {
		t.Errorf("%+v", got)
	}
	if removed := l.RevokeAll("lake"); len(removed) != 2 || len(l.Of("lake")) != 0 || len(l.Of("archive")) != 1 {
		t.Errorf("%v", removed)
	}
}

func TestList_unknownClients(t *testing.T) {
	l := New()
	for _, err := range []error{l.Pause("9", true), l.Revoke("9")} {
		if !errors.Is(err, ErrUnknown) {
			t.Errorf("%v", err)
		}
	}
	l.NoteFetch("9", true)
	if _, err := l.ByToken(""); !errors.Is(err, ErrUnknown) {
		t.Errorf("%v", err)
	}
}

// The list does not grow without limit, and a paused client stays in it.
func TestList_isBounded(t *testing.T) {
	l := New()
	kept := l.Command("lake", "paused one")
	_ = l.Pause(kept.ID, true)
	for i := range maxClients + 50 {
		l.Command("lake", string(rune('a'+i%26))+time.Duration(i).String())
	}
	if n := len(l.Of("lake")); n != maxClients {
		t.Errorf("%d consumers", n)
	}
	if err := l.Pause(kept.ID, false); err != nil {
		t.Error("the paused one was forgotten")
	}
	l = New()
	for range maxClients {
		if _, _, err := l.Add("lake", NewClient{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := l.Add("lake", NewClient{}); !errors.Is(err, ErrTooMany) {
		t.Errorf("%v", err)
	}
	if c := l.Command("lake", "aws"); c.Name != "aws" || l.Tokens() != maxClients {
		t.Errorf("%+v", c)
	}
}

// The name of a tool is one short line.
func TestToolName_oneShortLine(t *testing.T) {
	for name, want := range map[string]string{
		"aws": "aws", "": "a tool", "\n ": "a tool", "x\x1b[31m\ny\u202e": `x\x1b[31m y\u202e`, strings.Repeat("é", 100): strings.Repeat("é", 59) + "…",
	} {
		if got := ToolName(name); got != want {
			t.Errorf("%q became %q", name, got)
		}
	}
}
