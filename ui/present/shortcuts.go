package present

// Shortcut is a key and what it does.
type Shortcut struct{ Key, Does string }

// ShortcutGroup is some keys under a heading.
type ShortcutGroup struct {
	Title string
	Keys  []Shortcut
}

// Shortcuts are all keys of the window, for the sheet that lists them.
func Shortcuts() []ShortcutGroup {
	act := func(act Act) Shortcut {
		info := Acts[act]
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
			act(ActSearch), act(ActFavourite), act(ActRefresh),
			{"Tab  Shift+Tab", "Next, previous part"},
		}},
		{"Choosing", []Shortcut{
			{"Shift+↑  Shift+↓", "Choose a range"},
			{"Space", "Choose as well, or not"},
			{"Ctrl+click  Shift+click", "The same with the mouse"},
			{"Drag beside the names", "Select with a rectangle"},
			{"Drag names onto a folder", "Move or copy into it"},
			act(ActSelectAll),
			{"Escape", "Choose nothing"},
		}},
		{"Files", []Shortcut{
			act(ActUpload), act(ActUploadFolder), act(ActDownload), act(ActNew), act(ActRename), act(ActCopyTo), act(ActMoveTo), act(ActDelete), act(ActDeleted), act(ActShare), act(ActCopyPath), act(ActDetails),
		}},
		{"Daypass", []Shortcut{
			{"Ctrl+1  to  Ctrl+9", "Show a connection"},
			{"Ctrl+N", "Add a connection"},
			{"Ctrl+,", "Settings"},
			{"Ctrl+W", "Close the window"},
			{"Ctrl+Q", "Quit Daypass"},
			act(ActShortcuts),
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
