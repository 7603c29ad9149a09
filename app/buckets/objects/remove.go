package objects

import (
	"context"
	"slices"
	"strings"

	"github.com/minio/minio-go/v7"
	"golang.org/x/sync/errgroup"

	"daypass/app/buckets"
)

// bulk is how many objects one request deletes.
const bulk = 1000

// remover deletes what a listing returns.
type remover struct {
	batch
	bucket  string
	pending []minio.ObjectInfo
	// markers are those of folders; they are deleted after what is in the folders.
	markers []minio.ObjectInfo
}

// remove deletes what list yields, a thousand in a request, and the markers of folders at the end.
func (s *Store) remove(ctx context.Context, bucket string, report func(Result), list func(yield func(minio.ObjectInfo) bool) error) (Result, error) {
	r := &remover{batch: batch{store: s, report: report}, bucket: bucket}
	err := list(func(o minio.ObjectInfo) bool {
		if strings.HasSuffix(o.Key, "/") {
			r.markers = append(r.markers, o)
			return true
		}
		if r.pending = append(r.pending, o); len(r.pending) == bulk {
			r.flush(ctx)
		}
		return ctx.Err() == nil
	})
	r.flush(ctx)
	slices.SortStableFunc(r.markers, func(x, y minio.ObjectInfo) int { return strings.Compare(y.Key, x.Key) })
	for chunk := range slices.Chunk(r.markers, bulk) {
		r.pending = chunk
		r.flush(ctx)
	}
	if err == nil {
		err = ctx.Err()
	}
	return r.result, err
}

// flush deletes what is pending: in one request, or in one for each where the server does not know the other.
func (r *remover) flush(ctx context.Context) {
	pending := r.pending
	r.pending = r.pending[len(r.pending):]
	if len(pending) == 0 || ctx.Err() != nil {
		return
	}
	if client := r.store.client; client.DeletesInBulk() {
		if r.together(ctx, pending) {
			return
		}
		client.RefusesBulkDelete()
	}
	var group errgroup.Group
	group.SetLimit(copies)
	for _, o := range pending {
		group.Go(func() error {
			r.note(ctx, o.Key, r.store.client.Core().RemoveObject(ctx, r.bucket, o.Key, minio.RemoveObjectOptions{VersionID: o.VersionID}))
			return nil
		})
	}
	_ = group.Wait()
}

// together deletes objects in one request, and reports false where the server does not know that request.
func (r *remover) together(ctx context.Context, objects []minio.ObjectInfo) bool {
	results, err := r.store.client.Core().RemoveObjectsWithIter(ctx, r.bucket, slices.Values(objects), minio.RemoveObjectsOptions{})
	if err != nil {
		for _, o := range objects {
			r.note(ctx, o.Key, err)
		}
		return true
	}
	for result := range results {
		if buckets.RefusesOption(result.Err) {
			return false
		}
		if result.Err == nil && result.DeleteMarker && result.ObjectVersionID == "" {
			r.covered(result.ObjectName)
		}
		r.note(ctx, result.ObjectName, result.Err)
	}
	return true
}

// note counts one object.
func (r *remover) note(ctx context.Context, key string, err error) {
	if err == nil {
		r.done(0)
		return
	}
	r.failed(ctx, err, Ref{Bucket: r.bucket, Key: key}.operation("delete", "s3:DeleteObject"))
}

// clearFolders deletes the folders among entries whose own key is still listed when all in them is gone: some servers keep
// a folder without a marker. What does not work is seen in the next listing.
func (s *Store) clearFolders(ctx context.Context, bucket string, entries []buckets.Entry) {
	for _, e := range entries {
		if e.Folder && ctx.Err() == nil && s.stillListed(ctx, bucket, e.Key) {
			s.clearFolder(ctx, bucket, e.Key)
		}
	}
}

// stillListed reports whether the folder that an empty folder lies in lists it.
func (s *Store) stillListed(ctx context.Context, bucket, key string) bool {
	page, err := s.client.Page(ctx, bucket, strings.TrimSuffix(key, "/"), "", bulk)
	return err == nil && slices.ContainsFunc(page.Entries, func(e buckets.Entry) bool { return e.Folder && e.Key == key })
}

// clearFolder deletes the own key of a folder and of all folders in it, where nothing else is left there.
func (s *Store) clearFolder(ctx context.Context, bucket, key string) {
	for w := new(buckets.Walk); w.More() && ctx.Err() == nil; {
		page, err := s.client.Page(ctx, bucket, key, w.Token(), bulk)
		if err == nil {
			err = w.StepEntries(page.Entries, page.Next)
		}
		if err != nil {
			return
		}
		for _, e := range page.Entries {
			if !e.Folder {
				return // somebody wrote something there
			}
			if len(e.Key) > len(key) {
				s.clearFolder(ctx, bucket, e.Key)
			}
		}
	}
	_ = s.client.Core().RemoveObject(ctx, bucket, key, minio.RemoveObjectOptions{})
}
