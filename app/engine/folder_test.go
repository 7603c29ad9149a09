package engine

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/session"
)

// inFolder runs f with an agent whose folder of connections tells its changes by told.
func inFolder(t *testing.T, f func(b *bench, dir string, told func())) {
	t.Helper()
	atHome(t, nil, func(h *home) {
		changes := make(chan struct{})
		h.folderChanges = func(context.Context, string) <-chan struct{} { return changes }
		h.run(func(b *bench) {
			f(b, filepath.Join(h.dir, "connections"), func() {
				changes <- struct{}{}
				time.Sleep(folderQuiet)
				synctest.Wait()
			})
		})
	})
}

func (b *bench) names() map[string]string {
	synctest.Wait()
	names := map[string]string{}
	for _, s := range b.store.current().Sessions {
		names[s.ID] = s.Name
	}
	return names
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Files in the folder are noticed.
func TestReload_noticesNewFiles(t *testing.T) {
	inFolder(t, func(b *bench, dir string, told func()) {
		b.signIn()
		pond := filepath.Join(dir, "pond.daypass")
		def := definition("Pond")
		write(t, pond, def.Format())
		told()
		if got := b.names(); got["pond"] != "Pond" || len(got) != 2 {
			t.Fatalf("a new file: %v", got)
		}
		b.is("lake", session.Active)

		def.Name = "LAKE"
		write(t, pond, def.Format())
		told()
		if got := b.names(); got["pond"] != "LAKE (2)" || got["lake"] != "Lake" {
			t.Fatalf("the name of another one: %v", got)
		}
		if found := app.Named(b.store.current().Sessions, "lake (2)"); len(found) != 1 || found[0].ID != "pond" {
			t.Errorf("%+v", found)
		}
		if d, err := b.Connection(b.t.Context(), "pond"); err != nil || d.Name != "LAKE (2)" {
			t.Errorf("to be edited: %q %v", d.Name, err)
		}

		b.must(os.Remove(pond))
		told()
		if got := b.names(); len(got) != 1 {
			t.Fatalf("a removed file: %v", got)
		}
		b.is("lake", session.Active)
	})
}

// A file that cannot be read changes nothing, and is reported.
func TestReload_unreadableFileChangesNothing(t *testing.T) {
	inFolder(t, func(b *bench, dir string, told func()) {
		b.signIn()
		lake := filepath.Join(dir, "lake.daypass")
		good, err := os.ReadFile(lake)
		b.must(err)
		write(t, lake, good[:len(good)/2])
		told()
		b.is("lake", session.Active)
		p := b.tells("connection-unreadable")
		if p == nil {
			t.Fatalf("%+v", b.store.current().Problems)
		}
		wholeWords(t, *p)
		write(t, lake, good)
		told()
		if b.tells("connection-unreadable") != nil {
			t.Error("it is said of a file that can be read")
		}
		b.is("lake", session.Active)
	})
}

// A folder that is away signs nobody out.
func TestReload_missingFolderSignsNobodyOut(t *testing.T) {
	inFolder(t, func(b *bench, dir string, told func()) {
		b.signIn()
		b.must(os.Rename(dir, dir+"-away"))
		told()
		b.is("lake", session.Active)
		b.must(os.Rename(dir+"-away", dir))
		told()
		b.is("lake", session.Active)
	})
}

// The removal of a file signs out.
func TestReload_removedFileSignsOut(t *testing.T) {
	inFolder(t, func(b *bench, dir string, told func()) {
		b.signIn()
		b.must(os.Remove(filepath.Join(dir, "lake.daypass")))
		told()
		if got := b.names(); len(got) != 0 || len(b.w.revoked) != 1 {
			t.Errorf("%v, revoked %v", got, b.w.revoked)
		}
	})
}

// The way in which editors save a file is not a removal.
func TestReload_editorSaveIsNoRemoval(t *testing.T) {
	inFolder(t, func(b *bench, dir string, told func()) {
		b.signIn()
		lake := filepath.Join(dir, "lake.daypass")
		b.must(os.Rename(lake, lake+"~"))
		go told()
		time.Sleep(folderQuiet / 2)
		b.must(os.Rename(lake+"~", lake))
		told()
		b.is("lake", session.Active)
	})
}

// Two connections never have the same name.
func TestSaveConnection_namesAreUnique(t *testing.T) {
	inFolder(t, func(b *bench, _ string, _ func()) {
		for _, name := range []string{"Lake", "lake", "Ｌake"} {
			if _, err := b.SaveConnection(b.t.Context(), definition(name)); err == nil {
				t.Errorf("%q is added", name)
			}
		}
		id, err := b.SaveConnection(b.t.Context(), definition(connection.FreeName("Lake", []connection.Definition{{ID: "lake", Name: "Lake"}})))
		b.must(err)
		if found := app.Named(b.store.current().Sessions, "LAKE (2)"); len(found) != 1 || found[0].ID != id {
			t.Errorf("%+v", found)
		}
	})
}

// Sessions are in the order in which people read names: numbers by value, letters whatever their case or accents.
func TestPublish_naturalOrder(t *testing.T) {
	inFolder(t, func(b *bench, _ string, _ func()) {
		for _, name := range []string{"lake 10", "Lake 9", "Zoo", "Ärzte", "archive"} {
			_, err := b.SaveConnection(b.t.Context(), definition(name))
			b.must(err)
		}
		var names []string
		for _, s := range b.store.current().Sessions {
			names = append(names, s.Name)
		}
		if want := []string{"archive", "Ärzte", "Lake", "Lake 9", "lake 10", "Zoo"}; !slices.Equal(names, want) {
			t.Errorf("%q, want %q", names, want)
		}
	})
}
