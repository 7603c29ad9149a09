package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daypass/ui/present"
)

// addActKeys adds the keys of what can be done in a listing, with the names in present.Acts.
func (u *Window) addActKeys() {
	add := func(s fyne.Shortcut, act present.Act) {
		u.window.Canvas().AddShortcut(s, func(fyne.Shortcut) { u.act(act) })
	}
	const ctrl, shift = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	for _, k := range []struct {
		key      fyne.KeyName
		modifier fyne.KeyModifier
		act      present.Act
	}{
		{fyne.KeyU, ctrl, present.ActUpload},
		{fyne.KeyU, ctrl | shift, present.ActUploadFolder},
		{fyne.KeyN, ctrl | shift, present.ActNew},
		{fyne.KeyD, ctrl, present.ActDownload},
		{fyne.KeyK, ctrl, present.ActShare},
		{fyne.KeyF, ctrl | shift, present.ActSearch},
		{fyne.KeyC, ctrl | shift, present.ActCopyTo},
		{fyne.KeyM, ctrl | shift, present.ActMoveTo},
		{fyne.KeyD, ctrl | shift, present.ActDeleted},
		{fyne.KeyI, ctrl, present.ActDetails},
		{fyne.KeyB, ctrl, present.ActFavourite},
	} {
		add(&desktop.CustomShortcut{KeyName: k.key, Modifier: k.modifier}, k.act)
	}
	add(&fyne.ShortcutCopy{}, present.ActCopyPath)
	add(&fyne.ShortcutSelectAll{}, present.ActSelectAll)
}

// act does what a key asks for, where it can be done and nothing else is being asked.
func (u *Window) act(act present.Act) {
	i := &intents{u}
	if u.window.Canvas().Overlays().Top() == nil && !i.Allowed().State(act).Disabled {
		i.Act(act)
	}
}
