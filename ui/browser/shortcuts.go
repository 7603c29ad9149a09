package browser

import (
	"daypass/app/messages"
	"daypass/ui/present"
)

// Shortcut is a key and what it does.
type Shortcut struct{ Key, Does string }

// ShortcutGroup is some keys under a heading.
type ShortcutGroup struct {
	Title string
	Keys  []Shortcut
}

// Shortcuts are all keys of the window, for the sheet that lists them.
func Shortcuts() []ShortcutGroup {
	return []ShortcutGroup{
		{messages.Text("browser.shortcuts.navigation"), navigationKeys()},
		{messages.Text("browser.shortcuts.selection"), selectionKeys()},
		{messages.Text("browser.shortcuts.files"), commandKeys(
			CommandUpload, CommandUploadFolder, CommandDownload, CommandNew, CommandRename, CommandCopyTo, CommandMoveTo, CommandDelete,
			CommandDeleted, CommandShare, CommandCopyPath, CommandDetails,
		)},
		{messages.Text("browser.shortcuts.daypass"), windowKeys()},
	}
}

// key returns a line of the sheet, for keys as present.Keys takes them.
func key(keys, id string) Shortcut { return Shortcut{present.Keys(keys), messages.Text(id)} }

// commandKeys are the lines of commands.
func commandKeys(commands ...Command) (all []Shortcut) {
	for _, c := range commands {
		all = append(all, Shortcut{present.Keys(Commands[c].Keys), trimEllipsis(c.Label())})
	}
	return all
}

func navigationKeys() []Shortcut {
	return append(append([]Shortcut{
		key("↑ ↓", "browser.shortcut.move"),
		key("PageUp PageDown", "browser.shortcut.page"),
		key("Home End", "browser.shortcut.first"),
		{messages.Text("browser.gesture.type"), messages.Text("browser.shortcut.type")},
		key("Enter", "browser.shortcut.open"),
		key("Menu Shift+F10", "browser.shortcut.menu"),
		key("Backspace Alt+↑", "browser.shortcut.up"),
		key("Alt+← Alt+→", "browser.shortcut.back"),
		key("Ctrl+L", "browser.shortcut.path"),
		key("Ctrl+F", "browser.shortcut.filter"),
	}, commandKeys(CommandSearch, CommandBookmarks, CommandRefresh)...), key("Tab Shift+Tab", "browser.shortcut.next-part"))
}

func selectionKeys() []Shortcut {
	return append(append([]Shortcut{
		key("Shift+↑ Shift+↓", "browser.shortcut.range"),
		key("Space", "browser.shortcut.toggle"),
		key("Ctrl+click Shift+click", "browser.shortcut.toggle-mouse"),
		{messages.Text("browser.gesture.drag"), messages.Text("browser.shortcut.rectangle")},
		{messages.Text("browser.gesture.drop"), messages.Text("browser.shortcut.drop")},
	}, commandKeys(CommandSelectAll)...), key("Escape", "browser.shortcut.clear"))
}

func windowKeys() []Shortcut {
	connections := messages.Text("browser.gesture.connections", messages.Args{"First": present.Keys("Ctrl+1"), "Last": present.Keys("Ctrl+9")})
	return append([]Shortcut{
		{connections, messages.Text("browser.shortcut.connection")},
		key("Ctrl+N", "browser.shortcut.add-connection"),
		key("Ctrl+,", "browser.shortcut.settings"),
		key("Ctrl+W", "browser.shortcut.close"),
		key("Ctrl+Q", "browser.shortcut.quit"),
	}, commandKeys(CommandShortcuts)...)
}

func trimEllipsis(label string) string {
	const ellipsis = "…"
	if n := len(label) - len(ellipsis); n > 0 && label[n:] == ellipsis {
		return label[:n]
	}
	return label
}
