package buckets

import (
	"context"
	"iter"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// VersionEntry is one version of an object, or a delete marker.
type VersionEntry struct {
	Key, Version string
	Size         int64
	Modified     time.Time
	ETag         string
	// Latest is true for the version that is returned where none is requested.
	Latest bool
	// DeleteMarker is true for a version that records a deletion; it has no content.
	DeleteMarker bool
}

// AllVersions iterates over all versions of the objects below a prefix, however deep, those of one key from the latest to the
// first, and ends with the first error (rule 43): *Error, or ctx's own. pageSize bounds what is requested at once.
func (c *Client) AllVersions(ctx context.Context, bucket, prefix string, pageSize int) iter.Seq2[VersionEntry, error] {
	return func(yield func(VersionEntry, error) bool) {
		for w := new(Walk); w.More(); {
			page, err := c.versionsPage(ctx, w, query{bucket: bucket, prefix: prefix, token: w.Token(), versions: true, limit: min(pageSize, maxKeys)})
			if err != nil {
				yield(VersionEntry{}, err)
				return
			}
			for _, v := range page {
				if !yield(v, nil) {
					return
				}
			}
		}
	}
}

func (c *Client) versionsPage(ctx context.Context, w *Walk, q query) ([]VersionEntry, error) {
	var page []VersionEntry
	var markers []Marker
	next, err := c.list(ctx, q, func(r row) {
		page = append(page, VersionEntry{
			Key: string(r.key), Version: string(r.version), Size: r.size, Modified: r.modified,
			ETag: strings.Trim(string(r.etag), `"`), Latest: r.latest, DeleteMarker: r.marker,
		})
		markers = append(markers, Marker{string(r.key), string(r.version)})
	})
	if err != nil {
		return nil, err
	}
	return page, w.Step(markers, next)
}

// markerCut stands between the two markers that continue a listing of versions; no version has it in its name.
const markerCut = "\x00"

// versionValues are the parameters of ListObjectVersions.
func (q query) versionValues() url.Values {
	v := url.Values{"versions": {""}, "encoding-type": {"url"}, "prefix": {q.prefix}, "max-keys": {strconv.Itoa(q.limit)}}
	if at := strings.LastIndex(q.token, markerCut); at >= 0 {
		v.Set("key-marker", q.token[:at])
		if version := q.token[at+1:]; version != "" {
			v.Set("version-id-marker", version)
		}
	}
	return v
}
