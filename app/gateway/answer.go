package gateway

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// maxErrorBody is how much is read of an error.
const maxErrorBody = 64 << 10

// foreignHeaders are headers of an answer that mean the server's own address, or a browser.
var foreignHeaders = []string{
	"Set-Cookie", "Alt-Svc", "Strict-Transport-Security", "Www-Authenticate", "Proxy-Authenticate", "Refresh", "Clear-Site-Data", "Server-Timing",
}

// filter makes an answer of the server's one that holds nothing of the credentials.
func (f forwarding) filter(res *http.Response) error {
	for _, name := range foreignHeaders {
		res.Header.Del(name)
	}
	for name, values := range res.Header {
		if strings.HasPrefix(name, "Access-Control-") || f.hasSecret(strings.Join(values, "\n")) {
			res.Header.Del(name)
		}
	}
	protect(res.Header)
	if res.StatusCode < http.StatusMultipleChoices || res.StatusCode == http.StatusNotModified {
		return nil
	}
	if res.StatusCode < http.StatusBadRequest {
		res.Header.Del("Location") // the program would sign for, and send its body to, a server that is not its own
	}
	if res.Request.ContentLength != 0 {
		res.Header.Set("Connection", "close") // its body may not be over: see drain
	}
	return f.filterError(res)
}

// filterError replaces the body of an error by what is known of errors of S3.
func (f forwarding) filterError(res *http.Response) error {
	if res.Request.Method == http.MethodHead || res.Body == http.NoBody {
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(res.Body, maxErrorBody))
	_ = res.Body.Close()
	if err != nil {
		return err
	}
	var e errorXML
	if xml.Unmarshal(text, &e) != nil || e.Code == "" { // of a proxy on the way
		e = errorXML{Code: "ServiceUnavailable", Message: "Daypass: something on the way to the storage server answered with " + res.Status + "."}
	}
	for _, field := range []*string{&e.Code, &e.Message, &e.Key, &e.BucketName, &e.VersionID, &e.Resource, &e.Region, &e.Condition, &e.RequestID, &e.HostID} {
		if f.hasSecret(*field) {
			*field = ""
		}
	}
	answer := e.bytes()
	res.Body = io.NopCloser(bytes.NewReader(answer))
	res.ContentLength = int64(len(answer))
	res.TransferEncoding, res.Trailer = nil, nil
	res.Header.Set("Content-Length", strconv.Itoa(len(answer)))
	res.Header.Set("Content-Type", "application/xml")
	res.Header.Del("Content-Encoding")
	return nil
}

// hasSecret reports whether a text holds something of the credentials.
func (f forwarding) hasSecret(text string) bool {
	for _, part := range []string{f.access.AccessKeyID, f.access.SecretAccessKey.Reveal(), f.access.SessionToken.Reveal()} {
		if part != "" && strings.Contains(text, part) {
			return true
		}
	}
	return false
}
