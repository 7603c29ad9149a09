package buckets

import "context"

// Below lists one page of all objects below a prefix, however deep, in the server's order: one
// request. token continues a listing and is empty for its beginning; a listing that was interrupted
// for long begins anew behind after, the last key seen. next is empty on the last page. Error: *Error,
// or ctx's own.
func (c *Client) Below(ctx context.Context, bucket, prefix, after, token string) (page []Entry, next string, err error) {
	q := query{bucket: bucket, prefix: prefix, token: token, most: 1000} // some policies want to see how many
	if token == "" {
		q.startAfter = after
	}
	next, err = c.list(ctx, q, func(r row) {
		page = append(page, Entry{Key: string(r.key), Size: r.size, Modified: r.modified})
	})
	return page, next, err
}
