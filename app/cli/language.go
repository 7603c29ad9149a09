package cli

import (
	"context"
	"sync"

	"golang.org/x/text/language"

	"daypass/app"
	"daypass/app/locale"
	"daypass/app/messages"
)

// languageFlag is the language that the user wants the command line in; the system's where it is not given.
type languageFlag struct{ tag language.Tag }

// String implements pflag.Value.
func (f *languageFlag) String() string {
	if f.tag == language.Und {
		return ""
	}
	return f.tag.String()
}

// Set implements pflag.Value.
func (f *languageFlag) Set(text string) (err error) {
	f.tag, err = language.Parse(text)
	return err
}

// Type implements pflag.Value.
func (f *languageFlag) Type() string { return "tag" }

// language returns the language of the catalogue for this process.
func (f *languageFlag) language() language.Tag {
	if f.tag != language.Und {
		return messages.Match(f.tag)
	}
	return messages.Match(locale.Messages()...)
}

// translated is an engine whose watchers see each snapshot after the process has the language of its settings.
type translated struct {
	desktopCore
	// initial is the language of the process where the settings have none.
	initial language.Tag

	mu       sync.Mutex
	revision uint64
	wanted   string
}

// Watch implements app.Core.
func (t *translated) Watch(ctx context.Context) <-chan app.Snapshot {
	watch, out := t.desktopCore.Watch(ctx), make(chan app.Snapshot)
	go func() {
		defer close(out)
		for s := range watch {
			t.follow(s)
			select {
			case out <- s:
			case <-ctx.Done():
			}
		}
	}()
	return out
}

// follow changes the language of the process to that of a snapshot, unless it has followed a later one.
func (t *translated) follow(s app.Snapshot) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s.Revision < t.revision {
		return
	}
	t.revision = s.Revision
	if s.Settings.Language == t.wanted {
		return
	}
	t.wanted = s.Settings.Language
	if t.wanted == "" {
		messages.Use(t.initial)
		return
	}
	messages.Use(messages.Match(language.Make(t.wanted)))
}
