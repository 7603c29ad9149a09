package main

import (
	"os"
	"path/filepath"
	"slices"
	"time"

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
		moving("transfers-open", uitest.Transfers(), full, "transfers.fold"),
		moving("transfers-open-small", uitest.Transfers(), small, "transfers.fold"),
		moving("transfers-why", failed, full, "transfers.fold", "transfer.why:3"),
		moving("transfers-copying", uitest.Copying(), full, "transfers.fold"),
		moving("transfers-asking", uitest.Asking(), full),
		selected("selected-one", "readings.parquet"),
		selected("selected-several", "README.md", "readings.parquet", "site-photo.jpg"),
		then(selected("selected-menu", "readings.parquet"), func(st *stage) { st.menu("readings.parquet") }),
		then(selected("more-menu", "readings.parquet"), func(st *stage) { st.tap("more") }),
		sheet("ask-new-folder", "new"),
		sheet("ask-rename", "rename", "readings.parquet"),
		sheet("ask-delete", "delete", "2024", "README.md", "readings.parquet", "site-photo.jpg"),
		sheet("share", "share", "readings.parquet"),
		then(sheet("share-qr", "share", "readings.parquet"), func(st *stage) { st.tap("share.show-qr") }),
		then(selected("ask-copy", "readings.parquet", "README.md"), func(st *stage) { st.tap("more"); st.tap("menu.copy-to"); st.row("2024") }),
		copyElsewhere("ask-copy-elsewhere"),
		picking("pick-files", full),
		picking("pick-files-small", small),
		then(place("shortcuts", full), func(st *stage) { st.tap("more"); st.tap("menu.shortcuts") }),
		then(sheet("share-qr-small", "share", "calibration-2026-03-04T09-12-00Z.csv").sized(small), func(st *stage) { st.tap("share.show-qr") }),
		refusedDelete("refused"),
		working("work"),
		failing("details-denied"),
		waiting("details-loading"),
		deleted("deleted", "s3://measurements/2026/"),
		then(deleted("deleted-selected", "s3://measurements/2026/"), func(st *stage) { st.choose("draft.md") }),
		deleted("deleted-none", "s3://reports/"),
		searched("search-begin", ""),
		searched("search-found", "*.csv"),
		searched("search-nothing", "nowhere"),
		searching("search-running"),
		then(place("places-menu", full), func(st *stage) {
			st.tap("bookmarks")
			st.tap("menu.toggle-bookmark")
			st.tap("bookmarks")
		}),
		details("details-none", "", full),
		details("details-text", "README.md", full),
		details("details-json", "stations.json", full),
		details("details-table", "calibration-2026-03-04T09-12-00Z.csv", full),
		details("details-picture", "site-photo.jpg", full),
		details("details-file", "readings.parquet", full),
		folderDetails("details-folder"),
		then(folderDetails("details-folder-counted"), func(st *stage) { st.press("details.count") }),
		then(details("details-unwrapped", "README.md", full), func(st *stage) { st.tap("details.wrap") }),
		details("details-object-small", "stations.json", fyne.NewSize(720, 620)),
		then(details("details-info", "readings.parquet", full), func(st *stage) { st.press("details.info") }),
		then(details("details-versions", "readings.parquet", full), func(st *stage) { st.press("details.versions") }),
		then(details("ask-tags", "readings.parquet", full), func(st *stage) { st.press("details.info"); st.tap("details.edit-tags") }),
	}
}

// copyElsewhere asks where to move something, to another connection.
func copyElsewhere(name string) scene {
	s := selected(name, "readings.parquet", "README.md")
	archive := uitest.SignedIn(6 * time.Hour)
	archive.ID, archive.Name = "archive", "Archive"
	others := slices.DeleteFunc(s.snapshot.Sessions, func(one app.Session) bool { return one.ID == archive.ID })
	s.snapshot.Sessions = append(others, archive)
	return then(s, func(st *stage) {
		st.tap("more")
		st.tap("menu.move-to")
		st.tap("copy.connection")
		st.tap("copy.connection:archive")
		st.fill("copy.folder", "s3://old/2026/")
		st.row("2024")
	})
}

// picking chooses files to upload on a desktop that has no dialog for that.
func picking(name string, size fyne.Size) scene {
	return then(place(name, size), func(st *stage) {
		home, err := os.MkdirTemp("", "daypass-scene")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(home)
		for _, name := range []string{"photos/x", "simulation-runs/x", "levels-2026-03-01.csv", "levels-2026-03-02.csv", "notes.md", "station.png"} {
			file := filepath.Join(home, name)
			_ = os.MkdirAll(filepath.Dir(file), 0o700)
			_ = os.WriteFile(file, []byte("some words"), 0o600)
			_ = os.Chtimes(file, uitest.Now, uitest.Now)
			if dir := filepath.Dir(file); dir != home {
				_ = os.Chtimes(dir, uitest.Now, uitest.Now)
			}
		}
		for name, value := range map[string]string{"HOME": home, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"} {
			before, was := os.LookupEnv(name)
			_ = os.Setenv(name, value)
			defer func() {
				if _ = os.Unsetenv(name); was {
					_ = os.Setenv(name, before)
				}
			}()
		}
		st.tap("upload-menu")
		st.tap("menu.upload")
		st.rest()
		st.choose("levels-2026-03-01.csv")
		st.choose("simulation-runs")
		st.fill("pick.folder", "/home/ada")
	})
}

// sheet is what comes up when a button is pressed with rows chosen.
func sheet(name, button string, rows ...string) scene {
	return then(selected(name, rows...), func(st *stage) { st.command(button) })
}

// details is a folder with a file in the pane beside it.
func details(name, row string, size fyne.Size) scene {
	return then(place(name, size), func(st *stage) {
		if row != "" {
			st.choose(row)
		}
		st.tap("details")
		if row != "" {
			st.queue.Until(func() bool { return st.window.PreviewReady() })
		}
	})
}

// folderDetails is a folder that is selected, with the details open.
func folderDetails(name string) scene {
	return then(selected(name, "2024"), func(st *stage) { st.press("details") })
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
		st.core.SetTransfers(list)
		st.rest()
		for _, t := range taps {
			st.tap(t)
		}
	})
}

// chosen is a folder with some rows chosen.
func selected(name string, rows ...string) scene {
	return then(place(name, full), func(st *stage) {
		for _, r := range rows {
			st.choose(r)
		}
	})
}

// choose clicks a row with Ctrl held.
func (st *stage) choose(name string) {
	row := st.row(name)
	row.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: fyne.KeyModifierShortcutDefault})
	test.Tap(row.(fyne.Tappable))
	st.rest()
}

// menu opens the menu of a row.
func (st *stage) menu(name string) {
	row := st.row(name)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(row).AddXY(160, 20)
	row.(fyne.SecondaryTappable).TappedSecondary(&fyne.PointEvent{AbsolutePosition: at})
	st.rest()
}

// searched is a folder in which something was searched for.
func searched(name, text string) scene {
	return then(place(name, full), func(st *stage) {
		st.tap("search")
		if text == "" {
			return
		}
		entry := st.entry("search.text")
		entry.SetText(text)
		entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		st.queue.Until(func() bool { return !st.window.Searching() })
	})
}

// deleted is a folder whose deleted files are listed.
func deleted(name, path string) scene {
	return then(folderAt(name, path, full), func(st *stage) {
		st.tap("more")
		st.tap("menu.deleted")
		st.rest()
	})
}

// searching is a search under way.
func searching(name string) scene {
	s := folderAt(name, "s3://many/", full)
	s.storage.Pages = 3
	return then(s, func(st *stage) {
		st.tap("search")
		entry := st.entry("search.text")
		entry.SetText("0017")
		st.storage.HoldBelow(2)
		entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		st.pass(time.Second)
	})
}

func (s scene) sized(size fyne.Size) scene {
	s.size = size
	return s
}

// refusedDelete is a folder in which the server has not allowed something.
func refusedDelete(name string) scene {
	s := selected(name, "README.md")
	return then(s, func(st *stage) {
		st.storage.FailAt("delete", uitest.NotAllowed("delete"))
		st.tap("delete")
		st.tap("confirm.delete")
		st.queue.Until(func() bool {
			return st.window.Find("banner.dismiss") != nil && st.window.FindRow("README.md") != nil
		})
		st.choose("README.md")
	})
}

// working is a change under way.
func working(name string) scene {
	return then(selected(name, "2024"), func(st *stage) {
		st.command("rename")
		st.fill("name", "2024-old")
		st.storage.HoldNext()
		st.tap("confirm.rename")
	})
}

// failing is a file that may not be looked into, and waiting one that takes long to come.
func failing(name string) scene {
	return then(selected(name, "README.md"), func(st *stage) {
		st.storage.FailAt("open", uitest.NotAllowed("read"))
		st.tap("details")
		st.pass(2 * time.Second)
	})
}

func waiting(name string) scene {
	return then(selected(name, "README.md"), func(st *stage) {
		st.storage.HoldNext()
		st.tap("details")
		st.pass(2 * time.Second) // after which a wait is told
	})
}
