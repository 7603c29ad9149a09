package buckets

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/minio/minio-go/v7"
)

// regional answers for buckets of which each is in the region of its name's end, in the way that is asked for.
func regional(way string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		bucket := strings.Split(r.URL.Path, "/")[1]
		region := strings.TrimPrefix(bucket, "lake-")
		if strings.Contains(r.Header.Get("Authorization"), "/"+region+"/s3/") {
			_, _ = io.Copy(io.Discard, r.Body)
			w.Header().Set("ETag", `"tag"`)
			w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:10:54 GMT")
			if r.URL.Query().Has("list-type") {
				io.WriteString(w, `<ListBucketResult></ListBucketResult>`)
			}
			return
		}
		body := ""
		switch way {
		case "301":
			w.Header().Set("X-Amz-Bucket-Region", region)
			w.WriteHeader(http.StatusMovedPermanently)
			body = `<Error><Code>PermanentRedirect</Code><Endpoint>lake.s3.` + region + `.amazonaws.com</Endpoint></Error>`
		case "307":
			w.Header().Set("X-Amz-Bucket-Region", region)
			w.Header().Set("Location", "https://elsewhere.example/")
			w.WriteHeader(http.StatusTemporaryRedirect)
		case "400":
			w.Header().Set("X-Amz-Bucket-Region", region)
			w.WriteHeader(http.StatusBadRequest)
		default:
			w.WriteHeader(http.StatusForbidden)
			body = `<Error><Code>` + way + `</Code><Region>` + region + `</Region></Error>`
		}
		if r.Method != http.MethodHead {
			io.WriteString(w, body)
		}
	}
}

// The client learns the region of each bucket.
func TestClient_regionPerBucket(t *testing.T) {
	for _, way := range []string{"301", "307", "400", "AuthorizationHeaderMalformed", "InvalidRegion"} {
		requests := 0
		answer := regional(way)
		c := open(t, func(w http.ResponseWriter, r *http.Request) { requests++; answer(w, r) })
		for _, bucket := range []string{"lake-eu-west-1", "lake-ap-south-2"} {
			if _, err := c.Page(t.Context(), bucket, "", "", 0); err != nil {
				t.Errorf("%s: %s: %v", way, bucket, err)
			}
			if link, err := c.Share(t.Context(), bucket, "a", "", 1e9*60); err != nil || !strings.Contains(link.URL.Reveal(), strings.TrimPrefix(bucket, "lake-")+"%2Fs3") {
				t.Errorf("%s: a link to %s is signed for another region, %v", way, bucket, err)
			}
		}
		if requests != 4 {
			t.Errorf("%s: %d requests", way, requests)
		}
		if _, err := c.Page(t.Context(), "lake-eu-west-1", "", "", 0); err != nil || requests != 5 {
			t.Errorf("%s: learned nothing: %d requests, %v", way, requests, err)
		}
	}
}

// A request with a body cannot be sent again by the network; anyone who has the body makes it again.
func TestClient_repeatsUploadInRegion(t *testing.T) {
	for _, way := range []string{"301", "307", "400"} {
		c := open(t, regional(way))
		for range 2 {
			_, err := c.Core().PutObject(t.Context(), "lake-eu-west-1", "key", strings.NewReader("data"), 4, "", "", minio.PutObjectOptions{DisableContentSha256: true})
			if err != nil {
				t.Errorf("%s: %v", way, err)
			}
		}
		if _, err := c.Core().StatObject(t.Context(), "lake-sa-east-1", "key", minio.StatObjectOptions{}); err != nil {
			t.Errorf("%s: HEAD: %v", way, err)
		}
	}
}

// A request ends although its region changes with every answer.
func TestClient_endlessRegionChanges(t *testing.T) {
	requests := 0
	c := open(t, func(w http.ResponseWriter, _ *http.Request) {
		requests++
		w.Header().Set("X-Amz-Bucket-Region", fmt.Sprint("region-", requests))
		w.WriteHeader(http.StatusMovedPermanently)
	})
	if e := failureOf(t, c); e == nil || requests > 20 {
		t.Errorf("%v after %d requests", e, requests)
	}
}

// Only Amazon has a host for each region.
func TestClient_regionalHosts(t *testing.T) {
	for host, want := range map[string]string{
		"s3.amazonaws.com":               "s3.eu-west-1.amazonaws.com",
		"s3.us-east-1.amazonaws.com":     "s3.eu-west-1.amazonaws.com",
		"s3.amazonaws.com.evil.example":  "s3.amazonaws.com.evil.example",
		"s3.us-east-1.minio.example:443": "s3.us-east-1.minio.example:443",
	} {
		if got := hostIn(host, "us-east-1", "eu-west-1"); got != want {
			t.Errorf("%s became %s", host, got)
		}
	}
}

// A server that refuses the checksum mode is not sent it again.
func TestClient_remembersRefusedChecksumMode(t *testing.T) {
	for _, status := range []int{http.StatusBadRequest, http.StatusNotImplemented} {
		refused := 0
		c := open(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("X-Amz-Checksum-Mode") != "" {
				refused++
				refuse(w, status, "InvalidArgument", "x-amz-checksum-mode")
				return
			}
			w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:10:54 GMT")
			io.WriteString(w, "data")
		})
		for range 3 {
			var opts minio.GetObjectOptions
			opts.Set("x-amz-checksum-mode", "ENABLED")
			body, _, _, err := c.Core().GetObject(t.Context(), "lake", "key", opts)
			if err != nil {
				t.Fatal(err)
			}
			body.Close()
			if _, err := c.Core().StatObject(t.Context(), "lake", "key", minio.StatObjectOptions{Checksum: true}); err != nil {
				t.Error(err)
			}
		}
		if refused != 1 {
			t.Errorf("%d: it was refused %d times", status, refused)
		}
	}
}

// What was refused for another reason is told by its first answer, and nothing is learned from it.
func TestClient_otherErrorsOfChecksumMode(t *testing.T) {
	c := open(t, func(w http.ResponseWriter, _ *http.Request) { refuse(w, 400, "InvalidArgument", "the key is odd") })
	var opts minio.GetObjectOptions
	opts.Set("x-amz-checksum-mode", "ENABLED")
	_, _, _, err := c.Core().GetObject(t.Context(), "lake", "key", opts)
	var response minio.ErrorResponse
	if !errors.As(err, &response) || response.Message != "the key is odd" || c.learned.noChecksumMode.Load() {
		t.Errorf("%v", err)
	}
}

const nginxPage = "<html>\r\n<head><title>%s</title></head>\r\n<body>\r\n<center><h1>%[1]s</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n"

// What a proxy answers is not taken for the word of a storage server.
func TestErrors_proxyPages(t *testing.T) {
	html := func(title string) string { return fmt.Sprintf(nginxPage, title) }
	for _, c := range []struct {
		status        int
		kind, body    string
		code, says    string
		administrator string
	}{
		{413, "text/html", html("413 Request Entity Too Large"), "storage-proxy-size", "413 Request Entity Too Large", "client_max_body_size"},
		{413, "text/plain", "Payload Too Large", "storage-proxy-size", "Payload Too Large", "16 MiB"},
		{413, "", "", "storage-proxy-size", "", "client_max_body_size"},
		{411, "text/html", html("411 Length Required"), "storage-proxy", "411 Length Required", "headers"},
		{431, "text/html", html("431"), "storage-token-too-long", "431", "groups"},
		{400, "text/html", html("400 Request Header Or Cookie Too Large"), "storage-token-too-long", "Cookie Too Large", "large_client_header_buffers"},
		{502, "text/html", html("502 Bad Gateway"), "storage-gateway", "502 Bad Gateway", "timeouts"},
		{503, "text/html", html("503 Service Temporarily Unavailable"), "storage-gateway", "503", "is running"},
		{504, "text/html", html("504 Gateway Time-out"), "storage-gateway", "504", "timeouts"},
		{403, "text/html", html("Attention Required! | Cloudflare"), "storage-proxy", "Cloudflare", "S3"},
		{403, "application/json", `"Forbidden"`, "storage-proxy", "Forbidden", "S3"},
		{405, "text/html", html("405 Not Allowed"), "storage-proxy", "405 Not Allowed", "methods"},
		{407, "text/html", html("407"), "storage-proxy-sign-in", "407", ""},
		{511, "text/html", html("Hotel"), "storage-proxy-sign-in", "Hotel", ""},
		{507, "text/html", html("507 Insufficient Storage"), "storage-full", "", "507"},
		{404, "text/html", html("404 Not Found"), "storage-not-s3", "", "console"},
	} {
		client := open(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", c.kind)
			w.Header().Set("Server", "nginx")
			w.WriteHeader(c.status)
			io.WriteString(w, c.body)
		})
		_, err := client.Core().PutObject(t.Context(), "lake", "key", strings.NewReader("data"), 4, "", "", minio.PutObjectOptions{DisableContentSha256: true})
		var e *Error
		if !errors.As(client.Explain(err, Operation{Name: "upload", Action: "s3:PutObject", Bucket: "lake", Key: "key"}), &e) {
			t.Fatal(err)
		}
		p := e.Problem
		if p.Code != c.code || !strings.Contains(p.English().Detail, c.says) || !strings.Contains(p.English().Admin, c.administrator) || strings.Contains(p.English().Detail+p.English().Admin, pageCode) {
			t.Errorf("%d %s: %+v", c.status, c.says, p)
		}
		checkWords(t, c.says, client, e)
	}
}

// The error of a proxy does not mean that a permission is missing.
func TestErrors_proxyErrorIsNotDenied(t *testing.T) {
	c := open(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusForbidden)
	})
	_, err := c.Core().StatObject(t.Context(), "lake", "key", minio.StatObjectOptions{})
	var e *Error
	if !errors.As(c.Explain(err, Operation{}), &e) || e.Kind != Proxy {
		t.Errorf("%v", err)
	}
}

// An object that is a web page is read as it is.
func TestClient_objectIsWebPage(t *testing.T) {
	c := open(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:10:54 GMT")
		io.WriteString(w, "<html>mine</html>")
	})
	body, _, _, err := c.Core().GetObject(t.Context(), "lake", "index.html", minio.GetObjectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	if got, err := io.ReadAll(body); err != nil || string(got) != "<html>mine</html>" {
		t.Errorf("%q, %v", got, err)
	}
}

// What one client has learned of a server, another knows.
func TestClient_sharesWhatItLearned(t *testing.T) {
	requests := 0
	answer := regional("301")
	one := open(t, func(w http.ResponseWriter, r *http.Request) { requests++; answer(w, r) })
	if _, err := one.Page(t.Context(), "lake-eu-west-1", "", "", 0); err != nil || requests != 2 {
		t.Fatalf("%d requests, %v", requests, err)
	}
	for want, known := range map[int]*Learned{1: one.learned, 2: nil} {
		requests = 0
		other, err := Open(Server{Endpoint: one.base.String(), Learned: known}, one.keys)
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		if _, err := other.Page(t.Context(), "lake-eu-west-1", "", "", 0); err != nil || requests != want {
			t.Errorf("%d requests, want %d, %v", requests, want, err)
		}
	}
}
