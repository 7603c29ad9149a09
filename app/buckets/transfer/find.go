package transfer

import (
	"cmp"
	"context"
	"slices"

	"daypass/app"
	"daypass/app/buckets"
)

// origin is where the objects of downloads and copies come from.
func (j *job) origin() app.TransferPlace {
	r := j.record.Request
	return app.TransferPlace{Connection: r.Connection, Bucket: r.Bucket, Prefix: r.Prefix}
}

// eachObject returns the objects that were asked for, in the order of their keys, and all that is below the folders
// among them. give stops it by reporting false.
func (j *job) eachObject(ctx context.Context, r *remote, give func(*item) bool) error {
	objects := slices.Clone(j.record.Request.Objects)
	slices.SortFunc(objects, func(a, b app.TransferObject) int { return cmp.Compare(a.Key, b.Key) })
	for _, o := range objects {
		if o.IsFolder() {
			err := j.eachBelow(ctx, r, o.Key, func(e buckets.Entry) bool {
				return give(&item{id: e.Key, key: e.Key, size: e.Size, modified: e.Modified})
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
		if !give(it) {
			return nil
		}
	}
	return nil
}

// eachBelow returns every object below a prefix. An interrupted listing goes on behind the last key. take stops it
// by reporting false.
func (j *job) eachBelow(ctx context.Context, r *remote, prefix string, take func(buckets.Entry) bool) error {
	last := ""
	for w := new(buckets.Walk); w.More(); {
		var page []buckets.Entry
		var next string
		err := j.persist(ctx, r, listing(r, prefix), func(ctx context.Context) (err error) {
			page, next, err = r.client.Below(ctx, r.bucket, prefix, last, w.Token())
			return err
		})
		if err == nil {
			err = w.StepEntries(page, next)
		}
		if err != nil {
			return err
		}
		for _, e := range page {
			last = e.Key
			if !take(e) {
				return nil
			}
		}
	}
	return nil
}

func listing(r *remote, prefix string) buckets.Act {
	return buckets.Act{Doing: "list what is in the folder", Action: "s3:ListBucket", Bucket: r.bucket, Key: prefix}
}
