package stsclient

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// Whatever a server answers: no panic, keys that are whole or none, and words that fit on a screen.
func FuzzAnswer(f *testing.F) {
	files, err := filepath.Glob("testdata/minio/*.http")
	if err != nil {
		f.Fatal(err)
	}
	for i, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if _, body, found := strings.Cut(string(data), "\n\n"); found {
			f.Add([]int{200, 400, 403, 500}[i%4], []byte(body))
		}
	}
	c := &Client{host: "minio.example"}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		w := httptest.NewRecorder()
		answer := w.Result()
		answer.StatusCode = 200 + (status%400+400)%400
		res, err := c.read(answer, body, Request{})
		if err == nil {
			wholeKeys(t, answer, res)
			return
		}
		e := err.(*Error)
		for _, text := range []string{e.Error(), e.Subject(), e.Quote()} {
			if len([]rune(text)) > 2000 || strings.ContainsFunc(text, unicode.IsControl) {
				t.Errorf("%d characters: %q", len(text), text)
			}
		}
	})
}

func wholeKeys(t *testing.T, answer *http.Response, res *Response) {
	t.Helper()
	k := res.Credentials
	if answer.StatusCode != http.StatusOK || k.AccessKeyID == "" || k.SecretAccessKey.IsZero() || k.SessionToken.IsZero() || k.Expiration.IsZero() {
		t.Errorf("status %d gave keys that are not whole: %+v", answer.StatusCode, k)
	}
}
