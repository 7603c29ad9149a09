package transfer

import (
	"cmp"
	"context"
	"slices"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/transfer/remote"
)

// origin is where the objects of downloads and copies come from.
func (j *job) origin() app.TransferTarget {
	r := j.record.Request
	return app.TransferTarget{Connection: r.Connection, Location: r.Location}
}

// eachObject returns the objects that were requested, in the order of their keys, and all that is below the folders
// among them. give stops it by reporting false.
func (j *job) eachObject(ctx context.Context, r *remote.Bucket, enqueue func(*item) bool) error {
	objects := slices.Clone(j.record.Request.Objects)
	slices.SortFunc(objects, func(a, b app.TransferObject) int { return cmp.Compare(a.Key, b.Key) })
	for _, o := range objects {
		if o.IsFolder() {
			err := r.EachBelow(ctx, o.Key, func(e buckets.Entry) bool {
				return enqueue(&item{id: e.Key, key: e.Key, size: e.Size, modified: e.Modified})
			})
			if err != nil {
				return err
			}
			continue
		}
		it := &item{id: o.Key, key: o.Key, version: o.VersionID, size: o.Size}
		if it.size == 0 {
			it.size = -1
		}
		if !enqueue(it) {
			return nil
		}
	}
	return nil
}
