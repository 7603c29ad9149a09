package present

import (
	"strings"

	"daypass/app/messages"
)

// keyNames are the IDs of the names that keys have in each language; all others are called as they are written.
var keyNames = map[string]string{
	"Alt": "common.key.alt", "Backspace": "common.key.backspace", "click": "common.key.click", "Ctrl": "common.key.ctrl",
	"Delete": "common.key.delete", "End": "common.key.end", "Enter": "common.key.enter", "Escape": "common.key.escape",
	"Home": "common.key.home", "Menu": "common.key.menu", "PageDown": "common.key.page-down", "PageUp": "common.key.page-up",
	"Shift": "common.key.shift", "Space": "common.key.space", "Tab": "common.key.tab",
}

// Keys returns the names of keys, such as "Ctrl+Shift+N". Those of several ways to do the same are separated by spaces.
func Keys(keys string) string {
	ways := strings.Fields(keys)
	for i, way := range ways {
		parts := strings.Split(way, "+")
		for j, part := range parts {
			if id := keyNames[part]; id != "" {
				parts[j] = messages.Text(id)
			}
		}
		ways[i] = strings.Join(parts, "+")
	}
	return strings.Join(ways, "  ")
}

// Hint returns the tooltip of a control: what it does, and its keys; empty for none.
func Hint(label, keys string) string {
	if keys == "" {
		return label
	}
	return messages.Text("common.hint", messages.Args{"Label": label, "Keys": Keys(keys)})
}
