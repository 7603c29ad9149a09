package browser

import (
	"strings"
	"testing"
	"time"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
)

// Deleting protected objects takes a question of its own.
func TestAskProtected_onlyForProtection(t *testing.T) {
	protected := objects.Failure{Key: "a", Err: &buckets.Error{Kind: buckets.Protected}}
	denied := objects.Failure{Key: "b", Err: &buckets.Error{Kind: buckets.Denied}}
	for want, r := range map[int]objects.Result{
		0: {Failures: 2, Failed: []objects.Failure{protected, denied}},
		2: {Failures: 2, Failed: []objects.Failure{protected, protected}},
	} {
		if got := Protected(r); got != want {
			t.Errorf("%d are protected, want %d", got, want)
		}
	}
	if q := AskProtected(2); !strings.Contains(q.Title, "2 protected objects") || q.Yes == "" || !strings.Contains(q.Text, "same protection") {
		t.Errorf("it asks %+v", q)
	}
}

// An entry with an empty name is shown as such.
func TestNewEntryRow_noName(t *testing.T) {
	if row := NewEntryRow(buckets.Entry{Key: "a//", Folder: true}, "", false, time.Now()); row.Name != "(no name)" {
		t.Errorf("the row is %+v", row)
	}
	list := crumbs(location.Location{Bucket: "lake", Prefix: "a//b/"}, "server")
	var labels []string
	for _, c := range list {
		labels = append(labels, c.Label)
	}
	if got := strings.Join(labels, " > "); got != "server > lake > a > (no name) > b" || list[3].To.Prefix != "a//" {
		t.Errorf("%s, %+v", got, list)
	}
}
