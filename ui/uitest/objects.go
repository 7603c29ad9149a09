package uitest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/auth/secret"
)

// changes is the part of Storage that changes things: it remembers what it was asked.
type changes struct {
	mu    sync.Mutex
	calls []string
	// added is what is listed besides.
	added []string
	// fail is what a call answers by its first word.
	fail map[string]error
	// below is after how many pages a search is held; zero for never.
	below, belowSeen int
	// held has calls wait until they are given up.
	held bool
}

// FailAt has calls that begin with a word answer err.
func (s *Storage) FailAt(word string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail == nil {
		s.fail = map[string]error{}
	}
	s.fail[word] = err
}

// Calls lists what was asked so far, as "rename measurements 2026/a b".
func (s *Storage) Calls() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.calls...)
}

func (s *Storage) call(ctx context.Context, what ...string) error {
	if err := s.wait(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	s.calls = append(s.calls, strings.Join(what, " "))
	held, err := s.held, s.fail[what[0]]
	s.mu.Unlock()
	if held {
		<-ctx.Done()
		return ctx.Err()
	}
	return err
}

// HoldNext has calls but listings wait from now on, until they are given up.
func (s *Storage) HoldNext() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = true
}

// Release undoes HoldNext and FailAt.
func (s *Storage) Release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held, s.fail = false, nil
}

// HoldBelow has searches wait after some pages, until they are stopped.
func (s *Storage) HoldBelow(pages int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.below, s.belowSeen = pages, 0
}

func (s *Storage) heldBelow() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.belowSeen++
	return s.below > 0 && s.belowSeen > s.below
}

func keysOf(entries []buckets.Entry) string {
	var keys []string
	for _, e := range entries {
		keys = append(keys, e.Key)
	}
	return strings.Join(keys, ",")
}

// Below implements search.Source.
func (s *Storage) Below(ctx context.Context, bucket, prefix, _, token string) ([]buckets.Entry, string, error) {
	if err := s.call(ctx, "below", bucket, prefix); err != nil {
		return nil, "", err
	}
	if s.heldBelow() {
		<-ctx.Done()
		return nil, "", ctx.Err()
	}
	if bucket == "many" {
		page := s.many(token, 1000)
		return page.Entries, page.Next, nil
	}
	var all []buckets.Entry
	if parent := prefix[:strings.LastIndex(prefix, "/")+1]; parent != prefix { // the beginning of a name
		for _, e := range folder(parent).Entries {
			if !e.Folder && strings.HasPrefix(e.Key, prefix) {
				all = append(all, e)
			}
		}
		return all, "", nil
	}
	for _, year := range []string{"2024", "2025"} {
		for _, month := range []string{"january", "february", "march"} {
			all = append(all, buckets.Entry{Key: prefix + year + "/" + month + "/readings.csv", Size: 48_120, Modified: Now.AddDate(-1, 0, 0)})
		}
	}
	for _, e := range folder(prefix).Entries {
		if !e.Folder {
			all = append(all, e)
		}
	}
	return all, "", nil
}

// Share implements share.Sharer: its credentials expire in 42 minutes.
func (s *Storage) Share(ctx context.Context, bucket, key, version string, life time.Duration) (buckets.Link, error) {
	end := Now.Add(42*time.Minute + 10*time.Second)
	l := buckets.Link{
		URL:       secret.New("https://s3.example.com:9000/" + bucket + "/" + key + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=2530&X-Amz-Signature=" + strings.Repeat("0123456789abcdef", 40)),
		ExpiresAt: Now.Add(life), CredentialsExpireAt: end,
	}
	if end.Before(l.ExpiresAt) {
		l.ExpiresAt, l.Capped = end, true
	}
	return l, s.call(ctx, "share", bucket, key, version, life.String())
}

// Stat implements browser.Reader.
func (s *Storage) Stat(ctx context.Context, r objects.Ref) (objects.Info, error) {
	if err := s.call(ctx, "stat", r.Bucket, r.Key); err != nil {
		return objects.Info{}, err
	}
	if name := r.Key[strings.LastIndex(r.Key, "/")+1:]; !strings.Contains(name, ".") {
		return objects.Info{}, &buckets.Error{Kind: buckets.NotFound, Problem: app.Problem{Title: "Not found"}}
	}
	e := entry(r.Key)
	return objects.Info{
		Ref: r, Size: e.Size, Modified: e.Modified, ETag: "9a0364b9e99bb480dd25e1f0284c8555", ContentType: "text/csv; charset=utf-8", StorageClass: "STANDARD", Tags: 2,
		Checksums: []objects.Field{{Name: "CRC32C", Value: "yZRlqg=="}},
		Metadata:  []objects.Field{{Name: "Instrument", Value: "tide gauge 4"}, {Name: "Station", Value: "north pier"}},
		Headers:   []objects.Field{{Name: "Cache-Control", Value: "no-cache"}},
	}, nil
}

func entry(key string) buckets.Entry {
	for _, e := range folder(key[:strings.LastIndex(key, "/")+1]).Entries {
		if e.Key == key {
			return e
		}
	}
	return buckets.Entry{Key: key, Size: 814, Modified: Now}
}

// Tags implements browser.Reader.
func (s *Storage) Tags(ctx context.Context, r objects.Ref) ([]objects.Tag, error) {
	return []objects.Tag{{Name: "project", Value: "tides"}, {Name: "quality", Value: "checked"}}, s.call(ctx, "tags", r.Bucket, r.Key)
}

// SetTags implements browser.Changer.
func (s *Storage) SetTags(ctx context.Context, r objects.Ref, all []objects.Tag) error {
	return s.call(ctx, "set-tags", r.Bucket, r.Key, fmt.Sprint(all))
}

// Versions implements browser.Reader.
func (s *Storage) Versions(ctx context.Context, bucket, key string, _ int) ([]objects.Version, bool, error) {
	ref := func(v string) objects.Ref { return objects.Ref{Bucket: bucket, Key: key, Version: v} }
	return []objects.Version{
		{Ref: ref("v4"), Size: 12_400_000, Modified: Now.Add(-time.Hour), Latest: true},
		{Ref: ref("v3"), Modified: Now.Add(-26 * time.Hour), DeleteMarker: true},
		{Ref: ref("v2"), Size: 12_100_000, Modified: Now.AddDate(0, 0, -9)},
		{Ref: ref("v1"), Size: 8_400_000, Modified: Now.AddDate(0, -2, 0)},
	}, false, s.call(ctx, "versions", bucket, key)
}

// Versioned implements browser.Reader.
func (s *Storage) Versioned(ctx context.Context, bucket string) (bool, error) {
	return bucket == "measurements", s.call(ctx, "versioned", bucket)
}

// Count implements browser.Reader.
func (s *Storage) Count(ctx context.Context, bucket string, entries []buckets.Entry, _ int, report func(objects.Sum)) (objects.Sum, error) {
	if err := s.wait(ctx); err != nil {
		return objects.Sum{}, err
	}
	var sum objects.Sum
	for _, e := range entries {
		sum.Objects++
		sum.Bytes += e.Size
		if e.Folder {
			sum.Objects += 1203
			sum.Bytes += 4_210_000_000
		}
	}
	if report != nil {
		report(sum)
	}
	return sum, s.call(ctx, "count", bucket, keysOf(entries))
}

// NewFolder implements browser.Changer.
func (s *Storage) NewFolder(ctx context.Context, bucket, prefix, name string) error {
	return s.call(ctx, "new-folder", bucket, prefix, name)
}

// NewBucket implements browser.Changer.
func (s *Storage) NewBucket(ctx context.Context, name string) error {
	return s.call(ctx, "new-bucket", name)
}

// Rename implements browser.Changer.
func (s *Storage) Rename(ctx context.Context, bucket string, e buckets.Entry, name string, _ objects.CopyOptions) (objects.Result, error) {
	return objects.Result{Done: 1}, s.call(ctx, "rename", bucket, e.Key, name)
}

// CopyInto implements browser.Changer.
func (s *Storage) CopyInto(ctx context.Context, from location.Location, entries []buckets.Entry, to location.Location, o objects.CopyOptions) (objects.Result, error) {
	return objects.Result{Done: len(entries)}, s.call(ctx, "copy", from.Bucket, keysOf(entries), to.Bucket+"/"+to.Prefix, fmt.Sprintf("move %v overwrite %v", o.Move, o.Overwrite))
}

// Delete implements browser.Changer.
func (s *Storage) Delete(ctx context.Context, bucket string, entries []buckets.Entry, report func(objects.Result)) (objects.Result, error) {
	err := s.call(ctx, "delete", bucket, keysOf(entries))
	r := objects.Result{Done: len(entries)}
	for _, e := range entries {
		if bucket == "measurements" {
			r.Covered = append(r.Covered, e.Key)
		}
		if s.Locked != "" && e.Key == s.Locked {
			r.Done, r.Failures = r.Done-1, 1
			r.Failed = []objects.Failure{{Key: e.Key, Err: &buckets.Error{Kind: buckets.Locked, Problem: app.Problem{Title: "It is locked", Detail: "A retention keeps it."}}}}
		}
	}
	if report != nil {
		report(r)
	}
	return r, err
}

// DeleteForever implements browser.Changer.
func (s *Storage) DeleteForever(ctx context.Context, bucket string, entries []buckets.Entry, _ func(objects.Result)) (objects.Result, error) {
	return objects.Result{Done: len(entries)}, s.call(ctx, "delete-forever", bucket, keysOf(entries))
}

// DeleteBucket implements browser.Changer.
func (s *Storage) DeleteBucket(ctx context.Context, name string) error {
	return s.call(ctx, "delete-bucket", name)
}

// DeleteVersion implements browser.Changer.
func (s *Storage) DeleteVersion(ctx context.Context, r objects.Ref) error {
	return s.call(ctx, "delete-version", r.Bucket, r.Key, r.Version)
}

// Restore implements browser.Changer.
func (s *Storage) Restore(ctx context.Context, r objects.Ref) error {
	return s.call(ctx, "restore", r.Bucket, r.Key, r.Version)
}

// Deleted implements browser.Reader.
func (s *Storage) Deleted(ctx context.Context, bucket, prefix string, _ int, report func(objects.Scanned)) error {
	if err := s.wait(ctx); err != nil {
		return err
	}
	looked := objects.Scanned{Versions: 1_204}
	if bucket == "measurements" || prefix == "emptied/" {
		for i, name := range []string{"2025/december/readings.csv", "2025/december/summary.pdf", "calibration-old.csv", "draft.md"} {
			looked.Found = append(looked.Found, objects.Deleted{
				Key: prefix + name, At: Now.Add(-time.Duration(3+20*i) * time.Hour), Size: int64(48_120 * (i + 1)), Modified: Now.AddDate(0, -2, 0),
			})
		}
	}
	report(looked)
	return s.call(ctx, "deleted", bucket, prefix)
}

// UndeleteAll implements browser.Changer.
func (s *Storage) UndeleteAll(ctx context.Context, bucket string, keys []string, _ func(objects.Result)) (objects.Result, error) {
	return objects.Result{Done: len(keys)}, s.call(ctx, "undelete", bucket, strings.Join(keys, ","))
}

// Open implements preview.Source: the content fits the ending of the name.
func (s *Storage) Open(ctx context.Context, r objects.Ref, _ string, from, most int64) (*objects.Content, error) {
	if err := s.call(ctx, "open", r.Bucket, r.Key); err != nil {
		return nil, err
	}
	data := filled(content(r.Key), r.Key)
	size := int64(len(data))
	data = data[min(from, size):min(from+most, size)]
	return &objects.Content{ReadCloser: io.NopCloser(bytes.NewReader(data)), Size: size}, nil
}

// filled makes content as long as it is listed, up to what a preview reads.
func filled(data []byte, key string) []byte {
	const most = 5 << 20
	size := int(min(entry(key).Size, most))
	var more []byte
	switch key[strings.LastIndex(key, ".")+1:] {
	case "json", "md":
		more = []byte("\n")
	case "csv":
		more = data[bytes.IndexByte(data, '\n')+1:]
	default:
		more = []byte{0}
	}
	return append(data, bytes.Repeat(more, max(0, size-len(data))/len(more))...)
}

func content(key string) []byte {
	switch key[strings.LastIndex(key, ".")+1:] {
	case "csv":
		return []byte("station,time,level_m,quality\nnorth pier,2026-03-04T09:00:00Z,1.42,checked\nnorth pier,2026-03-04T09:10:00Z,1.47,checked\nsouth pier,2026-03-04T09:00:00Z,1.39,raw\n")
	case "json":
		return []byte(`{"stations":[{"name":"north pier","lat":54.32,"lon":10.14,"active":true},{"name":"south pier","lat":54.30,"lon":10.16,"active":false}]}`)
	case "md":
		return []byte("# Measurements\n\nTide gauges, one file a day.\nTimes are UTC, levels in metres above chart datum.\n\nQuestions: sea-level@example.com\n")
	case "jpg":
		return photo()
	}
	return append([]byte("PAR1\x15\x04\x15\xb6\x01\x15"), bytes.Repeat([]byte{0x00, 0x9c, 0x42, 0x15, 0x00}, 200)...)
}

// photo is a small picture of a sea below a sky.
func photo() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 480, 320))
	for y := range 320 {
		for x := range 480 {
			c := color.RGBA{uint8(150 + y/4), uint8(190 + y/8), 235, 255}
			if y > 190 {
				c = color.RGBA{20, uint8(90 + (y-190)/3), uint8(120 + (x+y)%17), 255}
			}
			img.Set(x, y, c)
		}
	}
	var out bytes.Buffer
	_ = png.Encode(&out, img)
	return out.Bytes()
}

// NotAllowed is the error of a server that does not let the user do something.
func NotAllowed(doing string) error {
	return &buckets.Error{Kind: buckets.Denied, Problem: app.Problem{
		Code: "storage-denied", Title: "You may not " + doing, Detail: "s3.example.com does not allow you to " + doing + " in this bucket.",
		NextStep: "Ask your administrator.",
	}}
}
