package buckets

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/minio/minio-go/v7/pkg/signer"
)

// wire is the network of a client. It makes up for what servers differ in: a request for a bucket in another region is
// signed and made again, one that asks for checksums without success is made without, and the page of a proxy becomes a
// error that says so.
type wire struct {
	next    *http.Transport
	keys    CredentialSource
	learned *Learned
}

// errRepeat is a request that was refused for a reason that is known now; the same request may work.
var errRepeat = errors.New("the storage server named another region for the bucket")

const checksumMode = "X-Amz-Checksum-Mode"

// RoundTrip implements http.RoundTripper.
func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	bucket, _, _ := strings.Cut(strings.TrimPrefix(req.URL.Path, "/"), "/")
	for {
		sent, err := w.prepare(req, bucket)
		if err != nil {
			return nil, err
		}
		res, err := w.next.RoundTrip(sent)
		if err != nil || res.StatusCode < http.StatusMultipleChoices || res.StatusCode == http.StatusNotModified {
			return res, err
		}
		w.learned.learnRetry(res, time.Now())
		body, err := takeBody(res)
		switch {
		case err != nil:
			return nil, err
		case w.learnsRegion(bucket, sent, res, body) && req.Body == nil:
			continue
		case w.learned.region(bucket) != "" && w.learned.region(bucket) != signedRegion(sent):
			return nil, errRepeat
		case sent.Header.Get(checksumMode) != "" && (res.StatusCode == http.StatusBadRequest || res.StatusCode == http.StatusNotImplemented):
			return w.withoutChecksumMode(req, bucket, res)
		}
		explainPage(req, res, body)
		return res, nil
	}
}

// CloseIdleConnections closes what http.Client.CloseIdleConnections asks for.
func (w *wire) CloseIdleConnections() { w.next.CloseIdleConnections() }

// takeBody reads the beginning of an error, which stays readable.
func takeBody(res *http.Response) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(res.Body, maxErrorBody))
	_ = res.Body.Close()
	res.Body = io.NopCloser(bytes.NewReader(body))
	return body, err
}

// prepare returns the request as the server is known to want it.
func (w *wire) prepare(req *http.Request, bucket string) (*http.Request, error) {
	region, signed := w.learned.region(bucket), signedRegion(req)
	mode := req.Header.Get(checksumMode) != "" && w.learned.noChecksumMode.Load()
	if signed == "" || (region == "" || region == signed) && !mode {
		return req, nil
	}
	out := req.Clone(req.Context())
	if mode {
		out.Header.Del(checksumMode)
	}
	if region == "" {
		region = signed
	}
	out.URL.Host = hostIn(out.URL.Host, signed, region)
	return w.sign(out, region)
}

// sign signs a request for a region, in place of the signature that it has. One whose body is signed piece by piece stays as it is.
func (w *wire) sign(req *http.Request, region string) (*http.Request, error) {
	if strings.HasPrefix(req.Header.Get("X-Amz-Content-Sha256"), "STREAMING-AWS4-") {
		return req, nil
	}
	keys, err := provider{w.keys}.get(req.Context())
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token"} {
		req.Header.Del(name)
	}
	req.Host = ""
	return signer.SignV4(*req, keys.AccessKeyID, keys.SecretAccessKey, keys.SessionToken, region), nil
}

// signedRegion returns the region that a request is signed for; empty where it is not signed.
func signedRegion(req *http.Request) string {
	_, scope, _ := strings.Cut(req.Header.Get("Authorization"), "Credential=")
	if parts := strings.Split(scope, "/"); len(parts) > 4 { // access key ID, date, region, service and the end
		return parts[len(parts)-3]
	}
	return ""
}

// regionCodes are errors that are about the region, whatever their status is.
var regionCodes = map[string]bool{
	"AuthorizationHeaderMalformed": true, "InvalidRegion": true, "PermanentRedirect": true, "TemporaryRedirect": true, "Redirect": true,
}

// learnsRegion takes over the region that an error names, and reports whether it is news.
func (w *wire) learnsRegion(bucket string, sent *http.Request, res *http.Response, body []byte) bool {
	var response struct{ Code, Region string }
	_ = xml.Unmarshal(body, &response)
	switch res.StatusCode {
	case http.StatusMovedPermanently, http.StatusTemporaryRedirect, http.StatusBadRequest:
	default:
		if !regionCodes[response.Code] {
			return false
		}
	}
	named := response.Region
	if named == "" {
		named = res.Header.Get("X-Amz-Bucket-Region")
	}
	return w.learned.learnRegion(bucket, named, signedRegion(sent))
}

// withoutChecksumMode makes a request again that may have been refused for asking for checksums. Where it was, the
// server is not asked for them again.
func (w *wire) withoutChecksumMode(req *http.Request, bucket string, refused *http.Response) (*http.Response, error) {
	out := req.Clone(req.Context())
	out.Header.Del(checksumMode)
	out, err := w.sign(out, signedRegion(req))
	if err != nil {
		return nil, err
	}
	if out, err = w.prepare(out, bucket); err != nil {
		return nil, err
	}
	res, err := w.next.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	if res.StatusCode == refused.StatusCode {
		_ = res.Body.Close()
		return refused, nil
	}
	w.learned.noChecksumMode.Store(true)
	return res, nil
}

// pageCode is the code of an error that does not come from a storage server.
const pageCode = "DaypassForeignAnswer"

// explainPage turns the answer of something between here and the storage server into an error, with the words
// that the page has for a user.
func explainPage(req *http.Request, res *http.Response, body []byte) {
	text := bytes.TrimSpace(body)
	kind := res.Header.Get("Content-Type")
	switch {
	case len(text) == 0 && (req.Method != http.MethodHead || !strings.HasPrefix(kind, "text/html") || res.StatusCode == http.StatusNotFound):
		return
	case bytes.HasPrefix(text, []byte("<?xml")), bytes.HasPrefix(text, []byte("<Error")):
		return
	}
	message := pageTitle(text)
	if message == "" {
		message = res.Status
	}
	if by := res.Header.Get("Server"); by != "" {
		message += " (" + by + ")"
	}
	var page bytes.Buffer
	page.WriteString("<Error><Code>" + pageCode + "</Code><Message>")
	_ = xml.EscapeText(&page, []byte(message))
	page.WriteString("</Message></Error>")
	res.Header.Set("X-Minio-Error-Code", pageCode)
	res.Header.Set("X-Minio-Error-Desc", message)
	res.ContentLength = int64(page.Len())
	res.Body = io.NopCloser(&page)
}

// maxTitle is how much is repeated of a page that has no title.
const maxTitle = 200

// pageTitle returns the title of an HTML page, or the beginning of a text that is none.
func pageTitle(text []byte) string {
	lower := bytes.ToLower(text)
	if from := bytes.Index(lower, []byte("<title>")); from >= 0 {
		if length := bytes.Index(lower[from:], []byte("</title>")); length >= 0 {
			return strings.Join(strings.Fields(string(text[from+len("<title>"):from+length])), " ")
		}
	}
	if bytes.HasPrefix(text, []byte("<")) {
		return ""
	}
	return strings.ToValidUTF8(string(text[:min(len(text), maxTitle)]), "")
}
