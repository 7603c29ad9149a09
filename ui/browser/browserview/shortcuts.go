package browserview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/messages"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// ShowShortcuts lists the keys of the window.
func ShowShortcuts(k *kit.Kit, groups []browser.ShortcutGroup) {
	sheet := k.NewWideSheet(browser.CommandShortcuts.Label())
	half := len(groups) / 2
	sheet.Add(container.NewGridWithColumns(2, shortcutColumn(groups[:half]), shortcutColumn(groups[half:])))
	done := k.Button("close", messages.Text("common.close"), "", kit.Plain, sheet.Leave)
	sheet.Show(done, done)
}

// shortcutKey is the width of the keys, where none is wider.
const shortcutKey = 36 * theme.Grid

func shortcutColumn(groups []browser.ShortcutGroup) fyne.CanvasObject {
	column := kit.Column(theme.Grid)
	key := kit.Caption
	key.Bold = true
	width := theme.ForText(shortcutKey)
	for _, g := range groups {
		for _, k := range g.Keys {
			width = max(width, kit.NewText(k.Key, key).NaturalWidth())
		}
	}
	for _, g := range groups {
		column.Add(kit.Sized(kit.NewText(g.Title, kit.Strong), 0, kit.ButtonHeight()))
		for _, k := range g.Keys {
			column.Add(kit.Stretch(theme.Small, 1, kit.Sized(kit.NewText(k.Key, key), width, 0), kit.NewText(k.Does, kit.Caption)))
		}
	}
	return column
}
