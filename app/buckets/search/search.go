// Package search looks for objects and folders below a prefix, and tells of what it finds while it
// goes on.
package search

import (
	"context"
	"strings"

	"daypass/app/buckets"
	"daypass/app/location"
)

// Source lists all objects below a prefix, in the order of their keys; *buckets.Client is one.
type Source interface {
	Below(ctx context.Context, bucket, prefix, after, token string) (page []buckets.Entry, next string, err error)
}

// Query is what is looked for, and where.
type Query struct {
	location.Location
	// Text is what Matcher takes.
	Text string
	// Limit is how many are looked for; zero is DefaultLimit.
	Limit int
}

// DefaultLimit is how many entries a search finds before it stops.
const DefaultLimit = 10_000

// Progress is how far a search has come.
type Progress struct {
	// Found are the entries found since the last report, in the order of their keys: objects, and
	// folders before what is in them.
	Found []buckets.Entry
	// Objects is how many objects have been looked at.
	Objects int
	// Near is the folder that is being looked through.
	Near string
}

// Outcome is how a search ended.
type Outcome struct {
	Objects, Found int
	// Limited is true where the limit ended it: there may be more.
	Limited bool
}

// Run searches until everything has been looked at, the limit is reached or ctx ends. report is called
// after each page, in the same goroutine. Error: a *buckets.Error, or ctx's own; the outcome tells what was
// done until then.
func Run(ctx context.Context, source Source, q Query, report func(Progress)) (Outcome, error) {
	if q.Limit <= 0 {
		q.Limit = DefaultLimit
	}
	w := &walk{matcher: NewMatcher(q.Text), prefix: q.Prefix, left: q.Limit}
	for pages := new(buckets.Walk); pages.More() && !w.outcome.Limited; {
		page, next, err := source.Below(ctx, q.Bucket, q.Prefix, "", pages.Token())
		if err == nil {
			err = pages.StepEntries(page, next)
		}
		if err != nil {
			return w.outcome, err
		}
		report(w.check(page))
	}
	return w.outcome, nil
}

// walk goes over the keys, which come in order, and sees the folders between them.
type walk struct {
	matcher *Matcher
	prefix  string
	left    int
	outcome Outcome
	folder  string // of the last key, relative to prefix, with a / at its end
}

func (w *walk) check(entries []buckets.Entry) Progress {
	var p Progress
	for _, e := range entries {
		path := strings.TrimPrefix(e.Key, w.prefix)
		w.outcome.Objects++
		w.enter(&p, path[:strings.LastIndexByte(path, '/')+1])
		if path != "" && !strings.HasSuffix(path, "/") && w.matcher.Match(path) {
			w.find(&p, e)
		}
		if w.outcome.Limited {
			break
		}
	}
	p.Objects, p.Near = w.outcome.Objects, w.prefix+w.folder
	return p
}

// enter comes to a folder, and looks at those on the way that are new.
func (w *walk) enter(p *Progress, folder string) {
	if folder == w.folder {
		return
	}
	known := 0
	for i := 0; i < len(folder) && i < len(w.folder) && folder[i] == w.folder[i]; i++ {
		if folder[i] == '/' {
			known = i + 1
		}
	}
	for i := known; i < len(folder); i++ {
		if folder[i] == '/' && w.matcher.Match(folder[:i]) {
			w.find(p, buckets.Entry{Key: w.prefix + folder[:i+1], Folder: true})
		}
	}
	w.folder = folder
}

func (w *walk) find(p *Progress, e buckets.Entry) {
	if w.left == 0 {
		w.outcome.Limited = true
		return
	}
	w.left--
	w.outcome.Found++
	p.Found = append(p.Found, e)
}
