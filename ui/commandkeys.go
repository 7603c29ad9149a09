package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daypass/ui/browser"
)

// addCommands adds the keys of what can be done in a listing, with the names in browser.Commands.
func (k keys) addCommands() {
	u := k.u
	add := func(s fyne.Shortcut, command browser.Command) {
		u.window.Canvas().AddShortcut(s, func(fyne.Shortcut) { u.browser.Press(command) })
	}
	const ctrl, shift = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	for _, one := range []struct {
		key      fyne.KeyName
		modifier fyne.KeyModifier
		command  browser.Command
	}{
		{fyne.KeyU, ctrl, browser.CommandUpload},
		{fyne.KeyU, ctrl | shift, browser.CommandUploadFolder},
		{fyne.KeyN, ctrl | shift, browser.CommandNew},
		{fyne.KeyD, ctrl, browser.CommandDownload},
		{fyne.KeyK, ctrl, browser.CommandShare},
		{fyne.KeyF, ctrl | shift, browser.CommandSearch},
		{fyne.KeyC, ctrl | shift, browser.CommandCopyTo},
		{fyne.KeyM, ctrl | shift, browser.CommandMoveTo},
		{fyne.KeyD, ctrl | shift, browser.CommandDeleted},
		{fyne.KeyI, ctrl, browser.CommandDetails},
		{fyne.KeyB, ctrl, browser.CommandBookmarks},
	} {
		add(&desktop.CustomShortcut{KeyName: one.key, Modifier: one.modifier}, one.command)
	}
	add(&fyne.ShortcutCopy{}, browser.CommandCopyPath)
	add(&fyne.ShortcutSelectAll{}, browser.CommandSelectAll)
}
