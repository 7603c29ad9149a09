package transfer

import (
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets/transfer/remote"
)

func (f *fakeS3) begin(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	id := fmt.Sprint("upload-", len(f.begun)+1) // an ended upload's ID is never used again
	f.uploads[id] = map[int]*fakeObject{}
	f.begun[id] = newObject(nil)
	f.begun[id].takeFacts(r)
	fmt.Fprintf(w, `<InitiateMultipartUploadResult><Bucket>lake</Bucket><Key>x</Key><UploadId>%s</UploadId></InitiateMultipartUploadResult>`, id)
}

func (f *fakeS3) multipart(w http.ResponseWriter, r *http.Request, key string, q url.Values) {
	f.mu.Lock()
	parts := f.uploads[q.Get("uploadId")]
	f.mu.Unlock()
	if parts == nil {
		refuse(w, http.StatusNotFound, "NoSuchUpload")
		return
	}
	switch r.Method {
	case http.MethodPut:
		if o := f.receive(w, r); o != nil {
			n, _ := strconv.Atoi(q.Get("partNumber"))
			f.mu.Lock()
			parts[n] = o
			f.mu.Unlock()
		}
	case http.MethodGet:
		f.listParts(w, parts)
	case http.MethodDelete:
		f.mu.Lock()
		delete(f.uploads, q.Get("uploadId"))
		f.mu.Unlock()
		w.WriteHeader(http.StatusNoContent)
	case http.MethodPost:
		f.complete(w, r, key, parts)
	}
}

func (f *fakeS3) listParts(w http.ResponseWriter, parts map[int]*fakeObject) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fmt.Fprint(w, `<ListPartsResult>`)
	for n := 1; n <= 10000; n++ {
		if o := parts[n]; o != nil {
			fmt.Fprintf(w, `<Part><PartNumber>%d</PartNumber><ETag>%s</ETag><Size>%d</Size><ChecksumCRC32C>%s</ChecksumCRC32C></Part>`, n, o.etag, len(o.data), o.sum)
		}
	}
	fmt.Fprint(w, `</ListPartsResult>`)
}

func (f *fakeS3) complete(w http.ResponseWriter, r *http.Request, key string, parts map[int]*fakeObject) {
	var questions struct{ Part []minio.CompletePart }
	if err := xml.NewDecoder(r.Body).Decode(&questions); err != nil {
		refuse(w, http.StatusBadRequest, "MalformedXML")
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.objects[key] != nil && r.Header.Get("If-None-Match") == "*" {
		refuse(w, http.StatusPreconditionFailed, "PreconditionFailed")
		return
	}
	var data []byte
	for _, p := range questions.Part {
		if o := parts[p.PartNumber]; o != nil && o.etag == p.ETag && (o.sum == p.ChecksumCRC32C || f.noChecksums) {
			data = append(data, o.data...)
			continue
		}
		refuse(w, http.StatusBadRequest, "InvalidPart")
		return
	}
	o := newObject(data)
	whole := o.sum
	if f.compositeOnly {
		whole = compositeOf(questions.Part)
	}
	if want := r.Header.Get("X-Amz-Checksum-Crc32c"); want != whole && !f.noChecksums {
		refuse(w, http.StatusBadRequest, "XAmzContentChecksumMismatch")
		return
	}
	o.etag += "-" + strconv.Itoa(len(questions.Part))
	if b := f.begun[r.URL.Query().Get("uploadId")]; b != nil {
		o.header, o.tags, o.mime = b.header, b.tags, b.mime
	}
	f.store(key, o)
	delete(f.uploads, r.URL.Query().Get("uploadId"))
	fmt.Fprintf(w, `<CompleteMultipartUploadResult><Bucket>lake</Bucket><Key>x</Key><ETag>%s</ETag></CompleteMultipartUploadResult>`, o.etag)
}

// compositeOf is the sum of the sums of parts.
func compositeOf(parts []minio.CompletePart) string {
	h := remote.UploadChecksum.Hasher()
	for _, p := range parts {
		raw, _ := base64.StdEncoding.DecodeString(p.ChecksumCRC32C)
		h.Write(raw)
	}
	return remote.Encode(h)
}

// attributes lists the parts of an object.
func (f *fakeS3) attributes(w http.ResponseWriter, key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	o := f.objects[key]
	w.Header().Set("Last-Modified", o.modified.Format(http.TimeFormat))
	fmt.Fprintf(w, `<GetObjectAttributesResponse><ObjectSize>%d</ObjectSize><ObjectParts><PartsCount>%d</PartsCount>`, len(o.data), len(o.parts))
	for i, p := range o.parts {
		fmt.Fprintf(w, `<Part><PartNumber>%d</PartNumber><Size>%d</Size><ChecksumCRC32C>%s</ChecksumCRC32C></Part>`, i+1, len(p.data), p.sum)
	}
	fmt.Fprint(w, `</ObjectParts></GetObjectAttributesResponse>`)
}
