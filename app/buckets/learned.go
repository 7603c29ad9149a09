package buckets

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/minio/minio-go/v7"
)

// Learned is what a server turned out to be like. Who opens several clients of one server gives them all the same, so that
// no request is refused twice for the same reason. The zero Learned knows nothing yet.
type Learned struct {
	// listsOld is true for a server that lists in the first version of the protocol only.
	listsOld atomic.Bool
	// noChecksums is true for a server that refuses uploads with x-amz-checksum headers, noChecksumMode for one that
	// refuses to be asked for checksums.
	noChecksums, noChecksumMode atomic.Bool
	// compositeOnly is true for a server that does not take the checksum of a whole object that was uploaded in parts.
	compositeOnly atomic.Bool
	// noBulkDelete is true for a server that deletes one object a request only.
	noBulkDelete atomic.Bool

	// retryAt is when the server that was busy last wants requests again, in nanoseconds of Unix time.
	retryAt atomic.Int64

	mu      sync.Mutex
	regions map[string]region // by bucket; "" for requests that name none
}

// region is where a bucket is, and how often that was learned.
type region struct {
	name  string
	times int
}

// maxRegions bounds how often a server may say another region of one bucket.
const maxRegions = 3

// regionName is what a region's name looks like.
var regionName = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)

// learnRegion takes over where a bucket is, and reports whether that is news: another region than signed.
func (l *Learned) learnRegion(bucket, name, signed string) bool {
	if name == signed || !regionName.MatchString(name) {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.regions == nil {
		l.regions = map[string]region{}
	}
	times := l.regions[bucket].times
	if times >= maxRegions {
		return false
	}
	l.regions[bucket] = region{name, times + 1}
	return true
}

// region returns the region that was learned of a bucket; empty where none was.
func (l *Learned) region(bucket string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.regions[bucket].name
}

// regionOf returns the region that requests for a bucket are signed for.
func (c *Client) regionOf(bucket string) string {
	if name := c.learned.region(bucket); name != "" {
		return name
	}
	return c.region
}

// TakesChecksums reports whether uploads may carry x-amz-checksum headers.
func (c *Client) TakesChecksums() bool { return !c.learned.noChecksums.Load() }

// RefusesChecksums remembers that uploads with x-amz-checksum headers are refused, and those without are not.
func (c *Client) RefusesChecksums() { c.learned.noChecksums.Store(true) }

// TakesWholeChecksums reports whether an upload in parts may end with the checksum of the whole object.
func (c *Client) TakesWholeChecksums() bool { return !c.learned.compositeOnly.Load() }

// RefusesWholeChecksums remembers that an upload in parts must end with the checksum of its parts' checksums.
func (c *Client) RefusesWholeChecksums() { c.learned.compositeOnly.Store(true) }

// DeletesInBulk reports whether one request may delete many objects.
func (c *Client) DeletesInBulk() bool { return !c.learned.noBulkDelete.Load() }

// RefusesBulkDelete remembers that each object is deleted by a request of its own.
func (c *Client) RefusesBulkDelete() { c.learned.noBulkDelete.Store(true) }

// definite are codes, besides those of kindOf, that say something else than that the server does not know a part of the
// request.
var definite = map[string]bool{
	pageCode: true, "EntityTooSmall": true, "InvalidDigest": true, "InvalidPart": true, "InvalidPartOrder": true,
	"MalformedXML": true, "NoSuchTagSet": true, "MissingContentLength": true, "IncompleteBody": true,
}

// RefusesOption reports whether an error may mean that the server rejects something optional in a request: a header, a parameter or
// a call that the server does not know.
func RefusesOption(err error) bool {
	var response minio.ErrorResponse
	if !errors.As(err, &response) || definite[response.Code] {
		return false
	}
	switch response.StatusCode {
	case http.StatusBadRequest, http.StatusNotImplemented, http.StatusMethodNotAllowed:
	default:
		return false
	}
	_, known := kindOf[response.Code]
	if _, _, ofKMS := wordsOfKMS(response); ofKMS {
		return false
	}
	_, kind := wordsOfResponse(response)
	return kind == Unsupported || !known && kind == Other
}

// hostIn returns the host of a server for another region: Amazon has a host for each, every other server is one host.
func hostIn(host, from, to string) string {
	if !strings.HasSuffix(host, ".amazonaws.com") && !strings.HasSuffix(host, ".amazonaws.com.cn") {
		return host
	}
	if host == "s3.amazonaws.com" {
		return "s3." + to + ".amazonaws.com"
	}
	return strings.Replace(host, "."+from+".", "."+to+".", 1)
}
