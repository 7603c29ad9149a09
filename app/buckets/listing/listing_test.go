package listing

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"daypass/app/buckets"
)

var day = time.Date(2026, 11, 24, 8, 10, 54, 123e6, time.UTC)

func entries(l *View, a *Arrangement) (all []buckets.Entry) {
	for i := range a.Len(l) {
		all = append(all, l.Entry(a.Row(l, i)))
	}
	return all
}

func names(l *View, a *Arrangement) string {
	var out []string
	for _, e := range entries(l, a) {
		out = append(out, strings.TrimPrefix(e.Key, l.prefix))
	}
	return strings.Join(out, " ")
}

// Entries are read back as they were added.
func TestList_roundTrip(t *testing.T) {
	l := New("2026/")
	folders := []buckets.Entry{{Key: "2026/a/", Folder: true}, {Key: "2026/é\x00\xff/", Folder: true}}
	objects := []buckets.Entry{
		{Key: "2026/", Size: 1, Modified: day, StorageClass: "STANDARD"},
		{Key: "2026/" + strings.Repeat("x", 1019), Size: 1 << 50, Modified: day.Add(-time.Hour)},
		{Key: "2026/y", Modified: time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Key: "elsewhere", Size: 3, StorageClass: "GLACIER"},
		{Key: "2027"},
	}
	l.Add([]buckets.Entry{folders[0], objects[0], objects[1]})
	l.Add([]buckets.Entry{folders[1], objects[2], objects[3], objects[4]})
	var all Arrangement
	if got, want := entries(&l.View, &all), append(folders, objects...); !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v,\nwant %+v", got, want)
	}
	if l.Len() != 7 || l.Folders() != 2 {
		t.Fatalf("%d entries, %d folders", l.Len(), l.Folders())
	}
}

// Many entries are read back as they were added.
func TestList_roundTripMany(t *testing.T) {
	l, random := New("p/"), rand.New(rand.NewPCG(1, 2))
	var want []buckets.Entry
	for i := range 20_000 {
		e := buckets.Entry{Key: fmt.Sprintf("p/%06d-%s", i, strings.Repeat("n", random.IntN(1000))), Size: random.Int64(), Modified: day.Add(time.Duration(i) * time.Second)}
		want = append(want, e)
		l.Add([]buckets.Entry{e})
	}
	var all Arrangement
	if got := entries(&l.View, &all); !reflect.DeepEqual(got, want) {
		t.Fatal("the entries are not those that were put in")
	}
}

// Ranks to order by.
func bySize(e buckets.Entry) int64     { return e.Size }
func byModified(e buckets.Entry) int64 { return e.Modified.UnixMilli() }

func some() *List {
	l := New("p/")
	l.Add([]buckets.Entry{
		{Key: "p/Bilder/", Folder: true},
		{Key: "p/data/", Folder: true},
		{Key: "p/Alpha.csv", Size: 3, Modified: day.Add(2)},
		{Key: "p/ZWEI.CSV", Size: 1, Modified: day.Add(time.Hour)},
		{Key: "p/beta.csv", Size: 2, Modified: day.Add(-time.Hour)},
		{Key: "p/ÜBUNG.txt", Size: 2, Modified: day},
	})
	return l
}

func TestArrange_ordersAndFilters(t *testing.T) {
	for n, c := range []struct {
		text string
		o    Order
		want string
	}{
		{"", Order{}, "Bilder/ data/ Alpha.csv beta.csv ÜBUNG.txt ZWEI.CSV"},
		{"", Order{Descending: true}, "data/ Bilder/ ZWEI.CSV ÜBUNG.txt beta.csv Alpha.csv"},
		{"", Order{By: bySize}, "Bilder/ data/ ZWEI.CSV beta.csv ÜBUNG.txt Alpha.csv"},
		{"", Order{By: bySize, Descending: true}, "Bilder/ data/ Alpha.csv beta.csv ÜBUNG.txt ZWEI.CSV"},
		{"", Order{By: byModified}, "Bilder/ data/ beta.csv Alpha.csv ÜBUNG.txt ZWEI.CSV"},
		{"csv", Order{}, "Alpha.csv beta.csv ZWEI.CSV"},
		{"CsV", Order{By: bySize}, "ZWEI.CSV beta.csv Alpha.csv"},
		{"übung", Order{}, "ÜBUNG.txt"},
		{"a", Order{}, "data/ Alpha.csv beta.csv"},
		{"nothing", Order{}, ""},
		{"p/", Order{}, ""},
	} {
		l := some()
		a := l.Arrange(t.Context(), c.text, c.o)
		if got := names(&l.View, &a); got != c.want {
			t.Errorf("%d: %q: %s, want %s", n, c.text, got, c.want)
		}
	}
}

// A server may list entries in no order.
func TestList_unorderedServer(t *testing.T) {
	l := New("")
	l.Add([]buckets.Entry{{Key: "c"}, {Key: "a"}, {Key: "b"}})
	for want, orders := range map[string][]Order{"a b c": {{}, {By: bySize}}, "c b a": {{Descending: true}}} {
		for n, o := range orders {
			a := l.Arrange(t.Context(), "", o)
			if got := names(&l.View, &a); got != want {
				t.Errorf("%d: %s, want %s", n, got, want)
			}
		}
	}
}

func keysIn(l *View, o Order, text string) string {
	a := l.Arrange(context.Background(), text, o)
	return names(l, &a)
}

// Names are in the order of numbers and letters, folders before files, filtered or not, and so is what is equal
// otherwise.
func TestNaturalOrder_numbers(t *testing.T) {
	l := New("p/")
	for _, name := range []string{"1/", "10/", "2/", "README.md", "b10.csv", "b9.csv", "big.bin"} {
		l.Add([]buckets.Entry{{Key: "p/" + name, Folder: strings.HasSuffix(name, "/"), Size: 5}})
	}
	for _, c := range []struct {
		o          Order
		text, want string
	}{
		{Order{}, "", "1/ 2/ 10/ b9.csv b10.csv big.bin README.md"},
		{Order{Descending: true}, "", "10/ 2/ 1/ README.md big.bin b10.csv b9.csv"},
		{Order{By: bySize}, "", "1/ 2/ 10/ b9.csv b10.csv big.bin README.md"},
		{Order{}, "b", "b9.csv b10.csv big.bin"},
		{Order{}, "1", "1/ 10/ b10.csv"},
	} {
		if got := keysIn(&l.View, c.o, c.text); got != c.want {
			t.Errorf("%+v %q: %s, not %s", c.o, c.text, got, c.want)
		}
	}
	l.Add([]buckets.Entry{{Key: "p/a11.csv"}, {Key: "p/a2.csv"}})
	if got, want := keysIn(&l.View, Order{}, "csv"), "a2.csv a11.csv b9.csv b10.csv"; got != want {
		t.Errorf("after more has come: %s, not %s", got, want)
	}
}

// A key is found wherever it is shown, and not where it is not.
func TestFind_keys(t *testing.T) {
	l := some()
	for _, text := range []string{"", "csv"} {
		a := l.Arrange(t.Context(), text, Order{By: bySize})
		for i, e := range entries(&l.View, &a) {
			r, ok := l.Find(e.Key)
			if !ok || a.Index(&l.View, r) != i {
				t.Errorf("%q: %s is at %d, not %d", text, e.Key, a.Index(&l.View, r), i)
			}
		}
	}
	r, _ := l.Find("p/data/")
	if a := l.Arrange(t.Context(), "csv", Order{}); a.Index(&l.View, r) != -1 {
		t.Error("what is filtered out is shown")
	}
	for _, key := range []string{"data/", "p/data", "p/", "q/data/", ""} {
		if _, ok := l.Find(key); ok {
			t.Errorf("%q is there", key)
		}
	}
	l.Add([]buckets.Entry{{Key: "p/A"}, {Key: "elsewhere"}}) // not in order, and foreign
	for _, key := range []string{"p/A", "elsewhere", "p/beta.csv"} {
		if r, ok := l.Find(key); !ok || l.Entry(r).Key != key {
			t.Errorf("%s is not there", key)
		}
	}
}

// Names are found whether the accents in them, or in what is looked for, are part of their letters or follow them.
func TestFilter_accents(t *testing.T) {
	l := New("")
	l.Add([]buckets.Entry{{Key: "Mu\u0308ller.csv"}, {Key: "muller.csv"}, {Key: "m\u00fcller.csv"}})
	for _, text := range []string{"m\u00fcl", "mu\u0308l", "M\u00dc", "MU\u0308"} {
		a := l.Arrange(t.Context(), text, Order{})
		if got := a.Len(&l.View); got != 2 {
			t.Errorf("%+q lets %d names through: %+q", text, got, names(&l.View, &a))
		}
		if !Matches("Mu\u0308ller", text) || !Matches("m\u00fcller", text) || Matches("muller", text) {
			t.Errorf("%+q matches otherwise", text)
		}
	}
	a := l.Arrange(t.Context(), "", Order{})
	found := map[string]int{}
	for _, text := range []string{"m\u00fc", "mu"} {
		for from := range 3 {
			i := a.FindPrefix(&l.View, text, from)
			_, row := l.at(a.Row(&l.View, i))
			found[text+" "+string(l.objects.name(row))]++
		}
	}
	if found["mu muller.csv"] != 3 || found["m\u00fc muller.csv"] != 0 || len(found) != 3 {
		t.Errorf("begins with: %v", found)
	}
}

func TestFilter_growsWithList(t *testing.T) {
	l := some()
	a := l.Extend(t.Context(), "csv", Arrangement{})
	before := l.View
	l.Add([]buckets.Entry{{Key: "p/csv/", Folder: true}, {Key: "p/last.csv"}, {Key: "p/other"}})
	if got := names(&before, &a); got != "Alpha.csv ZWEI.CSV beta.csv" {
		t.Errorf("before: %s", got)
	}
	a = l.Extend(t.Context(), "csv", a)
	if got := names(&l.View, &a); got != "csv/ Alpha.csv ZWEI.CSV beta.csv last.csv" {
		t.Errorf("after: %s", got)
	}
}

// A view is read in one goroutine while the list grows in another.
func TestView_isStable(t *testing.T) {
	l := New("p/")
	done := make(chan struct{})
	for i := range 50 {
		page := make([]buckets.Entry, 100)
		for k := range page {
			page[k] = buckets.Entry{Key: fmt.Sprintf("p/%06d", i*100+k), Size: int64(i)}
		}
		l.Add(page)
		view := l.View
		go func() {
			a := view.Arrange(context.Background(), "5", Order{By: bySize, Descending: true})
			for _, e := range entries(&view, &a) {
				if !strings.Contains(e.Key, "5") {
					t.Errorf("%s is shown", e.Key)
				}
			}
			done <- struct{}{}
		}()
	}
	for range 50 {
		<-done
	}
}

// million is a listing of a million objects.
func million() *List {
	l := New("many/")
	page := make([]buckets.Entry, 1000)
	for i := range 1000 {
		for k := range page {
			n := i*1000 + k
			page[k] = buckets.Entry{Key: fmt.Sprintf("many/reading-%07d.csv", n), Size: int64(n * 7919 % 1_000_003), Modified: day.Add(time.Duration(n*31%86400) * time.Second)}
		}
		l.Add(page)
	}
	return l
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// A million objects take little memory.
func TestList_memoryOfMillion(t *testing.T) {
	before := heap()
	l := million()
	plain := (heap() - before) / 1e6
	a := l.Arrange(t.Context(), "", Order{By: bySize})
	ordered := (heap() - before) / 1e6
	t.Logf("%d bytes an object, %d in another order", plain, ordered)
	if plain > 50 || ordered > 60 {
		t.Errorf("%d bytes an object, %d in another order", plain, ordered)
	}
	if reported := (l.Bytes() + a.Bytes()) / 1e6; reported < ordered-5 || reported > ordered+5 {
		t.Errorf("the list says it holds %d bytes an object", reported)
	}
	runtime.KeepAlive(l)
	runtime.KeepAlive(a)
}

func BenchmarkMillion(b *testing.B) {
	l := million()
	b.Run("sort", func(b *testing.B) {
		for b.Loop() {
			l.Arrange(b.Context(), "", Order{By: bySize})
		}
	})
	b.Run("name", func(b *testing.B) {
		for b.Loop() {
			l.objects.names = &naming{natural: true}
			l.Arrange(b.Context(), "", Order{})
		}
	})
	b.Run("mixed", func(b *testing.B) {
		for b.Loop() {
			l.objects.names = &naming{}
			l.Arrange(b.Context(), "", Order{})
		}
	})
	b.Run("filter", func(b *testing.B) {
		for b.Loop() {
			l.Arrange(b.Context(), "99.csv", Order{})
		}
	})
	b.Run("add", func(b *testing.B) {
		for b.Loop() {
			million()
		}
	})
}

// A server that makes up storage classes costs no memory without bound, and what was told before stays.
func TestStorageClasses_areBounded(t *testing.T) {
	l := New("")
	for i := range 1000 {
		l.Add([]buckets.Entry{{Key: fmt.Sprintf("%04d", i), StorageClass: fmt.Sprintf("CLASS-%d", i)}})
	}
	if first := l.Entry(l.Row(0)).StorageClass; first != "CLASS-0" {
		t.Errorf("the first is %q", first)
	}
	if last := l.Entry(l.Row(999)).StorageClass; last != "" {
		t.Errorf("the last is %q", last)
	}
	if n := len(l.objects.classes); n != 256 {
		t.Errorf("%d classes are kept", n)
	}
}
