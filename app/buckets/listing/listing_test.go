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

func TestEntriesComeBackAsTheyWere(t *testing.T) {
	l := New("2026/")
	folders := []buckets.Entry{{Key: "2026/a/", Folder: true}, {Key: "2026/é\x00\xff/", Folder: true}}
	objects := []buckets.Entry{
		{Key: "2026/", Size: 1, Modified: day},
		{Key: "2026/" + strings.Repeat("x", 1019), Size: 1 << 50, Modified: day.Add(-time.Hour)},
		{Key: "2026/y", Modified: time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Key: "elsewhere", Size: 3},
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

func TestManyEntriesComeBackAsTheyWere(t *testing.T) {
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

func TestArrange(t *testing.T) {
	for _, c := range []struct {
		text string
		o    Order
		want string
	}{
		{"", Order{}, "Bilder/ data/ Alpha.csv ZWEI.CSV beta.csv ÜBUNG.txt"},
		{"", Order{Descending: true}, "data/ Bilder/ ÜBUNG.txt beta.csv ZWEI.CSV Alpha.csv"},
		{"", Order{By: BySize}, "Bilder/ data/ ZWEI.CSV beta.csv ÜBUNG.txt Alpha.csv"},
		{"", Order{By: BySize, Descending: true}, "Bilder/ data/ Alpha.csv beta.csv ÜBUNG.txt ZWEI.CSV"},
		{"", Order{By: ByModified}, "Bilder/ data/ beta.csv Alpha.csv ÜBUNG.txt ZWEI.CSV"},
		{"csv", Order{}, "Alpha.csv ZWEI.CSV beta.csv"},
		{"CsV", Order{By: BySize}, "ZWEI.CSV beta.csv Alpha.csv"},
		{"übung", Order{}, "ÜBUNG.txt"},
		{"a", Order{}, "data/ Alpha.csv beta.csv"},
		{"nothing", Order{}, ""},
		{"p/", Order{}, ""},
	} {
		l := some()
		a := l.Arrange(t.Context(), c.text, c.o)
		if got := names(&l.View, &a); got != c.want {
			t.Errorf("%q %+v: %s, want %s", c.text, c.o, got, c.want)
		}
	}
}

func TestAServerWithoutOrder(t *testing.T) {
	l := New("")
	l.Add([]buckets.Entry{{Key: "c"}, {Key: "a"}, {Key: "b"}})
	for o, want := range map[Order]string{{}: "c a b", {Descending: true}: "c b a"} {
		a := l.Arrange(t.Context(), "", o)
		if got := names(&l.View, &a); got != want {
			t.Errorf("%+v: %s, want %s", o, got, want)
		}
	}
}

func TestAFilterGrowsWithTheList(t *testing.T) {
	l := some()
	a := l.Arrange(t.Context(), "csv", Order{})
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
func TestAViewStandsStill(t *testing.T) {
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
			a := view.Arrange(context.Background(), "5", Order{By: BySize, Descending: true})
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

func TestAMillionObjectsAreSmall(t *testing.T) {
	before := heap()
	l := million()
	plain := (heap() - before) / 1e6
	a := l.Arrange(t.Context(), "", Order{By: BySize})
	ordered := (heap() - before) / 1e6
	t.Logf("%d bytes an object, %d in another order", plain, ordered)
	if plain > 50 || ordered > 60 {
		t.Errorf("%d bytes an object, %d in another order", plain, ordered)
	}
	if told := (l.Bytes() + a.Bytes()) / 1e6; told < ordered-5 || told > ordered+5 {
		t.Errorf("the list says it holds %d bytes an object", told)
	}
	runtime.KeepAlive(l)
	runtime.KeepAlive(a)
}

func BenchmarkMillion(b *testing.B) {
	l := million()
	b.Run("sort", func(b *testing.B) {
		for b.Loop() {
			l.Arrange(b.Context(), "", Order{By: BySize})
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
