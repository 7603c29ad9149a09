package sigv4

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// good is a request by header that is verified as it is.
func good() *http.Request {
	return request("GET", "/?max-keys=2&prefix=J", "examplebucket.s3.amazonaws.com", "X-Amz-Content-Sha256", emptyHash, "X-Amz-Date", "20130524T000000Z",
		"Authorization", exampleAuthorization("host;x-amz-content-sha256;x-amz-date", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"))
}

// goodLink is a presigned request that is verified as it is.
func goodLink() *http.Request {
	return request("GET", "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"+
		"&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
		"examplebucket.s3.amazonaws.com")
}

func replaceAuthorization(from, to string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), from, to, 1))
	}
}

func replaceQuery(from, to string) func(*http.Request) {
	return func(r *http.Request) { r.URL.RawQuery = strings.Replace(r.URL.RawQuery, from, to, 1) }
}

// Whatever is changed of a signed request, it is refused.
func TestRule49_changedRequestIsRefused(t *testing.T) {
	tests := map[string]struct {
		change func(*http.Request)
		want   *Error
	}{
		"method":                    {func(r *http.Request) { r.Method = "DELETE" }, ErrSignature},
		"path":                      {func(r *http.Request) { r.URL.Path = "/x" }, ErrSignature},
		"path not UTF-8":            {func(r *http.Request) { r.URL.Path = "/\xff" }, ErrURI},
		"no path":                   {func(r *http.Request) { r.URL.Path = "*" }, ErrURI},
		"query":                     {replaceQuery("max-keys=2", "max-keys=3"), ErrSignature},
		"parameter added":           {func(r *http.Request) { r.URL.RawQuery += "&x=" }, ErrSignature},
		"parameter twice":           {func(r *http.Request) { r.URL.RawQuery += "&prefix=J" }, ErrSignature},
		"query that cannot be read": {func(r *http.Request) { r.URL.RawQuery += "&%zz" }, ErrURI},
		"host":                      {func(r *http.Request) { r.Host = "other.s3.amazonaws.com" }, ErrSignature},
		"date":                      {func(r *http.Request) { r.Header.Set("X-Amz-Date", "20130524T000001Z") }, ErrSignature},
		"date of another day":       {func(r *http.Request) { r.Header.Set("X-Amz-Date", "20130525T000000Z") }, ErrDate},
		"no date":                   {func(r *http.Request) { r.Header.Del("X-Amz-Date") }, ErrDate},
		"date twice":                {func(r *http.Request) { r.Header.Add("X-Amz-Date", "20130524T000000Z") }, ErrDate},
		"hash":                      {func(r *http.Request) { r.Header.Set("X-Amz-Content-Sha256", strings.Repeat("0", 64)) }, ErrSignature},
		"no hash":                   {func(r *http.Request) { r.Header.Del("X-Amz-Content-Sha256") }, ErrPayload},
		"unsigned instead of hash":  {func(r *http.Request) { r.Header.Set("X-Amz-Content-Sha256", UnsignedPayload) }, ErrSignature},
		"hash of another kind": {func(r *http.Request) {
			r.Header.Set("X-Amz-Content-Sha256", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD")
		}, ErrPayload},
		"header that is not signed":   {func(r *http.Request) { r.Header.Set("X-Amz-Acl", "public-read") }, ErrUnsignedHeader},
		"session token":               {func(r *http.Request) { r.Header.Set("X-Amz-Security-Token", "x") }, ErrSessionToken},
		"no Authorization":            {func(r *http.Request) { r.Header.Del("Authorization") }, ErrUnsigned},
		"Authorization twice":         {func(r *http.Request) { r.Header.Add("Authorization", r.Header.Get("Authorization")) }, ErrTwice},
		"empty Authorization":         {func(r *http.Request) { r.Header.Set("Authorization", "") }, ErrAlgorithm},
		"Basic":                       {func(r *http.Request) { r.Header.Set("Authorization", "Basic QUtJRDp4") }, ErrAlgorithm},
		"Signature Version 2":         {func(r *http.Request) { r.Header.Set("Authorization", "AWS AKID:c2ln") }, ErrAlgorithm},
		"Signature Version 4A":        {replaceAuthorization("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"), ErrAlgorithm},
		"also in the query":           {func(r *http.Request) { r.URL.RawQuery += "&X-Amz-Signature=" + strings.Repeat("0", 64) }, ErrTwice},
		"in the query, in lower case": {func(r *http.Request) { r.URL.RawQuery += "&x-amz-credential=x" }, ErrTwice},
		"no signature":                {replaceAuthorization("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7", ""), ErrHeader},
		"signature of zeros":          {replaceAuthorization("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7", strings.Repeat("0", 64)), ErrSignature},
		"last digit":                  {replaceAuthorization("dc6f7", "dc6f6"), ErrSignature},
		"first digit":                 {replaceAuthorization("Signature=3", "Signature=2"), ErrSignature},
		"cut":                         {replaceAuthorization("dc6f7", "dc6f"), ErrHeader},
		"longer":                      {replaceAuthorization("dc6f7", "dc6f70"), ErrHeader},
		"in capitals":                 {replaceAuthorization("dc6f7", "DC6F7"), ErrHeader},
		"another region":              {replaceAuthorization("us-east-1", "us-east-2"), ErrSignature},
		"no region":                   {replaceAuthorization("us-east-1", ""), ErrHeader},
		"another service":             {replaceAuthorization("/s3/", "/sts/"), ErrHeader},
		"another end":                 {replaceAuthorization("aws4_request", "aws4_requests"), ErrHeader},
		"another day":                 {replaceAuthorization("20130524", "20130525"), ErrDate},
		"key with a slash":            {replaceAuthorization(exampleID, exampleID+"/x"), ErrHeader},
		"no key":                      {replaceAuthorization(exampleID, ""), ErrHeader},
		"host not signed":             {replaceAuthorization("host;", ""), ErrHeader},
		"headers out of order":        {replaceAuthorization("host;x-amz-content-sha256;x-amz-date", "x-amz-content-sha256;host;x-amz-date"), ErrHeader},
		"header twice":                {replaceAuthorization("host;", "host;host;"), ErrHeader},
		"header in capitals":          {replaceAuthorization("host;", "Host;"), ErrHeader},
		"header that is not there":    {replaceAuthorization("host;", "host;range;"), ErrSignature},
		"field twice":                 {replaceAuthorization("Signature=", "Signature="+strings.Repeat("0", 64)+", Signature="), ErrHeader},
		"field of another kind":       {replaceAuthorization("Signature=", "X=1, Signature="), ErrHeader},
	}
	if _, err := verified(good(), exampleTime); err != nil {
		t.Fatal(err)
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := good()
			tt.change(r)
			if _, err := verified(r, exampleTime); err != tt.want {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

// Whatever is changed of a presigned URL, it is refused.
func TestRule49_changedLinkIsRefused(t *testing.T) {
	tests := map[string]struct {
		change func(*http.Request)
		want   *Error
	}{
		"path":                  {func(r *http.Request) { r.URL.Path = "/other" }, ErrSignature},
		"method":                {func(r *http.Request) { r.Method = "PUT" }, ErrSignature},
		"signature":             {replaceQuery("f604d404", "f604d405"), ErrSignature},
		"longer expiry":         {replaceQuery("Expires=86400", "Expires=86401"), ErrSignature},
		"expiry of two weeks":   {replaceQuery("Expires=86400", "Expires=1209600"), ErrQuery},
		"no expiry":             {replaceQuery("&X-Amz-Expires=86400", ""), ErrQuery},
		"negative expiry":       {replaceQuery("Expires=86400", "Expires=-1"), ErrQuery},
		"expiry that overflows": {replaceQuery("Expires=86400", "Expires=9223372036854775807"), ErrQuery},
		"parameter added":       {func(r *http.Request) { r.URL.RawQuery += "&response-content-type=text/html" }, ErrSignature},
		"parameter twice":       {func(r *http.Request) { r.URL.RawQuery += "&X-Amz-Expires=86400" }, ErrQuery},
		"parameter misspelled":  {replaceQuery("X-Amz-Expires", "x-amz-expires"), ErrQuery},
		"session token":         {func(r *http.Request) { r.URL.RawQuery += "&X-Amz-Security-Token=x" }, ErrSessionToken},
		"header not signed":     {func(r *http.Request) { r.Header.Set("X-Amz-Content-Sha256", emptyHash) }, ErrUnsignedHeader},
		"chunks":                {func(r *http.Request) { r.URL.RawQuery += "&X-Amz-Content-Sha256=" + StreamingPayload }, ErrPayload},
		"algorithm":             {replaceQuery("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1"), ErrAlgorithm},
		"no algorithm":          {replaceQuery("X-Amz-Algorithm=AWS4-HMAC-SHA256&", ""), ErrAlgorithm},
		"also by header":        {func(r *http.Request) { r.Header.Set("Authorization", good().Header.Get("Authorization")) }, ErrTwice},
		"date that is none":     {replaceQuery("20130524T000000Z", "20130524T00000Z"), ErrQuery},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := goodLink()
			tt.change(r)
			if _, err := verified(r, exampleTime); err != tt.want {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

// A request is good for 15 minutes around its date, a link until its expiry.
func TestRule49_replayIsRefused(t *testing.T) {
	tests := map[string]struct {
		of    func() *http.Request
		after time.Duration
		want  error
	}{
		"at once":                  {good, 0, nil},
		"after 15 minutes":         {good, MaxSkew, nil},
		"later":                    {good, MaxSkew + time.Second, ErrSkew},
		"a year later":             {good, 365 * 24 * time.Hour, ErrSkew},
		"15 minutes before":        {good, -MaxSkew, nil},
		"earlier":                  {good, -MaxSkew - time.Second, ErrSkew},
		"link at its end":          {goodLink, 24 * time.Hour, nil},
		"link after its end":       {goodLink, 24*time.Hour + time.Second, ErrExpired},
		"link 15 minutes before":   {goodLink, -MaxSkew, nil},
		"link earlier than it was": {goodLink, -MaxSkew - time.Second, ErrExpired},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := verified(tt.of(), exampleTime.Add(tt.after))
			if !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

// spoiled reads the chunked example after its body was changed.
func spoiled(t *testing.T, trailer bool, change func(body string) string) ([]byte, error) {
	t.Helper()
	r := chunkedExample(trailer)
	v, err := verified(r, exampleTime)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	chunks, err := v.Chunks(strings.NewReader(change(string(text))))
	if err != nil {
		t.Fatal(err)
	}
	return io.ReadAll(chunks)
}

func substitute(from, to string) func(string) string {
	return func(body string) string {
		if !strings.Contains(body, from) {
			panic("there is no " + from)
		}
		return strings.Replace(body, from, to, 1)
	}
}

// Chunks that are changed, cut, swapped, repeated or left out end the body before its end.
func TestRule49_changedChunksAreRefused(t *testing.T) {
	const (
		second = "400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n"
		last   = "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n"
	)
	secondChunk := second + strings.Repeat("a", 1024) + "\r\n"
	tests := map[string]struct {
		change func(string) string
		want   error
	}{
		"data of the first": {substitute("\r\na", "\r\nb"), ErrChunkSignature},
		"data of the last":  {substitute("a\r\n0;", "b\r\n0;"), ErrChunkSignature},
		"signature":         {substitute("288648", "288649"), ErrChunkSignature},
		"signatures swapped": {func(s string) string {
			return strings.NewReplacer("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648", "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497", "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497", "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648").Replace(s)
		}, ErrChunkSignature},
		"chunks swapped":          {func(s string) string { return secondChunk + strings.Replace(s, secondChunk, "", 1) }, ErrChunkSignature},
		"chunk repeated":          {substitute(secondChunk, secondChunk+secondChunk), ErrIncomplete},
		"chunk left out":          {substitute(secondChunk, ""), ErrIncomplete},
		"first chunk left out":    {func(s string) string { return s[strings.Index(s, second):] }, ErrChunkSignature},
		"signature of the end":    {substitute("9df9\r\n", "9df8\r\n"), ErrChunkSignature},
		"no end":                  {substitute(last+"\r\n", ""), ErrIncomplete},
		"end cut":                 {substitute(last+"\r\n", last[:20]), ErrIncomplete},
		"more after the end":      {func(s string) string { return s + "x" }, ErrChunk},
		"a second body":           {func(s string) string { return s + s }, ErrChunk},
		"no signature":            {substitute(";chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648", ""), ErrChunk},
		"signature cut":           {substitute("288648", "28864"), ErrChunk},
		"another extension":       {substitute("chunk-signature", "chunk-extension"), ErrChunk},
		"negative size":           {substitute("10000;", "-1;"), ErrChunk},
		"size with a sign":        {substitute("10000;", "+10000;"), ErrChunk},
		"size that overflows":     {substitute("10000;", "8000000000000000;"), ErrChunk},
		"endless size":            {substitute("10000;", strings.Repeat("0", 4000)+"10000;"), ErrChunk},
		"larger than the body":    {substitute("10000;", "fffffff;"), ErrIncomplete},
		"smaller than it is":      {substitute("10000;", "ffff;"), ErrChunk},
		"no line end":             {substitute("a\r\n400", "aa\r\n400"), ErrChunk},
		"carriage returns within": {substitute("288648\r\n", "288648\r\r\n"), ErrChunk},
		"nothing":                 {func(string) string { return "" }, ErrIncomplete},
		"cut in the data":         {func(s string) string { return s[:5000] }, ErrIncomplete},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := spoiled(t, false, tt.change)
			if !errors.Is(err, tt.want) || len(got) >= 66560 {
				t.Errorf("%d bytes, %v, want %v", len(got), err, tt.want)
			}
		})
	}
}

// Trailers that are changed, added or missing end the body before its end.
func TestRule49_changedTrailersAreRefused(t *testing.T) {
	const checksum, signature = "x-amz-checksum-crc32c:sOO8/Q==\r\n", "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n"
	tests := map[string]struct {
		change func(string) string
		want   error
	}{
		"checksum":            {substitute("sOO8/Q==", "sOO8/g=="), ErrTrailerSignature},
		"signature":           {substitute("e435\r\n", "e436\r\n"), ErrTrailerSignature},
		"no checksum":         {substitute(checksum, ""), ErrTrailer},
		"no signature":        {substitute(signature, ""), ErrIncomplete},
		"neither":             {substitute(checksum+signature, ""), ErrIncomplete},
		"twice":               {substitute(checksum, checksum+checksum), ErrTrailer},
		"another one":         {substitute(checksum, checksum+"x-amz-meta-x:y\r\n"), ErrTrailer},
		"another name":        {substitute("crc32c:", "crc32:"), ErrTrailer},
		"a line without name": {substitute("crc32c:", "crc32c="), ErrTrailer},
		"a value with a line": {substitute("sOO8/Q==", "sOO8/Q== x"), ErrTrailer},
		"endless":             {substitute(checksum, strings.Repeat("\r\n", 1000)), ErrTrailer},
		"more":                {func(s string) string { return s + "x" }, ErrChunk},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := spoiled(t, true, tt.change)
			if !errors.Is(err, tt.want) || len(got) >= 66560 {
				t.Errorf("%d bytes, %v, want %v", len(got), err, tt.want)
			}
		})
	}
}

// An empty body of chunks is verified before anything of it is sent on.
func TestRule49_emptyBodyIsVerifiedFirst(t *testing.T) {
	v := Verified{&Request{
		http:    request("PUT", "/b/k", "h", "X-Amz-Decoded-Content-Length", "0"),
		Payload: StreamingPayload, scope: scope{"20130524", "us-east-1", "s3"}, date: "20130524T000000Z", signature: strings.Repeat("0", 64),
	}, []byte("key")}
	if _, err := v.Chunks(strings.NewReader("0;chunk-signature=" + strings.Repeat("0", 64) + "\r\n\r\n")); err != ErrChunkSignature {
		t.Errorf("%v", err)
	}
	for _, length := range []string{"", "-1", "x", "1e3", "99999999999999999999"} {
		v.http.Header.Set("X-Amz-Decoded-Content-Length", length)
		if _, err := v.Chunks(strings.NewReader("")); err != ErrDecodedLength {
			t.Errorf("%q: %v", length, err)
		}
	}
}

// No error holds anything of the key or of the right signature.
func TestRule49_errorsHoldNoSecret(t *testing.T) {
	r := good()
	replaceAuthorization("dc6f7", "dc6f6")(r)
	_, err := verified(r, exampleTime)
	for _, part := range []string{exampleSecret, "34b48302e7b5fa45", exampleID} {
		if strings.Contains(err.Error(), part) {
			t.Errorf("%v", err)
		}
	}
}

// Whatever comes as Authorization or query is read or refused, and verified only where it is the signature.
func FuzzRead(f *testing.F) {
	f.Add(good().Header.Get("Authorization"), "max-keys=2&prefix=J")
	f.Add("", goodLink().URL.RawQuery)
	f.Add("AWS4-HMAC-SHA256 Credential=,SignedHeaders=,Signature=", "X-Amz-Signature=&x-amz-signature=")
	want := good().Header.Get("Authorization")
	f.Fuzz(func(t *testing.T, authorization, query string) {
		r := good()
		r.URL.RawQuery = query
		r.Header.Set("Authorization", authorization)
		if authorization == "" {
			r.Header.Del("Authorization")
		}
		if _, err := verified(r, exampleTime); err == nil && !strings.Contains(authorization, want[len(want)-64:]) {
			t.Errorf("%q %q is verified", authorization, query)
		}
	})
}

// Whatever comes as a body of signed chunks, no more than what is signed is returned as a whole.
func FuzzChunks(f *testing.F) {
	for _, trailer := range []bool{false, true} {
		text, _ := io.ReadAll(chunkedExample(trailer).Body)
		f.Add(text, trailer, uint16(10))
		f.Add(text[:100], trailer, uint16(1))
	}
	whole := bytes.Repeat([]byte("a"), 66560)
	f.Fuzz(func(t *testing.T, text []byte, trailer bool, step uint16) {
		r := chunkedExample(trailer)
		v, err := verified(r, exampleTime)
		if err != nil {
			t.Fatal(err)
		}
		chunks, err := v.Chunks(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		got, err := readInSteps(chunks, int(step)+1)
		if len(got) > len(whole) || err == nil && !bytes.Equal(got, whole) || err != nil && len(got) == len(whole) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
	})
}
