package memory_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"daypass/ui/memory"
)

// full is a record with a value in every field.
func full() memory.Record {
	return memory.Record{
		Width: 1280, Height: 800, Maximized: true, SortColumn: "size", SortDescending: true, DetailsOpen: true, DetailsWidth: 480, LinesUnbroken: true,
		ColumnWidths: map[string]float32{"name": 320, "size": 96}, ColumnsShown: map[string]bool{"modified": false},
	}
}

func TestRecord_comesBack(t *testing.T) {
	want, dir := full(), t.TempDir()
	for f := range reflect.ValueOf(want).NumField() {
		if reflect.ValueOf(want).Field(f).IsZero() {
			t.Errorf("%s is not tried", reflect.TypeOf(want).Field(f).Name)
		}
	}
	s := memory.Open(filepath.Join(dir, "not", "there"))
	s.Update(func(r *memory.Record) { *r = want })
	s.Flush()
	again := memory.Open(filepath.Join(dir, "not", "there"))
	if got := again.Get(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v,\nwant %+v", got, want)
	}
	if info, err := os.Stat(filepath.Join(dir, "not", "there", memory.FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

// What a newer version remembers is still there after this one has written.
func TestRecord_keepsUnknownFields(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, memory.FileName)
	write(t, file, `{"width": 900, "height": 700, "zoom": {"level": 1.5}}`)
	s := memory.Open(dir)
	s.Update(func(r *memory.Record) { r.Width = 1000 })
	s.Flush()
	data, err := os.ReadFile(file)
	var got map[string]any
	if err != nil || json.Unmarshal(data, &got) != nil {
		t.Fatalf("%s %v", data, err)
	}
	if got["width"] != 1000.0 || !reflect.DeepEqual(got["zoom"], map[string]any{"level": 1.5}) {
		t.Errorf("%s", data)
	}
}

func TestRecord_damageIsDefaults(t *testing.T) {
	some := memory.Record{SortColumn: "size"}
	for text, want := range map[string]memory.Record{
		``:                         {},
		`{"width": 900, "height":`: {},
		`[1, 2]`:                   {},
		"\x00\xff":                 {},
		`{"width": "wide", "height": 700, "sort_column": "size"}`:      some,
		`{"width": 9e9, "height": 700, "sort_column": "size"}`:         some,
		`{"width": -5, "height": 700, "sort_column": "size"}`:          some,
		`{"width": 1e99, "height": 700, "sort_column": "size"}`:        some,
		`{"column_widths": {"name": 1}, "sort_column": "size"}`:        {SortColumn: "size", ColumnWidths: map[string]float32{}},
		`{"column_widths": {"name": "x"}, "sort_column": "size"}`:      some,
		`{"columns_shown": [true], "sort_column": "size"}`:             some,
		`{"maximized": null, "details_open": 1, "sort_column":"size"}`: some,
	} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, memory.FileName), text)
		s := memory.Open(dir)
		if got := s.Get(); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
		s.Update(func(r *memory.Record) { *r = full() })
		s.Flush()
		if got := memory.Open(dir).Get(); !reflect.DeepEqual(got, full()) {
			t.Errorf("%q is not replaced: %+v", text, got)
		}
	}
}

func TestRecord_tooLargeIsDefaults(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, memory.FileName), `{"width": 900, "height": 700}`+string(make([]byte, 1<<20)))
	if got := memory.Open(dir).Get(); got.Width != 0 {
		t.Errorf("%+v", got)
	}
}

// Many changes are written once, a moment after the first, without anybody asking for it.
func TestStore_writesByItself(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, memory.FileName)
	synctest.Test(t, func(t *testing.T) {
		s := memory.Open(dir)
		for w := range 100 {
			s.Update(func(r *memory.Record) { r.Width, r.Height = float32(1000+w), 700 })
		}
		if _, err := os.Stat(file); err == nil {
			t.Error("written at once")
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if got := memory.Open(dir).Get(); got.Width != 1099 {
			t.Errorf("%+v", got)
		}
		s.Update(func(r *memory.Record) { r.Width = 500 })
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if got := memory.Open(dir).Get(); got.Width != 500 {
			t.Errorf("%+v", got)
		}
	})
}

// Without a folder the record lasts as long as the program.
func TestStore_withoutAFolder(t *testing.T) {
	s := memory.Open("")
	s.Update(func(r *memory.Record) { r.DetailsOpen = true })
	s.Flush()
	if !s.Get().DetailsOpen {
		t.Error("forgotten at once")
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
