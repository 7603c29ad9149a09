package uitest

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"daypass/app"
	"daypass/app/buckets"
)

// Storage is a browse.Source without a server. Its zero value has a few buckets and folders.
type Storage struct {
	// Err is what every call answers.
	Err error
	// Hold, where there is one, keeps every call until it is closed.
	Hold chan struct{}
	// Pages is the number of pages of the bucket "many".
	Pages int

	// Locked is the key of an object that cannot be deleted.
	Locked string

	asked, given atomic.Int32
	changes
}

// Add has what is listed from now on hold an entry more: the folder or object with a key, or a bucket.
func (s *Storage) Add(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.added = append(s.added, key)
}

// more is what was added directly below a prefix.
func (s *Storage) more(prefix string) (all []buckets.Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range s.added {
		if below, ok := strings.CutPrefix(key, prefix); ok && !strings.Contains(strings.TrimSuffix(below, "/"), "/") {
			all = append(all, buckets.Entry{Key: key, Folder: strings.HasSuffix(key, "/"), Size: 5, Modified: Now})
		}
	}
	return all
}

// Given is how many calls were given up.
func (s *Storage) Given() int { return int(s.given.Load()) }

// Asked is how many pages were asked for.
func (s *Storage) Asked() int { return int(s.asked.Load()) }

func (s *Storage) wait(ctx context.Context) error {
	if s.Hold == nil {
		return s.Err
	}
	select {
	case <-s.Hold:
		return s.Err
	case <-ctx.Done():
		s.given.Add(1)
		return ctx.Err()
	}
}

// Buckets implements browse.Source.
func (s *Storage) Buckets(ctx context.Context) ([]buckets.Bucket, error) {
	if err := s.wait(ctx); err != nil {
		return nil, err
	}
	var out []buckets.Bucket
	for i, name := range []string{"archive-2024", "backups", "climate-models", "measurements", "notebooks", "public-datasets", "raw-imagery", "reports"} {
		out = append(out, buckets.Bucket{Name: name, Created: Now.AddDate(0, -3*i, -5*i)})
	}
	for _, e := range s.more("") {
		out = append(out, buckets.Bucket{Name: e.Key, Created: e.Modified})
	}
	return out, nil
}

// Page implements browse.Source.
func (s *Storage) Page(ctx context.Context, bucket, prefix, next string, most int) (buckets.Page, error) {
	s.asked.Add(1)
	if err := s.wait(ctx); err != nil {
		return buckets.Page{}, err
	}
	switch {
	case bucket == "empty" || prefix == "emptied/":
		return buckets.Page{}, nil
	case bucket == "many":
		return s.many(next, most), nil
	}
	page := folder(prefix)
	page.Entries = append(page.Entries, s.more(prefix)...)
	return page, nil
}

func folder(prefix string) buckets.Page {
	var p buckets.Page
	for _, name := range []string{"2024", "2025", "2026", "αρχείο", "данные", "קבצים", "قياسات"} {
		p.Entries = append(p.Entries, buckets.Entry{Key: prefix + name + "/", Folder: true})
	}
	for i, f := range []struct {
		name string
		size int64
	}{
		{"README.md", 2100},
		{"calibration-2026-03-04T09-12-00Z.csv", 48_120_331},
		{"readings.parquet", 12_400_000},
		{"site-photo.jpg", 3_812_004},
		{"stations.json", 814},
		{"weekly-summary-with-a-very-long-name-that-does-not-fit-in-the-column-of-a-small-window-at-all.pdf", 1_204_511},
		{"x-archive.tar.zst", 81_204_500_123},
	} {
		p.Entries = append(p.Entries, buckets.Entry{Key: prefix + f.name, Size: f.size, Modified: Now.Add(-time.Duration(i*i*9) * time.Hour)})
	}
	return p
}

// many returns page number next of the big bucket.
func (s *Storage) many(next string, most int) buckets.Page {
	n := 0
	_, _ = fmt.Sscan(next, &n)
	var p buckets.Page
	for i := range most {
		p.Entries = append(p.Entries, buckets.Entry{Key: fmt.Sprintf("reading-%07d.csv", n*most+i), Size: int64(1000 + i), Modified: Now})
	}
	if n+1 < s.Pages {
		p.Next = fmt.Sprint(n + 1)
	}
	return p
}

// Denied is the error of a server that does not let the user list.
func Denied() error {
	return &buckets.Error{Kind: buckets.Denied, Problem: app.Problem{
		Code: "denied", Title: "You may not list the buckets",
		Detail:   "s3.example.com knows who you are and does not allow you to list all buckets. Buckets you may use can still be opened by name.",
		NextStep: "If you know a bucket's name, open it. Otherwise ask your administrator.",
		Admin:    "Allow s3:ListAllMyBuckets on arn:aws:s3:::* in the policy for this user.",
	}}
}
