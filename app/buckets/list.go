package buckets

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/signer"

	"daypass/app/location"
	"daypass/auth/safetext"
)

// Listing is asked for here and not through minio-go: its call for one page takes no context, and its
// decoding of the answer is most of the time that a page needs.

const (
	// pageTimeout bounds one try of one page.
	pageTimeout = 2 * time.Minute
	// maxPage bounds an answer: 1000 keys of 1024 bytes, each byte escaped, with room.
	maxPage = 16 << 20
	// maxErrorBody bounds what is read of an error.
	maxErrorBody = 64 << 10
	emptySHA     = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

// pauses between the tries of one page; each is spread by half of itself.
var pauses = []time.Duration{150 * time.Millisecond, 600 * time.Millisecond}

// errNotS3 is an answer that no storage server gives.
var errNotS3 = errors.New("the answer is not that of a storage server")

// Page lists one page of at most most entries of what is directly below a prefix: one request. next
// is empty for the first page. The prefix's own object, with which some programs mark a folder, is
// an entry only where it has content. Error: *Error, or ctx's own.
func (c *Client) Page(ctx context.Context, bucket, prefix, next string, limit int) (Page, error) {
	var page Page
	var objects []Entry
	token, err := c.list(ctx, query{bucket: bucket, prefix: prefix, delimiter: "/", token: next, limit: limit}, func(r row) {
		e := Entry{Key: string(r.key), Folder: r.folder, Size: r.size, Modified: r.modified, StorageClass: classOf(r.class)}
		switch {
		case r.folder:
			page.Entries = append(page.Entries, e)
		case e.Key != prefix, e.Size > 0:
			objects = append(objects, e)
		}
	})
	if err != nil {
		return Page{}, err
	}
	page.Entries, page.Next = append(page.Entries, objects...), token
	return page, nil
}

// query is one ListObjectsV2, ListObjects or ListObjectVersions.
type query struct {
	bucket, prefix, delimiter, token, startAfter string
	limit                                        int
	// versions is true for ListObjectVersions, and old for ListObjects, the first version of the protocol.
	versions, old bool
}

func (q query) operation() Operation {
	if q.versions {
		return Operation{Name: "list-versions", Action: "s3:ListBucketVersions", Bucket: q.bucket}
	}
	return Operation{Name: "list", Action: "s3:ListBucket", Bucket: q.bucket}
}

func (q query) values() url.Values {
	if q.versions {
		return q.versionValues()
	}
	v := url.Values{"encoding-type": {"url"}, "prefix": {q.prefix}}
	optional := map[string]string{"delimiter": q.delimiter, "continuation-token": q.token, "start-after": q.startAfter, "list-type": "2"}
	if q.old {
		optional = map[string]string{"delimiter": q.delimiter, "marker": cmp.Or(q.token, q.startAfter)}
	}
	for name, value := range optional {
		if value != "" {
			v.Set(name, value)
		}
	}
	if q.limit > 0 {
		v.Set("max-keys", strconv.Itoa(q.limit))
	}
	return v
}

// list requests one page, a few times at most, and passes each of its rows to take once the whole
// answer is here.
func (c *Client) list(ctx context.Context, q query, take func(row)) (next string, err error) {
	if fault := location.BucketFault(q.bucket); fault != "" {
		return "", c.Explain(InvalidNameError(fault), q.operation())
	}
	for try := 0; ; try++ {
		next, err = c.listEither(ctx, q, take)
		switch {
		case err == nil:
			return next, nil
		case ctx.Err() != nil, !worthRepeating(err), try >= len(pauses), c.RetryAfter() > pauses[try], !wait(ctx, pauses[try]):
			return "", c.Explain(canceled(ctx, err), q.operation())
		}
	}
}

// listEither requests one page in the second version of the protocol, and of a server that does not have it in the first.
func (c *Client) listEither(ctx context.Context, q query, take func(row)) (next string, err error) {
	q.old = c.learned.listsOld.Load() && !q.versions
	next, err = c.listOnce(ctx, q, take)
	if q.old || q.versions || q.token != "" || !RefusesOption(err) {
		return next, err
	}
	q.old = true
	next, again := c.listOnce(ctx, q, take)
	if again != nil {
		return "", err
	}
	c.learned.listsOld.Store(true)
	return next, nil
}

// canceled prefers the cancellation of the caller to what the network says of it.
func canceled(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return context.Canceled
	}
	return err
}

func wait(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause + time.Duration(rand.Int64N(int64(pause/2))))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// worthRepeating reports whether the same request may well work a moment later.
func worthRepeating(err error) bool {
	var response minio.ErrorResponse
	if errors.As(err, &response) {
		_, kind := wordsOfResponse(response)
		return kind == Busy
	}
	var cert *tls.CertificateVerificationError
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &cert) {
		return false
	}
	return isNetwork(err)
}

func (c *Client) listOnce(ctx context.Context, q query, take func(row)) (next string, err error) {
	ctx, cancel := context.WithTimeout(ctx, pageTimeout)
	defer cancel()
	res, err := c.get(ctx, q.bucket, q.values())
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return "", errorOf(res)
	}
	a := answers.Get().(*answer)
	defer answers.Put(a)
	a.reset()
	if _, err := a.body.ReadFrom(io.LimitReader(res.Body, maxPage+1)); err != nil {
		return "", err
	}
	if a.body.Len() > maxPage {
		return "", fmt.Errorf("%w: it is longer than %d MiB", errNotS3, maxPage>>20)
	}
	if err := a.parse(); err != nil {
		return "", err
	}
	for _, r := range a.rows {
		if !bytes.HasPrefix(r.key, []byte(q.prefix)) {
			return "", fmt.Errorf("%w: %s", errOutside, safetext.Name(string(r.key)))
		}
	}
	next, err = a.token(q)
	if err != nil {
		return "", err
	}
	if next != "" && a.next == "" && !q.versions {
		c.learned.listsOld.Store(true)
	}
	for _, r := range a.rows {
		take(r)
	}
	return next, nil
}

// answers are buffers that are used again: a page is some 300 KB.
var answers = sync.Pool{New: func() any { return new(answer) }}

// get sends one signed request for a bucket. The network signs it for the region that it has learned.
func (c *Client) get(ctx context.Context, bucket string, values url.Values) (*http.Response, error) {
	keys, err := provider{c.keys}.get(ctx)
	if err != nil {
		return nil, err
	}
	at := *c.base
	at.Path, at.RawQuery = "/"+bucket+"/", values.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("X-Amz-Content-Sha256", emptySHA)
	req = signer.SignV4(*req, keys.AccessKeyID, keys.SecretAccessKey, keys.SessionToken, c.regionOf(bucket))
	return c.http.Do(req)
}

// errorOf reads an answer that is not a success as minio-go does.
func errorOf(res *http.Response) error {
	body, err := io.ReadAll(io.LimitReader(res.Body, maxErrorBody))
	if err != nil {
		return err
	}
	response := minio.ErrorResponse{}
	if xml.Unmarshal(body, &response) != nil || response.Code == "" {
		response = minio.ErrorResponse{Message: strings.TrimSpace(string(body))}
		if len(body) == 0 {
			response.Message = res.Status
		}
	}
	response.StatusCode = res.StatusCode
	if code := res.Header.Get("X-Minio-Error-Code"); code != "" {
		response.Code = code
	}
	if response.Region == "" {
		response.Region = res.Header.Get("X-Amz-Bucket-Region")
	}
	return response
}
