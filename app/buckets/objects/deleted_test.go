package objects

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"daypass/app/buckets"
)

// versions answers what a bucket with versions has.
const versions = `<ListVersionsResult>
<DeleteMarker><Key>p/gone</Key><VersionId>m2</VersionId><IsLatest>true</IsLatest><LastModified>2026-03-04T09:00:00Z</LastModified></DeleteMarker>
<DeleteMarker><Key>p/gone</Key><VersionId>m1</VersionId><IsLatest>false</IsLatest><LastModified>2026-03-03T09:00:00Z</LastModified></DeleteMarker>
<Version><Key>p/gone</Key><VersionId>v2</VersionId><IsLatest>false</IsLatest><Size>7</Size><LastModified>2026-03-02T09:00:00Z</LastModified></Version>
<Version><Key>p/gone</Key><VersionId>v1</VersionId><IsLatest>false</IsLatest><Size>5</Size><LastModified>2026-03-01T09:00:00Z</LastModified></Version>
<Version><Key>p/here</Key><VersionId>v2</VersionId><IsLatest>true</IsLatest><Size>1</Size><LastModified>2026-03-02T09:00:00Z</LastModified></Version>
<DeleteMarker><Key>p/here</Key><VersionId>m1</VersionId><IsLatest>false</IsLatest><LastModified>2026-03-01T09:00:00Z</LastModified></DeleteMarker>
<DeleteMarker><Key>p/nothing below</Key><VersionId>m1</VersionId><IsLatest>true</IsLatest><LastModified>2026-03-01T09:00:00Z</LastModified></DeleteMarker>
<DeleteMarker><Key>p/sub/too</Key><VersionId>m1</VersionId><IsLatest>true</IsLatest><LastModified>2026-03-01T10:00:00Z</LastModified></DeleteMarker>
<Version><Key>p/sub/too</Key><VersionId>v1</VersionId><IsLatest>false</IsLatest><Size>9</Size><LastModified>2026-03-01T09:00:00Z</LastModified></Version>
</ListVersionsResult>`

// newVersioned is a fake with versions; deleting them is refused where it says so.
func newVersioned(t *testing.T, refused bool) *fake {
	f := newFake(t, "p/gone", "p/sub/too")
	f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		switch q := r.URL.Query(); {
		case q.Has("versions"):
			for line := range strings.Lines(versions) {
				if !strings.Contains(line, "<Key>") || strings.Contains(line, "<Key>"+q.Get("prefix")) {
					io.WriteString(w, line)
				}
			}
		case r.Method == http.MethodDelete && refused:
			deny(w, http.StatusForbidden, "AccessDenied")
		default:
			return false
		}
		return true
	}
	return f
}

// Deleted finds what can be restored.
func TestDeleted_findsRestorable(t *testing.T) {
	f := newVersioned(t, false)
	for limit, want := range map[int]string{
		10: "p/gone 7 2026-03-04,p/sub/too 9 2026-03-01 limited false", 1: "p/gone 7 2026-03-04 limited true",
	} {
		var found []string
		limited := false
		err := f.Deleted(t.Context(), "lake", "p/", limit, func(l Scanned) {
			for _, d := range l.Found {
				found = append(found, fmt.Sprint(d.Key, " ", d.Size, " ", d.At.Format("2006-01-02")))
			}
			limited = l.Limited
		})
		if got := strings.Join(found, ",") + fmt.Sprint(" limited ", limited); err != nil || got != want {
			t.Errorf("at most %d: %q, %v", limit, got, err)
		}
	}
}

// Undelete removes the delete markers.
func TestUndelete_removesMarkers(t *testing.T) {
	f := newVersioned(t, false)
	r, err := f.UndeleteAll(t.Context(), "lake", []string{"p/gone", "p/nothing below", "p/sub/too"}, nil)
	if err != nil || r.Done != 2 || r.Failures != 1 || r.Failed[0].Err.Kind != buckets.NotFound {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := f.writes(); !slices.Equal(got, []string{"DELETE /lake/p/gone", "DELETE /lake/p/gone", "DELETE /lake/p/sub/too"}) {
		t.Errorf("it did %q", got)
	}
}

// Where markers may not be taken away, the version goes on top of them.
func TestUndelete_withoutPermission(t *testing.T) {
	f := newVersioned(t, true)
	r, err := f.UndeleteAll(t.Context(), "lake", []string{"p/gone"}, nil)
	if err != nil || r.Done != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := f.writes(); !slices.Contains(got, "PUT /lake/p/gone from lake/p/gone?versionId=v2") {
		t.Errorf("it did %q", got)
	}
}
