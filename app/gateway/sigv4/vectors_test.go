package sigv4

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"daypass/auth/secret"
)

// The requests of AWS's test suite have the signatures that they should have. They are for no service in particular,
// so that the service is not read from them.
func TestVerify_awsTestSuite(t *testing.T) {
	text, err := os.ReadFile("testdata/aws-signing-test-suite.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimSpace(line), "\t")
		t.Run(fields[0], func(t *testing.T) {
			s := suiteRequest(t, fields[1], fields[2], fields[3])
			s.Payload = fields[4]
			canonical, err := s.canonical()
			if err != nil {
				t.Fatal(err)
			}
			key := deriveKey("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", s.scope)
			if got := sign(key, s.stringToSign(canonical)); got != s.signature {
				t.Errorf("the signature is %s, want %s\n%s", got, s.signature, canonical)
			}
		})
	}
}

func suiteRequest(t *testing.T, method, target, headers string) *Request {
	t.Helper()
	u, err := url.ParseRequestURI(target)
	if err != nil {
		t.Fatal(err)
	}
	r := &http.Request{Method: method, URL: u, Header: http.Header{}, ContentLength: -1}
	var pairs [][2]string
	if err := json.Unmarshal([]byte(headers), &pairs); err != nil {
		t.Fatal(err)
	}
	for _, h := range pairs {
		if h[0] == "Host" {
			r.Host = h[1]
			continue
		}
		r.Header.Add(h[0], h[1])
	}
	s := &Request{http: r, query: u.Query(), scope: scope{"20150830", "us-east-1", "service"}}
	names, signature := s.query.Get("X-Amz-SignedHeaders"), s.query.Get("X-Amz-Signature")
	s.date = s.query.Get("X-Amz-Date")
	if _, rest, found := strings.Cut(r.Header.Get("Authorization"), algorithm+" "); found {
		fields, _ := readFields(rest)
		names, signature, s.date = fields["SignedHeaders"], fields["Signature"], r.Header.Get("X-Amz-Date")
	}
	if !s.readSignedHeaders(names) || !s.readSignature(signature) {
		t.Fatalf("%q %q", names, signature)
	}
	return s
}

const (
	exampleID     = "AKIAIOSFODNN7EXAMPLE"
	exampleSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	emptyHash     = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

var exampleTime = time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC)

// exampleAuthorization is the header of the examples in Amazon's S3 API reference.
func exampleAuthorization(headers, signature string) string {
	return "AWS4-HMAC-SHA256 Credential=" + exampleID + "/20130524/us-east-1/s3/aws4_request, SignedHeaders=" + headers + ", Signature=" + signature
}

func request(method, target, host string, headers ...string) *http.Request {
	u, err := url.ParseRequestURI(target)
	if err != nil {
		panic(err)
	}
	r := &http.Request{Method: method, URL: u, Host: host, Header: http.Header{}, Body: http.NoBody}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

// verified reads and verifies a request of the examples.
func verified(r *http.Request, now time.Time) (Verified, error) {
	s, err := Read(r)
	if err != nil {
		return Verified{}, err
	}
	return s.Verify(secret.New(exampleSecret), now)
}

// The examples of Amazon's S3 API reference are verified.
func TestVerify_s3Reference(t *testing.T) {
	const host, date = "examplebucket.s3.amazonaws.com", "20130524T000000Z"
	tests := map[string]*http.Request{
		"GET Object": request("GET", "/test.txt", host, "Range", "bytes=0-9", "X-Amz-Content-Sha256", emptyHash, "X-Amz-Date", date,
			"Authorization", exampleAuthorization("host;range;x-amz-content-sha256;x-amz-date", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")),
		"PUT Object": request("PUT", "/test%24file.text", host, "Date", "Fri, 24 May 2013 00:00:00 GMT", "X-Amz-Date", date, "X-Amz-Storage-Class", "REDUCED_REDUNDANCY",
			"X-Amz-Content-Sha256", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
			"Authorization", exampleAuthorization("date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")),
		"GET Bucket lifecycle": request("GET", "/?lifecycle", host, "X-Amz-Content-Sha256", emptyHash, "X-Amz-Date", date,
			"Authorization", exampleAuthorization("host;x-amz-content-sha256;x-amz-date", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")),
		"List Objects": request("GET", "/?max-keys=2&prefix=J", host, "X-Amz-Content-Sha256", emptyHash, "X-Amz-Date", date,
			"Authorization", exampleAuthorization("host;x-amz-content-sha256;x-amz-date", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")),
		"presigned": request("GET", "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"+
			"&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404", host),
	}
	for name, r := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := verified(r, exampleTime); err != nil {
				t.Error(err)
			}
		})
	}
}

// chunkedExample is the upload of 66,560 letters in chunks of the reference, with or without a trailer.
func chunkedExample(trailer bool) *http.Request {
	r := request("PUT", "/examplebucket/chunkObject.txt", "s3.amazonaws.com", "Content-Encoding", "aws-chunked", "X-Amz-Date", "20130524T000000Z",
		"X-Amz-Decoded-Content-Length", "66560", "X-Amz-Storage-Class", "REDUCED_REDUNDANCY")
	signatures, end := [3]string{
		"ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648", "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
		"b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
	}, ""
	if trailer {
		r.Header.Set("X-Amz-Content-Sha256", StreamingPayloadTrailer)
		r.Header.Set("X-Amz-Trailer", "x-amz-checksum-crc32c")
		r.Header.Set("Authorization", exampleAuthorization("content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer",
			"106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"))
		signatures = [3]string{
			"b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2", "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
			"2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
		}
		end = "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n"
	} else {
		r.Header.Set("X-Amz-Content-Sha256", StreamingPayload)
		r.Header.Set("Content-Length", "66824")
		r.ContentLength = 66824
		r.Header.Set("Authorization", exampleAuthorization("content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
			"4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"))
	}
	var body bytes.Buffer
	for i, size := range []int{65536, 1024} {
		body.WriteString(map[int]string{65536: "10000", 1024: "400"}[size] + ";chunk-signature=" + signatures[i] + "\r\n" + strings.Repeat("a", size) + "\r\n")
	}
	body.WriteString("0;chunk-signature=" + signatures[2] + "\r\n" + end + "\r\n")
	r.Body = io.NopCloser(&body)
	return r
}

// The chunked examples of the reference are decoded and verified, however little is read at a time.
func TestChunks_s3Reference(t *testing.T) {
	for name, trailer := range map[string]bool{"signed chunks": false, "signed chunks and trailer": true} {
		for _, step := range []int{1, 7, 1000, 1 << 20} {
			r := chunkedExample(trailer)
			v, err := verified(r, exampleTime)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			chunks, err := v.Chunks(r.Body)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got, err := readInSteps(chunks, step)
			if err != nil || string(got) != strings.Repeat("a", 66560) {
				t.Errorf("%s by %d: %d bytes, %v", name, step, len(got), err)
			}
			if trailer && (len(chunks.Trailers()) != 1 || chunks.Trailers()[0] != Trailer{"x-amz-checksum-crc32c", "sOO8/Q=="}) {
				t.Errorf("%s: %v", name, chunks.Trailers())
			}
		}
	}
}

func readInSteps(r io.Reader, step int) (all []byte, err error) {
	buffer := make([]byte, step)
	for {
		n, err := r.Read(buffer)
		all = append(all, buffer[:n]...)
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
	}
}

// A verified body is sent on with chunks that are not signed, and the trailer that came with it.
func TestUnsigned_form(t *testing.T) {
	r := chunkedExample(true)
	v, err := verified(r, exampleTime)
	if err != nil {
		t.Fatal(err)
	}
	chunks, err := v.Chunks(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(chunks.Unsigned())
	want := "10000\r\n" + strings.Repeat("a", 65536) + "\r\n400\r\n" + strings.Repeat("a", 1024) + "\r\n0\r\nx-amz-checksum-crc32c:sOO8/Q==\r\n\r\n"
	if err != nil || string(got) != want {
		t.Errorf("%d bytes, want %d; %v", len(got), len(want), err)
	}
}
