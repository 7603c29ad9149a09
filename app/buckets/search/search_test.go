package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"daypass/app/buckets"
	"daypass/app/location"
)

func TestMatch_patterns(t *testing.T) {
	for _, c := range []struct {
		text string
		yes  []string
		no   []string
	}{
		{"read", []string{"readings.csv", "2026/Bread.txt", "a/READ"}, []string{"read/other", "rea"}},
		{"2026/read", []string{"2026/readings.csv", "x/2026/read"}, []string{"2026/x/read"}},
		{"*.csv", []string{"a.csv", "deep/er/B.CSV"}, []string{"a.csv.gz", "a.csv/b"}},
		{"a?.txt", []string{"ab.txt"}, []string{"a.txt", "abc.txt", "a/.txt"}},
		{"2026/*/r*.csv", []string{"2026/01/r.csv", "2026/02/reading.csv"}, []string{"2026/01/x/r.csv", "x/2026/01/r.csv"}},
		{"**/r.csv", []string{"r.csv", "a/r.csv", "a/b/r.csv"}, []string{"a/br.csv"}},
		{"2026/**", []string{"2026/a", "2026/a/b"}, []string{"2027/a"}},
		{"x[0-3].log", []string{"x0.log", "d/x3.log"}, []string{"x4.log", "x.log"}},
		{"x[!0-3].log", []string{"x4.log"}, []string{"x0.log", "x/.log"}},
		{"a[b.txt", []string{"a[b.txt"}, []string{"ab.txt"}},
		{"[z-a]*", nil, []string{"b"}},
		{"a+(b)*", []string{"a+(b)", "a+(b)c"}, []string{"aab"}},
		{"", []string{"anything"}, nil},
		{"übung", []string{"ÜBUNG.txt"}, nil},
		{"m\u00fcller", []string{"Mu\u0308ller.csv", "M\u00dcLLER.csv"}, []string{"muller.csv"}},
		{"mu\u0308ller", []string{"Mu\u0308ller.csv", "m\u00fcller.csv"}, []string{"muller.csv"}},
		{"m\u00fc*", []string{"Mu\u0308ller.csv", "m\u00fcller.csv"}, nil},
		{"mu\u0308ll?r.[c]sv", []string{"Mu\u0308ller.csv", "m\u00fcller.csv"}, nil},
		{"m[\u00fc]ller*", []string{"Mu\u0308ller.csv"}, nil},
		{"line*", []string{"line\nbreak"}, nil},
	} {
		m := NewMatcher(c.text)
		for _, path := range c.yes {
			if !m.Match(path) {
				t.Errorf("%q does not match %q", c.text, path)
			}
		}
		for _, path := range c.no {
			if m.Match(path) {
				t.Errorf("%q matches %q", c.text, path)
			}
		}
	}
}

func FuzzMatcher(f *testing.F) {
	for _, s := range []string{"*", "[", "[!", "[]a]", "**/**", "[a-", "\xff*", "a[^]b"} {
		f.Add(s, "a/b")
	}
	f.Fuzz(func(_ *testing.T, text, path string) { NewMatcher(text).Match(path) })
}

// keys is a storage of keys, some to a page.
type keys struct {
	all  []string
	page int
	fail int // the page that fails, counted from 1
	n    int
}

func (k *keys) Below(ctx context.Context, _, prefix, _, token string) (page []buckets.Entry, next string, err error) {
	if k.n++; k.n == k.fail {
		return nil, "", &buckets.Error{Kind: buckets.Denied}
	}
	if ctx.Err() != nil {
		return nil, "", ctx.Err()
	}
	from := 0
	fmt.Sscan(token, &from)
	to := min(from+k.page, len(k.all))
	for _, key := range k.all[from:to] {
		if strings.HasPrefix(key, prefix) {
			page = append(page, buckets.Entry{Key: key})
		}
	}
	if to < len(k.all) {
		next = fmt.Sprint(to)
	}
	return page, next, nil
}

func find(t *testing.T, k *keys, q Query) (found []string, o Outcome) {
	t.Helper()
	o, err := Run(t.Context(), k, q, func(p Progress) {
		for _, e := range p.Found {
			if e.Folder != strings.HasSuffix(e.Key, "/") {
				t.Errorf("%+v", e)
			}
			found = append(found, e.Key)
		}
	})
	if err != nil || o.Found != len(found) {
		t.Fatalf("%+v with %d, %v", o, len(found), err)
	}
	return found, o
}

var tree = []string{
	"p/", "p/a.csv", "p/data/", "p/data/2026/a.csv", "p/data/2026/data.csv", "p/data/2027/b.txt", "p/database/c.csv", "p/z.csv",
}

// Objects and folders are found once each.
func TestRun_findsOnce(t *testing.T) {
	for size := 1; size <= len(tree); size++ {
		for text, want := range map[string][]string{
			"data":      {"p/data/", "p/data/2026/data.csv", "p/database/"},
			"*.csv":     {"p/a.csv", "p/data/2026/a.csv", "p/data/2026/data.csv", "p/database/c.csv", "p/z.csv"},
			"202?":      {"p/data/2026/", "p/data/2027/"},
			"data/2026": {"p/data/2026/", "p/data/2026/a.csv", "p/data/2026/data.csv"},
			"p":         nil,
		} {
			found, o := find(t, &keys{all: tree, page: size}, Query{Location: location.Location{Bucket: "lake", Prefix: "p/"}, Text: text})
			if !slices.Equal(found, want) || o.Objects != len(tree) || o.Limited {
				t.Errorf("%d a page, %q: %q, %+v", size, text, found, o)
			}
		}
	}
}

func TestRun_limit(t *testing.T) {
	k := &keys{all: tree, page: 2}
	found, o := find(t, k, Query{Location: location.Location{Prefix: "p/"}, Text: "csv", Limit: 2})
	if !slices.Equal(found, []string{"p/a.csv", "p/data/2026/a.csv"}) || !o.Limited || k.n != 3 {
		t.Errorf("%q, %+v after %d pages", found, o, k.n)
	}
	if found, o = find(t, &keys{all: tree, page: 2}, Query{Location: location.Location{Prefix: "p/"}, Text: "csv", Limit: 5}); len(found) != 5 || o.Limited {
		t.Errorf("exactly as many as the limit: %q, %+v", found, o)
	}
}

func TestRun_stop(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	o, err := Run(ctx, &keys{all: tree, page: 1}, Query{Location: location.Location{Prefix: "p/"}, Text: "csv"}, func(p Progress) {
		if len(p.Found) > 0 {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) || o.Found != 1 {
		t.Errorf("%+v, %v", o, err)
	}
}

// An error ends a search, which keeps what was found.
func TestRun_errorKeepsFound(t *testing.T) {
	var found int
	o, err := Run(t.Context(), &keys{all: tree, page: 3, fail: 2}, Query{Location: location.Location{Prefix: "p/"}, Text: "csv"}, func(p Progress) { found += len(p.Found) })
	var e *buckets.Error
	if !errors.As(err, &e) || found != 1 || o.Found != 1 {
		t.Errorf("%+v, %v", o, err)
	}
}
