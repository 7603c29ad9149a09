package destination

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
)

func TestDivide_typedPaths(t *testing.T) {
	for typed, want := range map[string]path{
		"":                   {},
		"s3://":              {},
		"la":                 {part: "la"},
		"s3://lake":          {part: "lake"},
		"s3://lake/":         {Location: location.Location{Bucket: "lake"}},
		"lake/2026/ma":       {Location: location.Location{Bucket: "lake", Prefix: "2026/"}, part: "ma"},
		" s3://lake/2026/":   {Location: location.Location{Bucket: "lake", Prefix: "2026/"}},
		"s3://lake/a b/ü/re": {Location: location.Location{Bucket: "lake", Prefix: "a b/ü/"}, part: "re"},
	} {
		if got := divide(typed); got != want {
			t.Errorf("%q: %+v, want %+v", typed, got, want)
		}
	}
	if got := divide("s3://Not A Bucket/x"); got.invalid == "" {
		t.Errorf("%+v", got)
	}
	for folder, want := range map[string]string{"s3://": "", "s3://lake/": "s3://", "s3://lake/a/": "s3://lake/", "s3://lake/a/b/": "s3://lake/a/"} {
		if got := divide(folder).up(); got != want {
			t.Errorf("above %s is %q, want %q", folder, got, want)
		}
	}
}

func TestComplete_typedPaths(t *testing.T) {
	for _, c := range []struct {
		typed string
		names []string
		want  string
	}{
		{"s3://lake/20", []string{"2024", "2025", "2026"}, "s3://lake/202"},
		{"s3://lake/2026", []string{"2026"}, "s3://lake/2026/"},
		{"s3://lake/202", []string{"2024", "2025"}, ""},
		{"s3://lake/é", []string{"été", "étuve"}, "s3://lake/ét"},
		{"s3://lake/x", nil, ""},
		{"la", []string{"lake"}, "s3://lake/"},
	} {
		if got := divide(c.typed).complete(c.names); got != c.want {
			t.Errorf("%s among %q: %q, want %q", c.typed, c.names, got, c.want)
		}
	}
}

// store is a storage with some folders.
type store struct {
	mu      sync.Mutex
	folders map[string][]string // by bucket/prefix
	made    []string
	fail    error
	hold    chan struct{}
}

func (s *store) Buckets(ctx context.Context) ([]buckets.Bucket, error) {
	return []buckets.Bucket{{Name: "lake"}, {Name: "landing"}}, s.wait(ctx)
}

func (s *store) Page(ctx context.Context, bucket, prefix, _ string, _ int) (buckets.Page, error) {
	if err := s.wait(ctx); err != nil {
		return buckets.Page{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	page := buckets.Page{Entries: []buckets.Entry{{Key: prefix + "a file"}}}
	for _, name := range s.folders[bucket+"/"+prefix] {
		page.Entries = append(page.Entries, buckets.Entry{Key: prefix + name + "/", Folder: true})
	}
	return page, nil
}

func (s *store) NewFolder(_ context.Context, bucket, prefix, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made = append(s.made, bucket+"/"+prefix+name)
	s.folders[bucket+"/"+prefix] = append(s.folders[bucket+"/"+prefix], name)
	return s.fail
}

func (s *store) wait(ctx context.Context) error {
	if s.hold != nil {
		select {
		case <-s.hold:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return s.fail
}

// bench has a picker whose UI thread is the test's, one function at a time.
func bench(t *testing.T, s *store, f func(p *Picker, do func(func()))) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		do := func(f func()) { mu.Lock(); defer mu.Unlock(); f() }
		p := New(Options{
			Context: t.Context(), Dispatch: do, Changed: func() {},
			Source: func(connection string) Source {
				if connection == "gone" {
					return nil
				}
				return s
			},
			Explain: func(err error) *app.Problem { return &app.Problem{Title: err.Error()} },
		})
		f(p, do)
		do(p.Close)
	})
}

func names(m Model) string {
	var out []string
	for _, r := range m.Rows {
		out = append(out, r.Name)
	}
	return strings.Join(out, " ")
}

func shows(t *testing.T, p *Picker, do func(func()), want, status string) {
	t.Helper()
	synctest.Wait()
	do(func() {
		if m := p.Model(); names(m) != want || m.Status != status {
			t.Errorf("in %s: %q, %q; want %q, %q", m.Folder, names(m), m.Status, want, status)
		}
	})
}

func TestPicker_listsWhatIsBesideAndBelow(t *testing.T) {
	s := &store{folders: map[string][]string{"lake/": {"2025", "2026", "raw"}, "lake/2026/": {"\u202ehidden", "march"}}}
	bench(t, s, func(p *Picker, do func(func())) {
		do(func() { p.Show("here", "Lake", "") })
		shows(t, p, do, "lake landing", "")
		do(func() { p.Show("here", "Lake", "s3://lake/") })
		shows(t, p, do, "2025 2026 raw", "")
		do(func() { p.Show("here", "Lake", "s3://lake/20") })
		shows(t, p, do, "2025 2026", "")
		do(func() {
			if got := p.Model().Completion; got != "s3://lake/202" {
				t.Errorf("completed to %q", got)
			}
			p.Show("here", "Lake", p.Model().Rows[1].Path)
		})
		shows(t, p, do, `\u202ehidden march`, "")
		do(func() { p.Show("here", "Lake", "s3://lake/2026/x") })
		shows(t, p, do, "", "No folder begins with this name. It is created when you copy into it.")
		do(func() { p.Show("here", "Lake", "s3://lake/raw/") })
		shows(t, p, do, "", "There are no folders in this folder.")
		do(func() { p.Show("gone", "Gone", "s3://lake/") })
		shows(t, p, do, "", "There are no folders in this folder.")
	})
}

// A server that does not answer is named, the listing can be stopped, and a failure is told and tried again.
func TestPicker_tellsWhatIsAwaited(t *testing.T) {
	s := &store{folders: map[string][]string{"lake/": {"raw"}}}
	bench(t, s, func(p *Picker, do func(func())) {
		s.hold = make(chan struct{})
		do(func() { p.Show("here", "Lake", "s3://lake/") })
		shows(t, p, do, "", "")
		time.Sleep(time.Second)
		shows(t, p, do, "", "Waiting for Lake")
		time.Sleep(10 * time.Second)
		shows(t, p, do, "", "Still waiting for Lake")
		do(p.Stop)
		shows(t, p, do, "", "Loading stopped.")
		s.fail = errors.New("no network")
		close(s.hold)
		do(p.Retry)
		synctest.Wait()
		do(func() {
			if m := p.Model(); m.Problem == nil || m.Problem.English().Title != "no network" {
				t.Errorf("%+v", m.Problem)
			}
		})
		s.fail = nil
		do(p.Retry)
		shows(t, p, do, "raw", "")
	})
}

func TestPicker_newFolder(t *testing.T) {
	s := &store{folders: map[string][]string{"lake/": {"raw"}}}
	bench(t, s, func(p *Picker, do func(func())) {
		do(func() { p.Show("here", "Lake", "s3://lake/") })
		synctest.Wait()
		do(func() {
			if !p.Model().CanMake {
				t.Error("no folder can be made")
			}
			p.NewFolder("new", func(path string, problem *app.Problem) {
				if path != "s3://lake/new/" || problem != nil {
					t.Errorf("%q %v", path, problem)
				}
				p.Show("here", "Lake", path)
			})
		})
		shows(t, p, do, "", "There are no folders in this folder.")
		do(func() { p.Show("here", "Lake", "s3://lake/") })
		shows(t, p, do, "raw new", "")
		do(func() {
			p.Show("here", "Lake", "")
			if p.Model().CanMake {
				t.Error("a folder can be made beside the buckets")
			}
		})
	})
}
