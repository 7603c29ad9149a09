package buckets

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"testing"
)

// Below lists all levels, and can start after a key.
func TestBelow_startsAfterKey(t *testing.T) {
	var queries []url.Values
	c := open(t, func(w http.ResponseWriter, r *http.Request) {
		queries = append(queries, r.URL.Query())
		io.WriteString(w, `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>more</NextContinuationToken>`+
			`<Contents><Key>p/</Key><Size>0</Size></Contents><Contents><Key>p/a/b</Key><Size>7</Size></Contents></ListBucketResult>`)
	})
	page, next, err := c.Below(t.Context(), "lake", "p/", "p/0", "")
	if err != nil || next != "more" || fmt.Sprintf("%s %s %d", page[0].Key, page[1].Key, page[1].Size) != "p/ p/a/b 7" {
		t.Errorf("got %v, %q, %v", page, next, err)
	}
	if _, _, err := c.Below(t.Context(), "lake", "p/", "p/0", next); err != nil {
		t.Error(err)
	}
	if q := queries[0]; q.Has("delimiter") || q.Get("start-after") != "p/0" || q.Has("continuation-token") {
		t.Errorf("asked first %v", q)
	}
	if q := queries[1]; q.Has("start-after") || q.Get("continuation-token") != "more" {
		t.Errorf("asked then %v", q)
	}
}

// A patient caller repeats by itself; nothing is repeated beneath it.
func TestPatient_noInnerRetries(t *testing.T) {
	requests := 0
	quick := open(t, func(w http.ResponseWriter, _ *http.Request) {
		requests++
		refuse(w, http.StatusServiceUnavailable, "SlowDown", "slow down")
	})
	c, err := OpenPatient(Server{Endpoint: quick.base.String()}, quick.keys)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Core().ListBuckets(t.Context()); err == nil || requests != 1 {
		t.Errorf("asked %d times: %v", requests, err)
	}
}
