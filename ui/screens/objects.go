package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"daypass/app"
	"daypass/ui/uitest"
)

// objectScenes are the screens of what is done with files.
func objectScenes() []scene {
	one := app.TransferList{Revision: 1, Transfers: []app.Transfer{uitest.Moving()}, Total: uitest.Moving().Progress}
	done := app.TransferList{Revision: 1, Transfers: uitest.Transfers().Transfers[:1]}
	failed := app.TransferList{Revision: 1, Transfers: uitest.Transfers().Transfers[:3]}
	return []scene{
		moving("transfers-line", one, full),
		moving("transfers-line-small", one, small),
		moving("transfers-done", done, full),
		moving("transfers-failed", failed, full),
		moving("transfers-open", uitest.Transfers(), full, "Show all transfers"),
		moving("transfers-open-small", uitest.Transfers(), small, "Show all transfers"),
		moving("transfers-why", failed, full, "Show all transfers", "Details…"),
		moving("transfers-asking", uitest.Asking(), full),
		chosen("chosen-one", "readings.parquet"),
		chosen("chosen-several", "README.md", "readings.parquet", "site-photo.jpg"),
		then(chosen("chosen-menu", "readings.parquet"), func(st *stage) { st.menu("readings.parquet") }),
		then(chosen("more-menu", "readings.parquet"), func(st *stage) { st.tap("More for what is chosen") }),
	}
}

// place is a scene in a folder with some files.
func place(name string, size fyne.Size) scene { return folderAt(name, "s3://measurements/2026/", size) }

func then(s scene, act func(*stage)) scene {
	before := s.act
	s.act = func(st *stage) { before(st); act(st) }
	return s
}

// moving is a folder with transfers below it.
func moving(name string, list app.TransferList, size fyne.Size, taps ...string) scene {
	return then(place(name, size), func(st *stage) {
		n := st.queue.Total()
		st.core.SetTransfers(list)
		st.queue.Until(func() bool { return st.queue.Total() > n })
		for _, t := range taps {
			st.tap(t)
		}
	})
}

// chosen is a folder with some rows chosen.
func chosen(name string, rows ...string) scene {
	return then(place(name, full), func(st *stage) {
		for _, r := range rows {
			st.choose(r)
		}
	})
}

// choose clicks a row with Ctrl held.
func (st *stage) choose(name string) {
	row := st.window.FindRow(name)
	row.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: fyne.KeyModifierShortcutDefault})
	test.Tap(row.(fyne.Tappable))
	st.queue.Drain()
}

// menu opens the menu of a row.
func (st *stage) menu(name string) {
	row := st.window.FindRow(name)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(row).AddXY(160, 20)
	row.(fyne.SecondaryTappable).TappedSecondary(&fyne.PointEvent{AbsolutePosition: at})
	st.queue.Drain()
}
