package buckets

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// walked steps through pages, each written "key key>token", and returns the number of the page that failed, from 1.
func walked(t *testing.T, version string, pages ...string) (failed int) {
	t.Helper()
	w := new(Walk)
	for i, page := range pages {
		keys, next, _ := strings.Cut(page, ">")
		var markers []Marker
		for _, key := range strings.Fields(keys) {
			name, v, _ := strings.Cut(key, "@")
			markers = append(markers, Marker{name, version + v})
		}
		if !w.More() {
			t.Fatalf("there is no page %d", i+1)
		}
		if err := w.Step(markers, next); err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Problem.Code != "storage-endless" || e.Problem.English().NextStep == "" {
				t.Errorf("page %d: %v", i+1, err)
			}
			return i + 1
		}
	}
	return 0
}

// A listing moves on with each page, or ends.
func TestRule43_listingAdvancesOrEnds(t *testing.T) {
	for name, c := range map[string]struct {
		pages  []string
		failed int
	}{
		"one page":                  {[]string{"a b"}, 0},
		"an empty one":              {[]string{""}, 0},
		"pages in order":            {[]string{"a b>1", "c d>2", "e"}, 0},
		"folders before files":      {[]string{"a/x a/y>1", "a.txt>2", "b"}, 0},
		"two empty pages":           {[]string{">1", ">2", "a>3", ">4", ">5", "b"}, 0},
		"three empty pages":         {[]string{">1", ">2", ">3"}, 3},
		"three at the end":          {[]string{"a>1", ">2", ">3", ""}, 0},
		"the same token":            {[]string{"a>1", "b>1"}, 2},
		"an earlier token":          {[]string{"a>1", "b>2", "c>1"}, 3},
		"the same page":             {[]string{"a b>1", "a b>2"}, 2},
		"two pages in turns":        {[]string{"a>1", "b>2", "a>3"}, 3},
		"two orders in turns":       {[]string{"a.txt>1", "a/x>2", "a.txt>3"}, 3},
		"in another order":          {[]string{"c d>1", "a b>2", "g h>3", "e f"}, 0},
		"other pages of the same":   {[]string{"a b c d>1", "b c>2", "c a>3"}, 3},
		"empty and the same token":  {[]string{"a>1", ">1"}, 2},
		"an overlap that moves on":  {[]string{"a b>1", "b c>2", "d"}, 0},
		"the last page goes back":   {[]string{"a b>1", "a"}, 2},
		"the last page is the same": {[]string{"a b>1", "a b"}, 2},
	} {
		if got := walked(t, "", c.pages...); got != c.failed {
			t.Errorf("%s: page %d failed, want %d", name, got, c.failed)
		}
	}
}

// A listing of versions moves on with each page, or ends.
func TestRule43_versionListingAdvancesOrEnds(t *testing.T) {
	if got := walked(t, "v", "a@3 a@2>1", "a@1 b@9>2", "b@8"); got != 0 {
		t.Errorf("page %d of the versions failed", got)
	}
	if got := walked(t, "v", "a@3 a@2>1", "a@3 a@2>2"); got != 2 {
		t.Errorf("the same versions again: page %d failed", got)
	}
}

// A listing names nothing that was not requested, in whatever way it is requested.
func TestRule43_keysOutsidePrefix(t *testing.T) {
	c := open(t, func(w http.ResponseWriter, r *http.Request) {
		root := "ListBucketResult"
		item := "<Contents><Key>elsewhere</Key><Size>1</Size></Contents>"
		if r.URL.Query().Has("versions") {
			root, item = "ListVersionsResult", "<Version><Key>elsewhere</Key><VersionId>v</VersionId><Size>1</Size></Version>"
		}
		fmt.Fprintf(w, "<%s>%s</%s>", root, item, root)
	})
	_, page := c.Page(t.Context(), "lake", "p/", "", 0)
	_, _, below := c.Below(t.Context(), "lake", "p/", "", "")
	var versions error
	for _, err := range c.AllVersions(t.Context(), "lake", "p/", 10) {
		versions = err
	}
	for name, err := range map[string]error{"page": page, "below": below, "versions": versions} {
		var e *Error
		if !errors.As(err, &e) || e.Problem.Code != "storage-outside" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// All ends although the listing has no end.
func TestAll_endlessListing(t *testing.T) {
	requests := 0
	c := open(t, func(w http.ResponseWriter, _ *http.Request) {
		requests++
		fmt.Fprintf(w, `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t%d</NextContinuationToken>`+
			`<Contents><Key>p/a</Key><Size>1</Size></Contents></ListBucketResult>`, requests)
	})
	var last error
	for _, err := range c.All(t.Context(), "lake", "p/") {
		last = err
	}
	if last == nil || requests != 2 {
		t.Errorf("%v after %d pages", last, requests)
	}
}

// Versions are listed from the markers of the page before.
func TestVersions_markers(t *testing.T) {
	c := open(t, func(w http.ResponseWriter, r *http.Request) {
		switch q := r.URL.Query(); q.Get("key-marker") + "@" + q.Get("version-id-marker") {
		case "@":
			io.WriteString(w, `<ListVersionsResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextKeyMarker>p%2Fa+b</NextKeyMarker><NextVersionIdMarker>v2</NextVersionIdMarker>`+
				`<Version><Key>p%2Fa+b</Key><VersionId>v2</VersionId><IsLatest>true</IsLatest><ETag>&quot;e&quot;</ETag><Size>7</Size></Version></ListVersionsResult>`)
		case "p/a b@v2":
			io.WriteString(w, `<ListVersionsResult><EncodingType>url</EncodingType><DeleteMarker><Key>p%2Fa+b</Key><VersionId>v1</VersionId><IsLatest>false</IsLatest></DeleteMarker></ListVersionsResult>`)
		default:
			t.Errorf("asked %s", r.URL)
		}
	})
	var got []string
	for v, err := range c.AllVersions(t.Context(), "lake", "p/", 10) {
		got = append(got, fmt.Sprint(v.Key, " ", v.Version, " ", v.ETag, " ", v.Size, " ", v.Latest, " ", v.DeleteMarker, " ", err))
	}
	if all := strings.Join(got, ", "); all != "p/a b v2 e 7 true false <nil>, p/a b v1  0 false true <nil>" {
		t.Error(all)
	}
}

// A server of the first version of the protocol is listed in that, whether it refuses the second or does not see it.
func TestList_version1(t *testing.T) {
	for _, refuses := range []bool{true, false} {
		requests := 0
		c := open(t, func(w http.ResponseWriter, r *http.Request) {
			requests++
			q := r.URL.Query()
			switch {
			case refuses && q.Has("list-type"):
				refuse(w, http.StatusNotImplemented, "NotImplemented", "list-type")
			case q.Get("marker") == "":
				io.WriteString(w, `<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>a</Key><Size>1</Size></Contents><Contents><Key>b</Key><Size>1</Size></Contents></ListBucketResult>`)
			default:
				fmt.Fprintf(w, `<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>%sb</Key><Size>1</Size></Contents></ListBucketResult>`, q.Get("marker"))
			}
		})
		var keys []string
		for e, err := range c.All(t.Context(), "lake", "") {
			if err != nil {
				t.Fatal(err)
			}
			keys = append(keys, e.Key)
		}
		if got := strings.Join(keys, " "); got != "a b bb" {
			t.Errorf("refuses %v: listed %s", refuses, got)
		}
		before := requests
		if _, _, err := c.Below(t.Context(), "lake", "", "", ""); err != nil || requests != before+1 {
			t.Errorf("refuses %v: %d requests, %v", refuses, requests-before, err)
		}
	}
}
