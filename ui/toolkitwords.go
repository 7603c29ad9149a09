package ui

import (
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"daypass/app/messages"
)

// toolkitWords are the IDs of the texts that the toolkit shows by itself, by their keys there.
var toolkitWords = map[string]string{
	"Cancel": "common.cancel", "Copy": "window.toolkit.copy", "Cut": "window.toolkit.cut", "Paste": "window.toolkit.paste",
	"Select all": "window.toolkit.select-all", "Undo": "window.toolkit.undo", "Redo": "window.toolkit.redo", "Open": "window.toolkit.open",
	"New Folder": "window.toolkit.new-folder", "Create Folder": "window.toolkit.create-folder", "file.name": "window.toolkit.name",
	"file.parent": "window.toolkit.parent", "Show Hidden Files": "window.toolkit.show-hidden-files",
}

// translateToolkit has the toolkit show its own texts in the language of this process. The toolkit knows the language of
// the system alone: it is told that these are the texts in that one.
func translateToolkit() {
	words := make(map[string]string, len(toolkitWords))
	for key, id := range toolkitWords {
		words[key] = messages.Text(id)
	}
	data, err := json.Marshal(words)
	if err != nil {
		return
	}
	system := fyne.Locale(lang.SystemLocale().LanguageString())
	if err := lang.AddTranslationsForLocale(data, system); err != nil {
		fyne.LogError("The toolkit keeps its own texts", err)
	}
}
