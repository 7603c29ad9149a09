package remote

import (
	"context"

	"daypass/app/buckets"
)

// EachBelow returns every object below a prefix. An interrupted listing goes on behind the last key. take stops it
// by reporting false.
func (r *Bucket) EachBelow(ctx context.Context, prefix string, take func(buckets.Entry) bool) error {
	last := ""
	for w := new(buckets.Walk); w.More(); {
		var page []buckets.Entry
		var next string
		err := r.Persist(ctx, r.Listing(prefix), func(ctx context.Context) (err error) {
			page, next, err = r.Client.Below(ctx, r.Name, prefix, last, w.Token())
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

// Listing is the listing of a folder.
func (r *Bucket) Listing(prefix string) buckets.Operation {
	return buckets.Operation{Name: "list", Action: "s3:ListBucket", Bucket: r.Name, Key: prefix}
}
