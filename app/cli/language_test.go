package cli

import (
	"context"
	"testing"

	"golang.org/x/text/language"

	"daypass/app"
	"daypass/app/messages"
	"daypass/app/settings"
)

func TestLanguageFlag_overTheEnvironment(t *testing.T) {
	t.Setenv("LC_ALL", "fr_FR.UTF-8")
	var f languageFlag
	if got := f.language(); got.String() != "fr-FR" || f.String() != "" {
		t.Errorf("%v %q", got, f.String())
	}
	for text, want := range map[string]string{"de": "de", "de-AT": "de-AT", "zh-CN": "zh-Hans-CN", "sw": "en"} {
		if err := f.Set(text); err != nil || f.language().String() != want || f.String() != text {
			t.Errorf("%s: %v %v", text, f.language(), err)
		}
	}
	if f.Set("??") == nil {
		t.Error("no language")
	}
}

// watched is an engine that only has snapshots.
type watched struct {
	desktopCore
	snapshots chan app.Snapshot
}

func (w watched) Watch(context.Context) <-chan app.Snapshot { return w.snapshots }

// The tray and the notifications see no snapshot before the process has its language, and never an earlier language.
func TestTranslated_followsTheSettings(t *testing.T) {
	defer messages.Use(language.English)
	core := watched{snapshots: make(chan app.Snapshot)}
	spoken := &translated{desktopCore: core, initial: language.French}
	watch := spoken.Watch(t.Context())
	for _, step := range []struct {
		revision uint64
		setting  string
		want     language.Tag
	}{
		{1, "de", language.German},
		{2, "", language.French},
		{4, "ja", language.Japanese},
		{3, "de", language.Japanese}, // what another watcher has seen before
	} {
		core.snapshots <- app.Snapshot{Revision: step.revision, Settings: settings.Settings{Language: step.setting}}
		if s := <-watch; s.Revision != step.revision || messages.Current().Tag() != step.want {
			t.Errorf("%+v: %v", step, messages.Current().Tag())
		}
	}
	close(core.snapshots)
	if _, open := <-watch; open {
		t.Error("the watch stays open")
	}
}
