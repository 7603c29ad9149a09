package storage

import (
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/auth/safetext"
	"daypass/sandbox/servers"
)

func TestStat_metadata(t *testing.T) {
	ada := signIn(t, servers.Ada)
	bucket := newBucket(t, ada, false)
	put(t, ada, bucket, "a/report.csv", "1,2\n", minio.PutObjectOptions{
		ContentType: "text/csv", CacheControl: "no-store", Checksum: minio.ChecksumSHA256,
		UserMetadata: map[string]string{"Station": "Ridge", "Author": "ada"}, UserTags: map[string]string{"season": "winter"},
	})
	i, err := ada.Stat(t.Context(), objects.Ref{Bucket: bucket, Key: "a/report.csv"})
	if err != nil {
		t.Fatal(err)
	}
	if i.Size != 4 || i.ContentType != "text/csv" || i.StorageClass != "STANDARD" || i.Tags != 1 || len(i.ETag) < 32 || time.Since(i.Modified) > time.Minute {
		t.Errorf("%+v", i)
	}
	if !slices.Equal(i.Metadata, []objects.Field{{Name: "Author", Value: "ada"}, {Name: "Station", Value: "Ridge"}}) ||
		!slices.Contains(i.Headers, objects.Field{Name: "Cache-Control", Value: "no-store"}) ||
		len(i.Checksums) != 1 || i.Checksums[0].Name != "SHA-256" {
		t.Errorf("metadata %v, headers %v, checksums %v", i.Metadata, i.Headers, i.Checksums)
	}
	if _, err := ada.Stat(t.Context(), objects.Ref{Bucket: bucket, Key: "a/none"}); kindOf(err) != buckets.NotFound {
		t.Errorf("an object that is not there: %v", err)
	}
}

func TestTags_readAndWrite(t *testing.T) {
	ada := signIn(t, servers.Ada)
	bucket := newBucket(t, ada, false)
	put(t, ada, bucket, "a", "x", minio.PutObjectOptions{})
	r := objects.Ref{Bucket: bucket, Key: "a"}
	for _, want := range [][]objects.Tag{nil, {{Name: "kind", Value: "raw data"}, {Name: "season", Value: "winter"}}, {{Name: "season", Value: ""}}, nil} {
		if err := ada.SetTags(t.Context(), r, want); err != nil {
			t.Fatalf("%v: %v", want, err)
		}
		if got, err := ada.Tags(t.Context(), r); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v, want %v, %v", got, want, err)
		}
	}
	reader := signIn(t, servers.Reader)
	if err := reader.SetTags(t.Context(), objects.Ref{Bucket: servers.Measurements, Key: "README.md"}, []objects.Tag{{Name: "a", Value: "b"}}); kindOf(err) != buckets.Denied {
		t.Errorf("the reader sets tags: %v", err)
	}
}

func TestVersions_listAndRestore(t *testing.T) {
	ada := signIn(t, servers.Ada)
	bucket := newBucket(t, ada, true)
	for n := range 3 {
		put(t, ada, bucket, "plan", fmt.Sprint("version ", n), minio.PutObjectOptions{UserMetadata: map[string]string{"N": fmt.Sprint(n)}})
	}
	put(t, ada, bucket, "plan-b", "another", minio.PutObjectOptions{})
	if v, err := ada.Versioned(t.Context(), bucket); err != nil || !v {
		t.Errorf("versioned %v, %v", v, err)
	}
	all, more, err := ada.Versions(t.Context(), bucket, "plan", 100)
	if err != nil || more || len(all) != 3 || !all[0].Latest || all[2].Latest || content(t, ada, all[2].Ref) != "version 0" {
		t.Fatalf("%+v, more %v, %v", all, more, err)
	}
	if two, more, err := ada.Versions(t.Context(), bucket, "plan", 2); err != nil || !more || len(two) != 2 {
		t.Errorf("two of them: %+v, more %v, %v", two, more, err)
	}
	if err := ada.Restore(t.Context(), all[2].Ref); err != nil {
		t.Fatal(err)
	}
	latest := objects.Ref{Bucket: bucket, Key: "plan"}
	if got := content(t, ada, latest); got != "version 0" {
		t.Errorf("restored: %q", got)
	}
	if i, err := ada.Stat(t.Context(), latest); err != nil || len(i.Metadata) != 1 || i.Metadata[0].Value != "0" {
		t.Errorf("restored metadata: %+v, %v", i, err)
	}
	if r, err := ada.Delete(t.Context(), bucket, []buckets.Entry{{Key: "plan"}}, nil); err != nil || r.Done != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := names(t, ada, bucket, ""); !slices.Equal(got, []string{"plan-b"}) {
		t.Errorf("after deleting there is %q", got)
	}
	all, _, err = ada.Versions(t.Context(), bucket, "plan", 100)
	if err != nil || len(all) != 5 || !all[0].DeleteMarker || !all[0].Latest {
		t.Fatalf("%+v, %v", all, err)
	}
	if i, err := ada.Stat(t.Context(), all[0].Ref); err != nil || !i.DeleteMarker {
		t.Errorf("the marker: %+v, %v", i, err)
	}
	if err := ada.Undelete(t.Context(), bucket, "plan"); err != nil || content(t, ada, latest) != "version 0" {
		t.Errorf("undeleted: %v", err)
	}
	if err := ada.DeleteVersion(t.Context(), all[4].Ref); err != nil {
		t.Fatal(err)
	}
	if _, err := ada.Stat(t.Context(), all[4].Ref); kindOf(err) != buckets.NotFound {
		t.Errorf("a version that was deleted: %v", err)
	}
	if err := ada.Undelete(t.Context(), bucket, "never was"); kindOf(err) != buckets.NotFound {
		t.Errorf("undeleting nothing: %v", err)
	}
}

func TestDeleteForever_versions(t *testing.T) {
	ada := signIn(t, servers.Ada)
	bucket := newBucket(t, ada, true)
	for n := range 3 {
		for _, key := range []string{"f/a", "f/g/b", "f", "fa"} {
			if key != "f" { // MinIO keeps no object beside a folder of its name
				put(t, ada, bucket, key, fmt.Sprint(n), minio.PutObjectOptions{})
			}
		}
	}
	if r, err := ada.Delete(t.Context(), bucket, []buckets.Entry{{Key: "f/a"}}, nil); err != nil || r.Done != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if err := ada.DeleteBucket(t.Context(), bucket); kindOf(err) != buckets.NotEmpty {
		t.Errorf("a bucket that is not empty: %v", err)
	}
	if r, err := ada.DeleteForever(t.Context(), bucket, []buckets.Entry{{Key: "f/", Folder: true}}, nil); err != nil || r.Done != 7 || r.Failures != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if all, _, err := ada.Versions(t.Context(), bucket, "fa", 10); err != nil || len(all) != 3 {
		t.Errorf("its neighbour has %+v, %v", all, err)
	}
	if all, _, err := ada.Versions(t.Context(), bucket, "f/a", 10); err != nil || len(all) != 0 {
		t.Errorf("what is gone has %+v, %v", all, err)
	}
}

func TestRename_andMove(t *testing.T) {
	ada := signIn(t, servers.Ada)
	from := newBucket(t, ada, false)
	note := map[string]string{"Station": "Ridge"}
	for _, key := range []string{"old/a.txt", "old/deep/b.txt", "old/", "single.txt", "older"} {
		body := "content of " + key
		if strings.HasSuffix(key, "/") {
			body = ""
		}
		put(t, ada, from, key, body, minio.PutObjectOptions{ContentType: "text/x-note", UserMetadata: note, UserTags: map[string]string{"k": "v"}})
	}
	if r, err := ada.Rename(t.Context(), from, buckets.Entry{Key: "old/", Folder: true}, "new & ü", objects.CopyOptions{}); err != nil || r.Done != 3 || r.Failures != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := names(t, ada, from, ""); !slices.Equal(got, []string{"new & ü/", "older", "single.txt"}) {
		t.Errorf("there is %q", got)
	}
	moved := objects.Ref{Bucket: from, Key: "new & ü/deep/b.txt"}
	if i, err := ada.Stat(t.Context(), moved); err != nil || i.ContentType != "text/x-note" || len(i.Metadata) != 1 || i.Tags != 1 || content(t, ada, moved) != "content of old/deep/b.txt" {
		t.Errorf("what was renamed: %+v, %v", i, err)
	}
	if r, err := ada.Rename(t.Context(), from, buckets.Entry{Key: "older"}, "single.txt", objects.CopyOptions{}); err != nil || r.Failures != 1 || r.Failed[0].Err.Kind != buckets.Exists {
		t.Errorf("onto another: %+v, %v", r, err)
	}
	selected := []buckets.Entry{{Key: "new & ü/", Folder: true}, {Key: "single.txt"}}
	for _, move := range []bool{false, true} {
		r, err := ada.CopyInto(t.Context(), location.Location{Bucket: from}, selected, location.Location{Bucket: servers.Empty, Prefix: "in/"}, objects.CopyOptions{Move: move, Overwrite: move})
		if err != nil || r.Done != 4 || r.Failures != 0 {
			t.Errorf("move %v: %+v, %v", move, r, err)
		}
	}
	if got := names(t, ada, from, ""); !slices.Equal(got, []string{"older"}) {
		t.Errorf("after moving there is still %q", got)
	}
	r, err := ada.Delete(t.Context(), servers.Empty, []buckets.Entry{{Key: "in/", Folder: true}}, nil)
	if err != nil || r.Done != 4 || len(names(t, ada, servers.Empty, "")) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// Odd names are renamed and deleted.
func TestRename_oddNames(t *testing.T) {
	ada := signIn(t, servers.Ada)
	bucket := newBucket(t, ada, false)
	page, _, err := ada.Below(t.Context(), servers.Names, "", "", "")
	if err != nil {
		t.Fatal(err)
	}
	folders := map[string]bool{}
	var all []buckets.Entry
	for _, e := range page {
		if first, _, _ := strings.Cut(e.Key, "/"); !folders[first] && len(e.Key) < 1000 { // one that leaves no room for another folder
			folders[first] = true
			all = append(all, buckets.Entry{Key: first + "/", Folder: true})
		}
	}
	r, err := ada.CopyInto(t.Context(), location.Location{Bucket: servers.Names}, all, location.Location{Bucket: bucket}, objects.CopyOptions{})
	if err != nil || r.Failures != 0 || r.Done < 40 {
		t.Fatalf("%+v, %v", r, err)
	}
	for _, folder := range names(t, ada, bucket, "") {
		for _, name := range names(t, ada, bucket, folder) {
			if len(name) > 240 || strings.HasSuffix(name, "/") {
				continue
			}
			r, err := ada.Rename(t.Context(), bucket, buckets.Entry{Key: folder + name}, "x-"+name, objects.CopyOptions{})
			if safetext.HasHidden(name) { // no name of ours (rule 46)
				if err == nil {
					t.Errorf("%q is a new name", name)
				}
			} else if err != nil || r.Done != 1 {
				t.Errorf("%q: %+v, %v", name, r, err)
			}
		}
		for _, name := range names(t, ada, bucket, folder) {
			if len(name) < 240 && !strings.HasSuffix(name, "/") && !strings.HasPrefix(name, "x-") && !safetext.HasHidden(name) {
				t.Errorf("%q is still there", name)
			}
		}
	}
	if r, err := ada.Delete(t.Context(), bucket, all, nil); err != nil || r.Failures != 0 || len(names(t, ada, bucket, "")) != 0 {
		t.Errorf("%+v, %v, left %q", r, err, names(t, ada, bucket, ""))
	}
}

func TestNewFolder_andBuckets(t *testing.T) {
	ada := signIn(t, servers.Ada)
	bucket := newBucket(t, ada, false)
	if err := ada.NewFolder(t.Context(), bucket, "", "plans ü"); err != nil {
		t.Fatal(err)
	}
	if err := ada.NewFolder(t.Context(), bucket, "plans ü/", "2026"); err != nil {
		t.Fatal(err)
	}
	if got := names(t, ada, bucket, "plans ü/"); !slices.Equal(got, []string{"2026/"}) {
		t.Errorf("the folder shows %q", got)
	}
	if err := ada.NewFolder(t.Context(), bucket, "", "plans ü"); kindOf(err) != buckets.Exists {
		t.Errorf("again: %v", err)
	}
	if err := ada.NewBucket(t.Context(), bucket); kindOf(err) != buckets.Exists {
		t.Errorf("a bucket that is there: %v", err)
	}
	reader := signIn(t, servers.Reader)
	if err := reader.NewBucket(t.Context(), "reader-s-own"); kindOf(err) != buckets.Denied {
		t.Errorf("the reader makes a bucket: %v", err)
	}
	if err := reader.NewFolder(t.Context(), servers.Measurements, "", "mine"); kindOf(err) != buckets.Denied {
		t.Errorf("the reader makes a folder: %v", err)
	}
	if r, err := reader.Delete(t.Context(), servers.Measurements, []buckets.Entry{{Key: "README.md"}}, nil); err != nil || r.Failures != 1 || r.Failed[0].Err.Kind != buckets.Denied {
		t.Errorf("the reader deletes: %+v, %v", r, err)
	}
	if r, err := reader.Rename(t.Context(), servers.Measurements, buckets.Entry{Key: "README.md"}, "x.md", objects.CopyOptions{Overwrite: true}); err != nil || r.Failures != 1 || r.Failed[0].Err.Kind != buckets.Denied {
		t.Errorf("the reader renames: %+v, %v", r, err)
	}
}

// Links work until they expire.
func TestPresign_untilExpiry(t *testing.T) {
	ada := signIn(t, servers.Ada)
	key := "plain/a+b=c&d?e#f%20g.txt"
	l, err := ada.Share(t.Context(), servers.Names, key, "", 8*time.Second)
	if err != nil || l.Capped {
		t.Fatalf("%+v, %v", l, err)
	}
	status := func() int {
		t.Helper()
		res, err := http.Get(l.URL.Reveal())
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		if res.StatusCode == 200 && string(body) != "This object has an unusual name.\n" {
			t.Errorf("the link gives %q", body)
		}
		return res.StatusCode
	}
	if got := status(); got != 200 {
		t.Fatalf("the link answers %d", got)
	}
	time.Sleep(time.Until(l.ExpiresAt) + 1500*time.Millisecond)
	if got := status(); got != 403 {
		t.Errorf("after its end the link answers %d", got)
	}
	l, err = ada.Share(t.Context(), servers.Names, key, "", 24*time.Hour)
	if err != nil || !l.Capped || !l.ExpiresAt.Equal(ada.keys.ExpiresAt) {
		t.Errorf("a long one: %+v, %v", l, err)
	}
	folder := t.TempDir()
	command := exec.Command("sh", "-c", l.Curl(filepath.Join(folder, "it's.txt")).Reveal())
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func TestPresign_version(t *testing.T) {
	ada := signIn(t, servers.Ada)
	all, _, err := ada.Versions(t.Context(), servers.Archive, "plans/network.txt", 10)
	if err != nil || len(all) < 3 {
		t.Fatalf("%+v, %v", all, err)
	}
	l, err := ada.Share(t.Context(), servers.Archive, "plans/network.txt", all[2].Version, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Get(l.URL.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, _ := io.ReadAll(res.Body); string(body) != "First plan: two stations.\n" {
		t.Errorf("the link gives %q", body)
	}
}
