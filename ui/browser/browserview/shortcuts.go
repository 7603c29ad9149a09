package browserview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/messages"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// ShowShortcuts lists the keys of the window: in two columns, or in one where text is large.
func ShowShortcuts(k *kit.Kit, groups []browser.ShortcutGroup) {
	sheet := k.NewWideSheet(browser.CommandShortcuts.Label())
	key := keyWidth(groups)
	column := (sheet.Width()-theme.Grid)/2 - theme.Large // and room between the two
	if half := len(groups) / 2; column-key > minShortcut {
		sheet.Add(container.NewGridWithColumns(2, shortcutColumn(groups[:half], key, column), shortcutColumn(groups[half:], key, column)))
	} else {
		sheet.Add(shortcutColumn(groups, key, sheet.Width()))
	}
	done := k.Button("close", messages.Text("common.close"), "", kit.Plain, sheet.Leave)
	sheet.Show(done, done)
}

// shortcutKey is the width of the keys, where none is wider, and minShortcut the least width of what they do.
const (
	shortcutKey = 36 * theme.Grid
	minShortcut = 26 * theme.Grid
)

// keyLook is how a key looks.
func keyLook() kit.Look {
	look := kit.Caption
	look.Bold = true
	return look
}

// keyWidth returns the width of the widest key.
func keyWidth(groups []browser.ShortcutGroup) float32 {
	width := theme.ForText(shortcutKey)
	for _, g := range groups {
		for _, k := range g.Keys {
			width = max(width, kit.NewText(k.Key, keyLook()).NaturalWidth())
		}
	}
	return width
}

func shortcutColumn(groups []browser.ShortcutGroup, key, width float32) fyne.CanvasObject {
	column := kit.Column(theme.Grid)
	does := kit.NewMeasure(width - key - theme.Small)
	for _, g := range groups {
		column.Add(kit.Sized(kit.NewText(g.Title, kit.Strong), 0, kit.ButtonHeight()))
		for _, k := range g.Keys {
			column.Add(kit.Beside(key, theme.Small, kit.NewText(k.Key, keyLook()), kit.NewLabel(k.Does, kit.Caption, does, 0)))
		}
	}
	return column
}
