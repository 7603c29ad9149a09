package transfers

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/minio/minio-go/v7"

	"daypass/sandbox/servers"
)

// Folder trees come down as they went up.
func TestFolderTree_roundTrip(t *testing.T) {
	p := newUser(t, servers.Ada)
	tree := filepath.Join(t.TempDir(), "tree")
	for i := range 1000 {
		fill(t, filepath.Join(tree, "many", fmt.Sprint(i)), int64(i))
	}
	fill(t, filepath.Join(tree, "big.bin"), 100*mib+17)
	fill(t, filepath.Join(tree, "deep/er/and/deep est/middle.bin"), 3*mib)
	p.must(os.MkdirAll(filepath.Join(tree, "empty"), 0o755))
	up := p.done(p.begin(p.upload("in/", tree)))
	if up.Files != 1003 || up.Done != 1003 {
		t.Errorf("up: %+v", up)
	}
	r := p.download("in/tree/")
	r.Prefix = "in/tree/"
	p.done(p.begin(r))
	if want, got := sums(t, tree), sums(t, p.folder); !maps.Equal(want, got) {
		t.Errorf("%d files went up and %d came down, or others", len(want), len(got))
	}
}

// Every name that MinIO takes comes down into the folder, goes up again from there, and comes down
// the same.
func TestRule34_hostileNamesRoundTrip(t *testing.T) {
	p := newUser(t, servers.Ada)
	keys := listed(t, servers.Names)
	r := p.download("")
	r.Bucket = servers.Names
	down := p.done(p.begin(r))
	if down.Done != len(keys) {
		t.Errorf("%d of %d objects came down", down.Done, len(keys))
	}
	first := sums(t, p.folder)
	if len(first) != len(keys) {
		t.Errorf("%d objects became %d files", len(keys), len(first))
	}
	for name := range first {
		if strings.ContainsAny(name, "\x00\n\r\t\a\x1b\\\u202e\u200b\u2066\ufeff") {
			t.Errorf("an unsafe name: %q", name)
		}
	}
	if around, err := os.ReadDir(filepath.Dir(p.folder)); err != nil || len(around) != 1 {
		t.Errorf("beside the folder: %v, %v", around, err)
	}

	var paths []string
	entries, err := os.ReadDir(p.folder)
	p.must(err)
	for _, e := range entries {
		paths = append(paths, filepath.Join(p.folder, e.Name()))
	}
	p.done(p.begin(p.upload("", paths...)))
	if again := listed(t, p.bucket); len(again) != len(keys) {
		t.Errorf("%d of %d files went up", len(again), len(keys))
	}
	p.folder = t.TempDir()
	p.done(p.begin(p.download("")))
	// A name with an escape in it is escaped once more, so only their number and content must agree.
	if second := sums(t, p.folder); !slices.Equal(contents(first), contents(second)) {
		t.Errorf("%d files came down first and %d then, or others", len(first), len(second))
	}
}

func contents(files map[string]string) []string { return slices.Sorted(maps.Values(files)) }

// listed returns the keys in a bucket.
func listed(t *testing.T, bucket string) (keys []string) {
	t.Helper()
	for o := range admin.ListObjects(t.Context(), bucket, minio.ListObjectsOptions{Recursive: true}) {
		if o.Err != nil {
			t.Fatal(o.Err)
		}
		keys = append(keys, o.Key)
	}
	return keys
}

// One answer settles all conflicts of a transfer.
func TestConflict_answerForAll(t *testing.T) {
	p := newUser(t, servers.Ada)
	for i := range 30 {
		name := fmt.Sprint("f", i)
		_, err := admin.PutObject(p.ctx, p.bucket, name, strings.NewReader("new"), 3, minio.PutObjectOptions{})
		p.must(err)
		p.must(os.WriteFile(filepath.Join(p.folder, name), []byte("old"), 0o644))
	}
	for _, way := range []struct {
		direction, choice string
		want              int
	}{{"download", "skip", 30}, {"download", "keep-both", 60}, {"upload", "keep-both", 60}} {
		r := p.download("")
		if way.direction == "upload" {
			r = p.upload("", p.folder)
			for i := range 30 { // the bucket has folder/f0 and so on already
				key := filepath.Base(p.folder) + "/f" + fmt.Sprint(i)
				_, err := admin.PutObject(p.ctx, p.bucket, key, strings.NewReader("theirs"), 6, minio.PutObjectOptions{})
				p.must(err)
			}
		}
		id := p.begin(r)
		asking := p.waitAsking(id)
		for name := range sums(t, p.folder) {
			if text, err := os.ReadFile(filepath.Join(p.folder, name)); err != nil || way.choice == "skip" && string(text) != "old" {
				t.Errorf("%s is %q before there was an answer", name, text)
			}
		}
		p.must(p.AnswerAll(p.ctx, id, asking, way.choice))
		p.done(id)
		if files := sums(t, p.folder); len(files) != way.want {
			t.Errorf("%+v: %d files", way, len(files))
		}
	}
	theirs, err := admin.GetObject(p.ctx, p.bucket, filepath.Base(p.folder)+"/f7", minio.GetObjectOptions{})
	p.must(err)
	if text, _ := io.ReadAll(theirs); string(text) != "theirs" {
		t.Errorf("the object that was there is %q now", text)
	}
}
