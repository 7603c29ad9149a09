package browser

// Shortcut is a key and what it does.
type Shortcut struct{ Key, Does string }

// ShortcutGroup is some keys under a heading.
type ShortcutGroup struct {
	Title string
	Keys  []Shortcut
}

// Shortcuts are all keys of the window, for the sheet that lists them.
func Shortcuts() []ShortcutGroup {
	key := func(c Command) Shortcut {
		info := Commands[c]
		return Shortcut{info.Key, trimEllipsis(info.Label)}
	}
	return []ShortcutGroup{
		{"Moving about", []Shortcut{
			{"↑  ↓", "Move in the list"},
			{"Page up  Page down", "The same by pages"},
			{"Home  End", "First, last"},
			{"A to Z, 0 to 9", "Go to a name that begins so"},
			{"Enter", "Open"},
			{"Menu  Shift+F10", "What else can be done"},
			{"Backspace  Alt+↑", "Go up"},
			{"Alt+←  Alt+→", "Go back, forward, as the buttons of a mouse do"},
			{"Ctrl+L", "Type a path"},
			{"Ctrl+F", "Filter by name"},
			key(CommandSearch), key(CommandBookmarks), key(CommandRefresh),
			{"Tab  Shift+Tab", "Next, previous part"},
		}},
		{"Choosing", []Shortcut{
			{"Shift+↑  Shift+↓", "Choose a range"},
			{"Space", "Choose as well, or not"},
			{"Ctrl+click  Shift+click", "The same with the mouse"},
			{"Drag beside the names", "Select with a rectangle"},
			{"Drag names onto a folder", "Move or copy into it"},
			key(CommandSelectAll),
			{"Escape", "Choose nothing"},
		}},
		{"Files", []Shortcut{
			key(CommandUpload), key(CommandUploadFolder), key(CommandDownload), key(CommandNew), key(CommandRename), key(CommandCopyTo), key(CommandMoveTo), key(CommandDelete), key(CommandDeleted), key(CommandShare), key(CommandCopyPath), key(CommandDetails),
		}},
		{"Daypass", []Shortcut{
			{"Ctrl+1  to  Ctrl+9", "Show a connection"},
			{"Ctrl+N", "Add a connection"},
			{"Ctrl+,", "Settings"},
			{"Ctrl+W", "Close the window"},
			{"Ctrl+Q", "Quit Daypass"},
			key(CommandShortcuts),
		}},
	}
}

func trimEllipsis(label string) string {
	const ellipsis = "…"
	if n := len(label) - len(ellipsis); n > 0 && label[n:] == ellipsis {
		return label[:n]
	}
	return label
}
