package objects

import (
	"context"
	"errors"
	"sync"
	"time"

	"daypass/app/buckets"
)

// Deleted is an object that lies below a delete marker: it is not listed, and can be had back.
type Deleted struct {
	Key string
	// At is when it was deleted.
	At time.Time
	// Size and Modified are those of the version that would come back.
	Size     int64
	Modified time.Time
}

// Scanned is how far the search for what was deleted has come.
type Scanned struct {
	// Found is what was found since the last report.
	Found []Deleted
	// Versions is how many versions were looked at.
	Versions int
	// Limited is true where the limit ended it: there may be more.
	Limited bool
}

// scannedReport is after how many versions at most a report is made.
const scannedReport = 1000

// Deleted looks below a prefix for objects that can be had back, in the order of their keys, and for most of them at
// most. report is called as it goes on, in the same goroutine.
func (s *Store) Deleted(ctx context.Context, bucket, prefix string, limit int, report func(Scanned)) error {
	var (
		now   Scanned
		found int
		last  string  // the key of the version before
		below Deleted // what lies below the marker on top of last; without a key where there is no marker
	)
	for o, err := range s.client.AllVersions(ctx, bucket, prefix, scannedReport) {
		if err != nil {
			return err
		}
		now.Versions++
		switch {
		case o.Key != last:
			last, below = o.Key, Deleted{}
			if o.Latest && o.DeleteMarker {
				below = Deleted{Key: o.Key, At: o.Modified}
			}
		case below.Key != "" && !o.DeleteMarker:
			if found == limit {
				now.Limited = true
				report(now)
				return nil
			}
			found++
			below.Size, below.Modified = o.Size, o.Modified
			now.Found = append(now.Found, below)
			below = Deleted{}
		}
		if now.Versions%scannedReport == 0 {
			report(now)
			now.Found = nil
		}
	}
	report(now)
	return ctx.Err()
}

// UndeleteAll brings objects back, several at a time. What did not work is in the result; the error is why the rest
// was not tried.
func (s *Store) UndeleteAll(ctx context.Context, bucket string, keys []string, report func(Result)) (Result, error) {
	b := &batch{store: s, report: report}
	jobs := make(chan string)
	var workers sync.WaitGroup
	for range copies {
		workers.Go(func() {
			for key := range jobs {
				if err := s.Undelete(ctx, bucket, key); err != nil {
					b.failed(ctx, err, Ref{Bucket: bucket, Key: key}.operation("undelete", "s3:DeleteObjectVersion"))
				} else {
					b.done(0)
				}
			}
		})
	}
	for _, key := range keys {
		if ctx.Err() != nil {
			break
		}
		select {
		case jobs <- key:
		case <-ctx.Done():
		}
	}
	close(jobs)
	workers.Wait()
	return b.result, ctx.Err()
}

// uncover takes the markers away that lie on top of a version. Where that is not allowed, a copy of the version goes
// on top of them instead.
func (s *Store) uncover(ctx context.Context, markers []Version, below Ref) error {
	for _, marker := range markers {
		err := s.DeleteVersion(ctx, marker.Ref)
		var refused *buckets.Error
		if errors.As(err, &refused) && refused.Kind == buckets.Denied && s.Restore(ctx, below) == nil {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}
