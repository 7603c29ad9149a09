package buckets

import (
	"bytes"
	"fmt"
	"slices"
	"time"
)

// row is one entry of a page. key belongs to the answer: who keeps it copies it.
type row struct {
	key      []byte
	folder   bool
	size     int64
	modified time.Time
	class    []byte
	// version, etag, latest and marker are those of a version; marker is true for a delete marker.
	version, etag  []byte
	latest, marker bool
}

// answer is the buffer of one page, used again for the next: the bytes and the rows that lie in them.
type answer struct {
	body bytes.Buffer
	rows []row

	scanner scanner
	// versions is true for a ListVersionsResult.
	truncated, encoded, versions bool
	// next continues a listing in the second version of the protocol, keyMarker and versionMarker the others.
	next, keyMarker, versionMarker string
}

func (a *answer) reset() {
	a.body.Reset()
	a.rows, a.truncated, a.encoded = a.rows[:0], false, false
	a.next, a.keyMarker, a.versionMarker = "", "", ""
}

// parse reads a ListBucketResult or a ListVersionsResult. Without an error, rows has its entries in the order of the
// answer.
func (a *answer) parse() error {
	s := &a.scanner
	*s = scanner{rest: a.body.Bytes(), open: s.open[:0]}
	root, ok := s.child()
	a.versions = string(root) == "ListVersionsResult"
	if !ok || !a.versions && string(root) != "ListBucketResult" {
		return fmt.Errorf("%w: it is no ListBucketResult", errNotS3)
	}
	for name, ok := s.child(); ok; name, ok = s.child() {
		a.field(name)
	}
	if s.err != nil {
		return fmt.Errorf("%w: %w", errNotS3, s.err)
	}
	if a.encoded {
		return a.decodeKeys()
	}
	return nil
}

// token returns what continues the listing that q requested, empty on the last page.
func (a *answer) token(q query) (string, error) {
	switch {
	case !a.truncated:
		return "", nil
	case q.versions && a.keyMarker != "":
		return a.keyMarker + markerCut + a.versionMarker, nil
	case q.versions:
	case a.next != "":
		return a.next, nil
	case a.keyMarker != "":
		return a.keyMarker, nil
	case len(a.rows) > 0: // the first version of the protocol continues behind the greatest key
		return string(slices.MaxFunc(a.rows, func(x, y row) int { return bytes.Compare(x.key, y.key) }).key), nil
	}
	return "", fmt.Errorf("%w: there is more, but no way to it", errNotS3)
}

func (a *answer) field(name []byte) {
	switch string(name) {
	case "Contents":
		a.row(row{})
	case "CommonPrefixes":
		a.row(row{folder: true})
	case "Version":
		a.row(row{})
	case "DeleteMarker":
		a.row(row{marker: true})
	case "IsTruncated":
		a.truncated = string(a.scanner.text()) == "true"
	case "NextContinuationToken":
		a.next = string(a.scanner.text())
	case "NextMarker", "NextKeyMarker":
		a.keyMarker = string(a.scanner.text())
	case "NextVersionIdMarker":
		a.versionMarker = string(a.scanner.text())
	case "EncodingType":
		a.encoded = string(a.scanner.text()) == "url"
	default:
		a.scanner.skip()
	}
}

func (a *answer) row(r row) {
	s := &a.scanner
	for name, ok := s.child(); ok; name, ok = s.child() {
		switch string(name) {
		case "Key", "Prefix":
			r.key = s.text()
		case "Size":
			if r.size, ok = parseSize(s.text()); !ok {
				s.fail("a size that is none")
			}
		case "LastModified":
			if r.modified, ok = parseTime(s.text()); !ok {
				s.fail("a time that is none")
			}
		case "StorageClass":
			r.class = s.text()
		default:
			if !a.versions || !r.versionField(name, s) {
				s.skip()
			}
		}
	}
	a.rows = append(a.rows, r)
}

// versionField takes a field that only versions need, and reports whether it is one.
func (r *row) versionField(name []byte, s *scanner) bool {
	switch string(name) {
	case "VersionId":
		r.version = s.text()
	case "ETag":
		r.etag = s.text()
	case "IsLatest":
		r.latest = string(s.text()) == "true"
	default:
		return false
	}
	return true
}

func parseSize(text []byte) (n int64, ok bool) {
	if len(text) == 0 || len(text) > 18 {
		return 0, false
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// parseTime reads the one form that servers write, 2006-01-02T15:04:05.000Z, by its places, and any
// other of RFC 3339 by time.Parse.
func parseTime(text []byte) (t time.Time, ok bool) {
	const form = "0000-00-00T00:00:00.000Z"
	if len(text) != len(form) {
		t, err := time.Parse(time.RFC3339, string(text))
		return t, err == nil
	}
	for i, c := range text {
		if digit := c >= '0' && c <= '9'; digit != (form[i] == '0') || !digit && c != form[i] {
			return time.Time{}, false
		}
	}
	n := func(from, to int) (v int) {
		for _, c := range text[from:to] {
			v = v*10 + int(c-'0')
		}
		return v
	}
	t = time.Date(n(0, 4), time.Month(n(5, 7)), n(8, 10), n(11, 13), n(14, 16), n(17, 19), n(20, 23)*1e6, time.UTC)
	return t, t.Month() == time.Month(n(5, 7)) && t.Day() == n(8, 10) && n(11, 13) < 24 && n(14, 16) < 60 && n(17, 19) < 60
}

func (a *answer) decodeKeys() error {
	marker, err := decodeKey([]byte(a.keyMarker))
	if err != nil {
		return fmt.Errorf("%w: %w", errNotS3, err)
	}
	a.keyMarker = string(marker)
	for i := range a.rows {
		key, err := decodeKey(a.rows[i].key)
		if err != nil {
			return fmt.Errorf("%w: %w", errNotS3, err)
		}
		a.rows[i].key = key
	}
	return nil
}

// decodeKey undoes encoding-type=url, in place.
func decodeKey(key []byte) ([]byte, error) {
	if bytes.IndexByte(key, '%') < 0 && bytes.IndexByte(key, '+') < 0 {
		return key, nil
	}
	out := key[:0]
	for i := 0; i < len(key); i++ {
		switch c := key[i]; c {
		case '+':
			out = append(out, ' ')
		case '%':
			if i+2 >= len(key) || unhex(key[i+1]) > 15 || unhex(key[i+2]) > 15 {
				return nil, fmt.Errorf("%.40q is not encoded as announced", key[i:])
			}
			out = append(out, unhex(key[i+1])<<4|unhex(key[i+2]))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return out, nil
}

// unhex is the value of a hexadecimal digit; anything above 15 is none.
func unhex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return 255
}
