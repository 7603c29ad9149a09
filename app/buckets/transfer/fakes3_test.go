package transfer

import (
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"daypass/app/buckets/transfer/remote"
)

// fakeS3 is a storage server in memory that takes every name and fails as the test says.
type fakeS3 struct {
	*httptest.Server
	mu      sync.Mutex
	objects map[string]*fakeObject // by key; there is one bucket
	uploads map[string]map[int]*fakeObject
	// begun has the metadata that each upload was begun with, also of those that have ended.
	begun map[string]*fakeObject
	log   []string
	// fault looks at each request first; it answers and reports true where it is its turn.
	fault func(w http.ResponseWriter, r *http.Request) bool
	// noChecksums makes it a server that knows none.
	noChecksums bool
	// compositeOnly makes it one that compares the checksum at the end of an upload with that of the parts' checksums.
	compositeOnly bool
	// clock, where it is set, is when everything is written.
	clock time.Time
}

type fakeObject struct {
	data      []byte
	etag      string
	sum, kind string // CRC32C; FULL_OBJECT or COMPOSITE
	parts     []*fakeObject
	modified  time.Time
	mime      string
	// header are the facts that came with it, and tags its tags.
	header http.Header
	tags   string
}

const fakeBucket = "lake"

func newFakeS3(t *testing.T) *fakeS3 {
	t.Helper()
	f := &fakeS3{objects: map[string]*fakeObject{}, uploads: map[string]map[int]*fakeObject{}, begun: map[string]*fakeObject{}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func newObject(data []byte) *fakeObject {
	sum := md5.Sum(data)
	h := remote.UploadChecksum.Hasher()
	h.Write(data)
	return &fakeObject{
		data: data, etag: hex.EncodeToString(sum[:]), modified: time.Now().UTC().Truncate(time.Second),
		sum: base64.StdEncoding.EncodeToString(h.Sum(nil)), kind: "FULL_OBJECT",
	}
}

// has puts an object there that is an hour old.
func (f *fakeS3) has(key string, data []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.objects[key] = newObject(data)
	f.objects[key].modified = f.objects[key].modified.Add(-time.Hour)
}

// store puts an object there that was written now. The caller holds the lock.
func (f *fakeS3) store(key string, o *fakeObject) {
	if !f.clock.IsZero() {
		o.modified = f.clock
	}
	f.objects[key] = o
}

func (f *fakeS3) get(key string) (string, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	o := f.objects[key]
	if o == nil {
		return "", false
	}
	return string(o.data), true
}

func (f *fakeS3) keys() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var keys []string
	for k := range f.objects {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// requests counts the requests that began so.
func (f *fakeS3) requests(start string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, line := range f.log {
		if strings.HasPrefix(line, start) {
			n++
		}
	}
	return n
}

func (f *fakeS3) failWith(fault func(w http.ResponseWriter, r *http.Request) bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fault = fault
}

// ServeHTTP implements http.Handler.
func (f *fakeS3) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw := strings.TrimPrefix(r.URL.EscapedPath(), "/"+fakeBucket)
	key, err := url.PathUnescape(strings.TrimPrefix(raw, "/"))
	if err != nil {
		refuse(w, http.StatusBadRequest, "InvalidURI")
		return
	}
	f.mu.Lock()
	f.log = append(f.log, r.Method+" "+key+" "+r.Header.Get("Range"))
	fault := f.fault
	f.mu.Unlock()
	if fault != nil && fault(w, r) {
		return
	}
	q := r.URL.Query()
	switch {
	case key == "" && q.Has("location"):
		io.WriteString(w, `<LocationConstraint></LocationConstraint>`)
	case key == "":
		f.list(w, q)
	case q.Has("uploads"):
		f.begin(w, r)
	case q.Has("attributes"):
		f.attributes(w, key)
	case q.Has("uploadId"):
		f.multipart(w, r, key, q)
	case q.Has("tagging"):
		f.tagging(w, key)
	case r.Method == http.MethodDelete:
		f.mu.Lock()
		delete(f.objects, key)
		f.mu.Unlock()
		w.WriteHeader(http.StatusNoContent)
	case r.Method == http.MethodPut:
		f.put(w, r, key)
	default:
		f.read(w, r, key)
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, `<Error><Code>%s</Code><Message>%s</Message></Error>`, code, code)
}

func (f *fakeS3) list(w http.ResponseWriter, q url.Values) {
	const most = 1000
	token, _ := hex.DecodeString(q.Get("continuation-token"))
	after := max(q.Get("start-after"), string(token))
	fmt.Fprint(w, `<ListBucketResult><EncodingType>url</EncodingType>`)
	n, last := 0, ""
	for _, key := range f.keys() {
		if !strings.HasPrefix(key, q.Get("prefix")) || key <= after {
			continue
		}
		if n++; n > most {
			fmt.Fprintf(w, `<IsTruncated>true</IsTruncated><NextContinuationToken>%s</NextContinuationToken>`, hex.EncodeToString([]byte(last)))
			break
		}
		last = key
		f.mu.Lock()
		o := f.objects[key]
		fmt.Fprintf(w, `<Contents><Key>%s</Key><LastModified>%s</LastModified><Size>%d</Size></Contents>`,
			url.QueryEscape(key), o.modified.Format("2006-01-02T15:04:05.000Z"), len(o.data))
		f.mu.Unlock()
	}
	fmt.Fprint(w, `</ListBucketResult>`)
}

func (f *fakeS3) read(w http.ResponseWriter, r *http.Request, key string) {
	f.mu.Lock()
	o := f.objects[key]
	f.mu.Unlock()
	if o == nil {
		refuse(w, http.StatusNotFound, "NoSuchKey")
		return
	}
	if match := r.Header.Get("If-Match"); match != "" && strings.Trim(match, `"`) != o.etag {
		refuse(w, http.StatusPreconditionFailed, "PreconditionFailed")
		return
	}
	h := w.Header()
	for name, values := range o.header {
		h[name] = values
	}
	if o.tags != "" {
		h.Set("X-Amz-Tagging-Count", "1")
	}
	h.Set("ETag", `"`+o.etag+`"`)
	h.Set("Last-Modified", o.modified.Format(http.TimeFormat))
	data, status := o.data, http.StatusOK
	if rng, ranged := strings.CutPrefix(r.Header.Get("Range"), "bytes="); ranged {
		from, to, _ := strings.Cut(rng, "-")
		a, _ := strconv.Atoi(from)
		b, _ := strconv.Atoi(to)
		b = min(b, len(data)-1)
		h.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", a, b, len(data)))
		data, status = data[a:b+1], http.StatusPartialContent
	} else if r.Header.Get("X-Amz-Checksum-Mode") != "" && o.sum != "" && !f.noChecksums {
		h.Set("X-Amz-Checksum-Crc32c", o.sum)
		h.Set("X-Amz-Checksum-Type", o.kind)
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(data)
	}
}

// receive reads a body and checks the sum that came with it.
func (f *fakeS3) receive(w http.ResponseWriter, r *http.Request) *fakeObject {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return nil
	}
	o := newObject(data)
	o.takeFacts(r)
	if want := r.Header.Get("X-Amz-Checksum-Crc32c"); want != "" && want != o.sum {
		refuse(w, http.StatusBadRequest, "XAmzContentChecksumMismatch")
		return nil
	}
	w.Header().Set("ETag", `"`+o.etag+`"`)
	return o
}

// takeFacts notes what comes with an object besides its content.
func (o *fakeObject) takeFacts(r *http.Request) {
	o.mime, o.tags, o.header = r.Header.Get("Content-Type"), r.Header.Get("X-Amz-Tagging"), http.Header{}
	for name, values := range r.Header {
		if strings.HasPrefix(name, "X-Amz-Meta-") || slices.Contains([]string{"X-Amz-Storage-Class", "Content-Encoding", "Cache-Control", "Content-Disposition", "Content-Type"}, name) {
			o.header[name] = values
		}
	}
}

// tagging serves the tags of an object.
func (f *fakeS3) tagging(w http.ResponseWriter, key string) {
	f.mu.Lock()
	tags, _ := url.ParseQuery(f.objects[key].tags)
	f.mu.Unlock()
	fmt.Fprint(w, `<Tagging><TagSet>`)
	for name := range tags {
		fmt.Fprintf(w, `<Tag><Key>%s</Key><Value>%s</Value></Tag>`, name, tags.Get(name))
	}
	fmt.Fprint(w, `</TagSet></Tagging>`)
}

func (f *fakeS3) put(w http.ResponseWriter, r *http.Request, key string) {
	f.mu.Lock()
	exists := f.objects[key] != nil
	f.mu.Unlock()
	if exists && r.Header.Get("If-None-Match") == "*" {
		refuse(w, http.StatusPreconditionFailed, "PreconditionFailed")
		return
	}
	if o := f.receive(w, r); o != nil {
		f.mu.Lock()
		f.store(key, o)
		f.mu.Unlock()
	}
}
