package storage

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/listing"
	"daypass/app/buckets/objects"
	"daypass/app/buckets/preview"
	"daypass/app/buckets/search"
	"daypass/app/location"
	"daypass/auth/safetext"
	"daypass/auth/secret"
	"daypass/sandbox/servers"
)

// A user sees the buckets that they have permission to list.
func TestListBuckets_onlyVisible(t *testing.T) {
	all, err := signIn(t, servers.Ada).Buckets(t.Context())
	if err != nil || !slices.ContainsFunc(all, func(b buckets.Bucket) bool { return b.Name == servers.Archive && !b.Created.IsZero() }) {
		t.Errorf("ada sees %v, %v", all, err)
	}
	all, err = signIn(t, servers.Reader).Buckets(t.Context())
	if err != nil || len(all) != 1 || all[0].Name != servers.Measurements {
		t.Errorf("the reader sees %v, %v", all, err)
	}
	partner := signIn(t, servers.NoList)
	if all, err = partner.Buckets(t.Context()); kindOf(err) != buckets.Denied {
		t.Errorf("the partner sees %v, %v", all, err)
	}
	if page, err := partner.Page(t.Context(), servers.PartnerShare, "", "", 1000); err != nil || len(page.Entries) == 0 {
		t.Errorf("the partner's bucket, by name: %v, %v", page, err)
	}
}

func TestList_errors(t *testing.T) {
	ada, reader := signIn(t, servers.Ada), signIn(t, servers.Reader)
	stranger := with(t, app.Credentials{AccessKeyID: "AKSTRANGER", SecretAccessKey: secret.New("not-known-here"), SessionToken: ada.keys.SessionToken})
	mixed := with(t, app.Credentials{AccessKeyID: ada.keys.AccessKeyID, SecretAccessKey: ada.keys.SecretAccessKey, SessionToken: secret.New("eyJhbGciOiJIUzUxMiJ9.e30.AAAA")})
	for name, c := range map[string]struct {
		p      user
		bucket string
		kind   buckets.Kind
	}{
		"not allowed":      {reader, servers.Archive, buckets.Denied},
		"not there":        {reader, "no-such-bucket", buckets.Denied}, // MinIO does not distinguish them
		"not there at all": {ada, "no-such-bucket", buckets.NotFound},
		"unknown keys":     {stranger, servers.Archive, buckets.CredentialsExpired},
		"another token":    {mixed, servers.Archive, buckets.CredentialsExpired},
		"no bucket's name": {ada, "Not A Name", buckets.InvalidName},
	} {
		_, err := c.p.Page(t.Context(), c.bucket, "", "", 1000)
		var e *buckets.Error
		if !errors.As(err, &e) || e.Kind != c.kind || e.Problem.English().Title == "" || e.Problem.English().NextStep == "" {
			t.Errorf("%s: %+v", name, err)
		}
		if _, err := c.p.Stat(t.Context(), objects.Ref{Bucket: c.bucket, Key: "any"}); kindOf(err) != c.kind {
			t.Errorf("%s, an object: %v", name, err)
		}
	}
}

func TestList_everyObjectOnce(t *testing.T) {
	ada := signIn(t, servers.Ada)
	l, pages := listing.New("raw/"), 0
	for next := ""; ; pages++ {
		page, err := ada.Page(t.Context(), servers.Measurements, "raw/", next, 1000)
		if err != nil {
			t.Fatal(err)
		}
		l.Add(page.Entries)
		if next = page.Next; next == "" {
			break
		}
	}
	seen := map[string]bool{}
	for i := range l.Len() {
		e := l.Entry(l.Row(i))
		seen[e.Key] = true
		if e.Modified.IsZero() || e.Size == 0 || !strings.HasPrefix(e.Key, "raw/") {
			t.Fatalf("%+v", e)
		}
	}
	if len(seen) != servers.RawReadings || l.Len() != servers.RawReadings || pages != 2 {
		t.Errorf("%d objects, %d names, %d pages before the last", l.Len(), len(seen), pages)
	}
}

// The listing of our own agrees with minio-go's on every name, however odd.
func TestList_oddNames(t *testing.T) {
	ada := signIn(t, servers.Ada)
	admin, err := world.Admin()
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for o := range admin.ListObjects(t.Context(), servers.Names, minio.ListObjectsOptions{Recursive: true}) {
		want = append(want, o.Key)
	}
	page, _, err := ada.Below(t.Context(), servers.Names, "", "", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page {
		got = append(got, e.Key)
	}
	if len(want) < 40 || !slices.Equal(got, want) {
		t.Errorf("listed %q,\nminio-go lists %q", got, want)
	}
	var below []string
	for _, folder := range names(t, ada, servers.Names, "") {
		for _, name := range names(t, ada, servers.Names, folder) {
			if below = append(below, folder+name); strings.ContainsAny(safetext.Name(name), "\n\a\x1b\u202e\u200b\u2066\ufeff") {
				t.Errorf("%q is shown as %q", name, safetext.Name(name))
			}
		}
	}
	if len(below) < 40 {
		t.Errorf("folder by folder there are only %q", below)
	}
}

// A page of whatever size ends where the next one begins; a folder's own object is an entry where it has content. Only pages of
// one are left out: MinIO takes a folder's own object for all there is then.
func TestList_smallPages(t *testing.T) {
	ada := signIn(t, servers.Ada)
	bucket := newBucket(t, ada, false)
	for _, key := range []string{"f/", "f/a", "f/b/", "f/b/c", "f/d/e", "f/z"} {
		put(t, ada, bucket, key, strings.TrimSuffix(key, "/")[len(strings.TrimRight(key, "/"))-1:], minio.PutObjectOptions{})
	}
	for size := 2; size <= 7; size++ {
		var got []string
		for next, n := "", 0; n < 10; n++ {
			page, err := ada.Page(t.Context(), bucket, "f/", next, size)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page.Entries {
				got = append(got, e.Key)
			}
			if next = page.Next; next == "" {
				break
			}
		}
		slices.Sort(got)
		if want := []string{"f/", "f/a", "f/b/", "f/d/", "f/z"}; !slices.Equal(got, want) {
			t.Errorf("%d a page: %q, want %q", size, got, want)
		}
	}
}

func TestSearch_realServer(t *testing.T) {
	for _, who := range []servers.User{servers.Ada, servers.Reader} {
		p := signIn(t, who)
		for text, want := range map[string][]string{
			"*.CSV":      {"2025/01/harbour.csv", "2025/02/harbour.csv"},
			"handover":   {"notes/handover.txt"},
			"config":     {"config/"},
			"**/alerts*": {"config/alerts.json"},
		} {
			var found []string
			limit := len(want)
			o, err := search.Run(t.Context(), p, search.Query{Location: location.Location{Bucket: servers.Measurements}, Text: text, Limit: limit}, func(p search.Progress) {
				for _, e := range p.Found {
					found = append(found, e.Key)
				}
			})
			if err != nil || !slices.Equal(found, want) || o.Limited != (text == "*.CSV") {
				t.Errorf("%s looks for %q: %q, %+v, %v", who.Name, text, found, o, err)
			}
		}
	}
	if _, err := search.Run(t.Context(), signIn(t, servers.Reader), search.Query{Location: location.Location{Bucket: servers.Archive}}, func(search.Progress) {}); kindOf(err) != buckets.Denied {
		t.Errorf("where the reader may not look: %v", err)
	}
}

func TestPreview_kinds(t *testing.T) {
	ada := signIn(t, servers.Ada)
	for ref, kind := range map[objects.Ref]preview.Kind{
		{Bucket: servers.Measurements, Key: "README.md"}:             preview.Text,
		{Bucket: servers.Measurements, Key: "stations.csv"}:          preview.Table,
		{Bucket: servers.Measurements, Key: "config/alerts.json"}:    preview.JSON,
		{Bucket: servers.Measurements, Key: "incoming/"}:             preview.Empty,
		{Bucket: servers.Archive, Key: "dump.bin"}:                   preview.Hex,
		{Bucket: servers.Archive, Key: "plans/network.txt"}:          preview.Text,
		{Bucket: servers.Names, Key: "hostile/line\nbreak.txt"}:      preview.Text,
		{Bucket: servers.Names, Key: "plain/a+b=c&d?e#f%20g.txt"}:    preview.Text,
		{Bucket: servers.Names, Key: "plain/space at end "}:          preview.Text,
		{Bucket: servers.Names, Key: "hostile/C:\\Windows\\win.ini"}: preview.Text,
	} {
		i, err := ada.Stat(t.Context(), ref)
		if err != nil {
			t.Errorf("%s: %v", ref.URL(), err)
			continue
		}
		p, err := preview.Fetch(t.Context(), ada.Store, preview.InProcess{}, ref, i.Size)
		if err != nil || p.Kind != kind {
			t.Errorf("%s: %s, %v", ref.URL(), p.Kind, err)
		}
	}
	for _, name := range names(t, ada, servers.Pictures, "") {
		if strings.HasSuffix(name, "/") || strings.HasPrefix(name, "broken") || strings.HasSuffix(name, ".svg") {
			continue
		}
		i, err := ada.Stat(t.Context(), objects.Ref{Bucket: servers.Pictures, Key: name})
		if err != nil {
			t.Fatal(err)
		}
		if p, err := preview.Fetch(t.Context(), ada.Store, preview.InProcess{}, i.Ref, i.Size); err != nil || p.Kind != preview.Picture || p.Picture == nil {
			t.Errorf("%s: %s, %v", name, p.Kind, err)
		}
	}
}
