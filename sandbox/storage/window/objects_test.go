package window

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/minio/minio-go/v7"

	"daypass/sandbox/servers"
	"daypass/ui/kit"
)

// webp is a picture of one dot.
const webp = "RIFF$\x00\x00\x00WEBPVP8 \x18\x00\x00\x000\x01\x00\x9d\x01*\x01\x00\x01\x00\x02\x004%\xa4\x00\x03p\x00\xfe\xfb\x94\x00\x00"

// Every kind of preview, of what a real server gives.
func TestPreview_kinds(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket := s.newBucket(false)
	var picture bytes.Buffer
	s.must(gif.Encode(&picture, image.NewGray(image.Rect(0, 0, 30, 20)), nil))
	s.put(bucket, "a.gif", picture.String())
	s.put(bucket, "b.webp", webp)
	s.put(bucket, "c.txt", "Gr\xfc\xdfe aus K\xf6ln.\n")
	s.put(bucket, "d.log", "\xff\xfeo\x00d\x00d\x00\n\x00")
	s.put(bucket, "e.json", `{"name":"ridge","levels":[1,2]}`)
	s.put(bucket, "f.bin", "\x00\x01\x02daypass\xff")
	s.put(bucket, "g.empty", "")
	s.put(bucket, "h.csv", "station;level\nnorth pier;1.42\n")
	s.put(bucket, "i.txt", strings.Repeat("A long line of the log.\n", 20_000))
	s.path("s3://" + bucket)
	s.press("details")
	for _, c := range []struct{ name, caption, line string }{
		{"a.gif", "GIF, 30 × 20", ""},
		{"b.webp", "WEBP, 1 × 1", ""},
		{"c.txt", "Windows-1252", "Grüße aus Köln."},
		{"d.log", "UTF-16", "odd"},
		{"e.json", "JSON", "{|  \"name\": \"ridge\",|  \"levels\": [|    1,|    2|  ]|}"},
		{"f.bin", "Bytes", "00000000  00 01 02 64 61 79 70 61  73 73 ff                 |...daypass.|"},
		{"i.txt", "UTF-8, first 65.5 kB of 480.0 kB", ""},
	} {
		s.click(c.name, 0)
		s.read(c.caption)
		if got := s.lines(); c.line != "" && got != c.line {
			t.Errorf("%s shows %q", c.name, got)
		}
	}
	s.click("g.empty", 0)
	s.see("Empty file")
	s.click("h.csv", 0)
	s.seeAll("UTF-8, CSV (;), 1 row", "station", "level", "north pier", "1.42")

	for name, caption := range map[string]string{"harbour-evening.jpg": "JPEG, 960 × 640", "logo.svg": "UTF-8", "broken.png": "UTF-8"} {
		s.path("s3://pictures/")
		s.click(name, 0)
		s.read(caption)
	}
	s.path("s3://pictures/charts/")
	s.click("wind-rose.png", 0)
	s.seeAll("PNG, 480 × 480", "Preview of wind-rose.png")
}

// lines is the text in the preview, with bars for the ends of lines.
func (s *scene) lines() string {
	s.t.Helper()
	var all []string
	for _, o := range test.LaidOutObjects(s.window.Window().Canvas().Content()) {
		var text fyne.Widget
		switch o := o.(type) {
		case *kit.Lines:
			text = o
		case *kit.Code:
			text = o
		default:
			continue
		}
		for _, line := range test.WidgetRenderer(text).Objects() {
			all = append(all, line.(*canvas.Text).Text)
		}
	}
	return strings.Join(all, "|")
}

// A preview that takes long is given up when something else is looked at: it costs the line nothing.
func TestPreview_cancel(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket := s.newBucket(false)
	const side = 2400
	noise := image.NewGray(image.Rect(0, 0, side, side))
	_, _ = rand.NewChaCha8([32]byte{}).Read(noise.Pix)
	var picture bytes.Buffer
	s.must(png.Encode(&picture, noise))
	s.put(bucket, "large.png", picture.String())
	s.put(bucket, "small.txt", "small")
	s.path("s3://" + bucket)
	s.press("details")
	s.see("Nothing selected")
	s.line.Rate.Store(1 << 20)
	before := s.line.Carried.Load()
	s.click("large.png", 0)
	s.until("the picture on its way", func() bool { return s.line.Carried.Load()-before > 300_000 })
	s.click("small.txt", 0)
	s.until("the small file", func() bool { return s.lines() == "small" })
	if got := s.line.Carried.Load() - before; got > side*side/2 {
		t.Errorf("%d bytes were carried all the same", got)
	}
}

func TestDetails_infoAndTags(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket := s.newBucket(false)
	s.put(bucket, "report.csv", "1,2\n", minio.PutObjectOptions{
		ContentType: "text/csv", CacheControl: "no-store", Checksum: minio.ChecksumSHA256,
		UserMetadata: map[string]string{"Station": "Ridge"}, UserTags: map[string]string{"season": "winter"},
	})
	info, err := admin.StatObject(s.ctx, bucket, "report.csv", minio.StatObjectOptions{Checksum: true})
	s.must(err)
	s.path("s3://" + bucket)
	s.click("report.csv", 0)
	s.press("details")
	s.press("details.info")
	s.seeAll("4 B", "text/csv", "STANDARD", "no-store", "Station", "Ridge", "season", "winter", "ETag", info.ETag, "SHA-256", info.ChecksumSHA256)
	s.press("details.edit-tags")
	s.answer("tags", "season = summer\nkind = raw data", "confirm.tags")
	s.seeAll("summer", "raw data")
	tags, err := admin.GetObjectTagging(s.ctx, bucket, "report.csv", minio.GetObjectTaggingOptions{})
	s.must(err)
	if got := tags.ToMap(); len(got) != 2 || got["season"] != "summer" || got["kind"] != "raw data" {
		t.Errorf("the server has the tags %v", got)
	}
	s.press("details.edit-tags")
	s.answer("tags", "", "confirm.tags")
	s.see("No tags")
}

// The versions of an object: looked at, downloaded, restored, deleted, and brought back.
func TestVersions_commands(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket := s.newBucket(true)
	for n := 1; n <= 3; n++ {
		s.put(bucket, "plan.txt", fmt.Sprint("plan number ", n))
	}
	s.path("s3://" + bucket)
	s.click("plan.txt", 0)
	s.press("details")
	s.press("details.versions")
	s.see("13 B, current version")
	s.press("version.download:2")
	s.arrived()
	s.file(s.folder+"/plan.txt", "plan number 1")
	s.press("version.restore:2")
	s.until("the first one restored", func() bool { return s.content(bucket, "plan.txt") == "plan number 1" })
	s.versions(bucket, "plan.txt", 4)
	s.press("version.delete:0")
	s.see("Delete this version of “plan.txt”?")
	s.press("confirm.delete-version")
	s.versions(bucket, "plan.txt", 3)
	if got := s.content(bucket, "plan.txt"); got != "plan number 3" {
		t.Errorf("the one that is left on top is %q", got)
	}
	s.see("13 B, current version")

	s.click("plan.txt", 0)
	s.key(fyne.KeyDelete)
	s.see("This bucket keeps earlier versions: deleted files can be restored until their versions are deleted too.")
	s.press("confirm.delete")
	s.see("This bucket is empty")
	s.versions(bucket, "plan.txt", 4)
}

// What was deleted is listed below a folder, and comes back: what is chosen, or all of it.
func TestDeletedFiles_restore(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket := s.newBucket(true)
	deleted := []string{"a.txt", "deep/er/b.txt", "deep/c\nd.txt"}
	for _, key := range append(deleted, "stays.txt") {
		s.put(bucket, key, "the content of "+key)
	}
	s.remove(bucket, deleted...)
	s.holds(bucket, "stays.txt")
	s.path("s3://" + bucket)
	s.see("stays.txt")
	s.menu("menu.deleted")
	s.see("3 deleted files")
	s.click("a.txt", 0)
	s.press("deleted.restore")
	s.holds(bucket, "a.txt", "stays.txt")
	s.see("2 deleted files")
	s.press("deleted.restore")
	s.holds(bucket, append(deleted, "stays.txt")...)
	for _, key := range deleted {
		if got := s.content(bucket, key); got != "the content of "+key {
			t.Errorf("%q came back with %q", key, got)
		}
	}
	s.see("No deleted files")
}

// versions waits until an object has so many versions, delete markers among them.
func (s *scene) versions(bucket, key string, want int) {
	s.t.Helper()
	s.until(fmt.Sprintf("%d versions of %s", want, key), func() bool {
		n := 0
		for o := range admin.ListObjects(s.ctx, bucket, minio.ListObjectsOptions{Prefix: key, WithVersions: true}) {
			s.must(o.Err)
			n++
		}
		return n == want
	})
}
