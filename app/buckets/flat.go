package buckets

import (
	"context"
	"iter"
)

// Below lists one page of all objects below a prefix, however deep, in the server's order: one
// request. token continues a listing and is empty for its beginning; a listing that was interrupted
// for long begins again behind after, the last key seen. next is empty on the last page. Error: *Error,
// or ctx's own.
func (c *Client) Below(ctx context.Context, bucket, prefix, after, token string) (page []Entry, next string, err error) {
	q := query{bucket: bucket, prefix: prefix, token: token, limit: maxKeys}
	if token == "" {
		q.startAfter = after
	}
	next, err = c.list(ctx, q, func(r row) {
		page = append(page, Entry{Key: string(r.key), Size: r.size, Modified: r.modified, StorageClass: classOf(r.class)})
	})
	return page, next, err
}

// Anything reports whether there is anything below a prefix, its own object counted. Error: *Error, or ctx's own.
func (c *Client) Anything(ctx context.Context, bucket, prefix string) (found bool, err error) {
	_, err = c.list(ctx, query{bucket: bucket, prefix: prefix, limit: 1}, func(row) { found = true })
	return found, err
}

// maxKeys is how many keys are requested at once, the most that S3 returns. It is always said: some policies want to see it.
const maxKeys = 1000

// All iterates over all objects below a prefix, however deep, and ends with the first error (rule 43): *Error, or ctx's
// own.
func (c *Client) All(ctx context.Context, bucket, prefix string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for w := new(Walk); w.More(); {
			page, next, err := c.Below(ctx, bucket, prefix, "", w.Token())
			if err == nil {
				err = w.StepEntries(page, next)
			}
			if err != nil {
				yield(Entry{}, err)
				return
			}
			for _, e := range page {
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}
