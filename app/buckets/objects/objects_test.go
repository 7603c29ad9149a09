package objects

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/auth/secret"
)

// fake is a storage server that answers as a test says, and notes what it was asked.
type fake struct {
	*Store
	mu       sync.Mutex
	requests []string
	// keys are the objects that there are, in every bucket.
	keys []string
	// sizes are those of objects that have not the usual one, and stays are folders that are listed without anything in them.
	sizes map[string]int
	stays []string
	// refuse answers a request before anything else does; nil, or false, lets it pass.
	refuse func(w http.ResponseWriter, r *http.Request) bool
}

func newFake(t *testing.T, keys ...string) *fake {
	t.Helper()
	f := &fake{keys: keys}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	c, err := buckets.Open(buckets.Server{Endpoint: server.URL, Region: "us-east-1"}, func(context.Context) (app.Credentials, error) {
		return app.Credentials{AccessKeyID: "AK", SecretAccessKey: secret.New("secret")}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	f.Store = New(c)
	return f
}

func deny(w http.ResponseWriter, status int, code string) bool {
	w.WriteHeader(status)
	fmt.Fprintf(w, `<Error><Code>%s</Code><Message>%s</Message></Error>`, code, code)
	return true
}

// writes are the requests that change something.
func (f *fake) writes() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []string
	for _, line := range f.requests {
		if !strings.HasPrefix(line, "GET") && !strings.HasPrefix(line, "HEAD") {
			all = append(all, line)
		}
	}
	slices.Sort(all)
	return all
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	line := r.Method + " " + r.URL.Path
	if from := r.Header.Get("X-Amz-Copy-Source"); from != "" {
		line += " from " + from
	}
	f.mu.Lock()
	f.requests = append(f.requests, line)
	f.mu.Unlock()
	_, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch {
	case f.refuse != nil && f.refuse(w, r):
	case r.URL.Query().Has("list-type"):
		f.list(w, r.URL.Query().Get("prefix"), r.URL.Query().Has("delimiter"))
	case r.URL.Query().Has("delete"):
		f.deleteMany(w, string(body))
	case r.Method == http.MethodHead && !slices.Contains(f.keys, key):
		w.Header().Set("X-Minio-Error-Code", "NoSuchKey")
		w.WriteHeader(http.StatusNotFound)
	case r.Method == http.MethodHead:
		w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:10:54 GMT")
		w.Header().Set("ETag", `"tag"`)
		w.Header().Set("Content-Length", "5")
	case r.Header.Get("X-Amz-Copy-Source") != "":
		io.WriteString(w, `<CopyObjectResult><ETag>"tag"</ETag></CopyObjectResult>`)
	case r.Method == http.MethodDelete:
		w.WriteHeader(http.StatusNoContent)
	}
}

func (f *fake) list(w io.Writer, prefix string, folders bool) {
	io.WriteString(w, `<ListBucketResult>`)
	for _, key := range f.keys {
		size, odd := f.sizes[key]
		if !odd {
			size = 5
		}
		if strings.HasPrefix(key, prefix) && !folders {
			fmt.Fprintf(w, `<Contents><Key>%s</Key><Size>%d</Size></Contents>`, key, size)
		}
	}
	for _, key := range f.stays {
		if strings.HasPrefix(key, prefix) && key != prefix && folders && !strings.Contains(strings.TrimSuffix(key[len(prefix):], "/"), "/") {
			fmt.Fprintf(w, `<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>`, key)
		}
	}
	io.WriteString(w, `</ListBucketResult>`)
}

// deleteMany refuses what has "locked" in its name.
func (f *fake) deleteMany(w io.Writer, body string) {
	io.WriteString(w, `<DeleteResult>`)
	for part := range strings.SplitSeq(body, "<Key>") {
		key, _, found := strings.Cut(part, "</Key>")
		switch {
		case !found:
		case strings.Contains(key, "locked"):
			fmt.Fprintf(w, `<Error><Key>%s</Key><Code>AccessDenied</Code><Message>no</Message></Error>`, key)
		default:
			fmt.Fprintf(w, `<Deleted><Key>%s</Key></Deleted>`, key)
		}
	}
	io.WriteString(w, `</DeleteResult>`)
}

func kindOf(err error) buckets.Kind {
	var e *buckets.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

func file(key string) buckets.Entry { return buckets.Entry{Key: key, Size: 5} }

func folder(key string) buckets.Entry { return buckets.Entry{Key: key, Folder: true} }

// A folder is renamed object by object.
func TestRename_folder(t *testing.T) {
	f := newFake(t, "p/old/", "p/old/a", "p/old/b/c", "p/older")
	r, err := f.Rename(t.Context(), "lake", folder("p/old/"), "new", CopyOptions{})
	if err != nil || r.Done != 3 || r.Failures != 0 || r.Bytes != 15 {
		t.Fatalf("%+v, %v", r, err)
	}
	want := []string{
		"DELETE /lake/p/old/", "DELETE /lake/p/old/a", "DELETE /lake/p/old/b/c",
		"PUT /lake/p/new/ from lake/p/old/", "PUT /lake/p/new/a from lake/p/old/a", "PUT /lake/p/new/b/c from lake/p/old/b/c",
	}
	if got := f.writes(); !slices.Equal(got, want) {
		t.Errorf("it did %q", got)
	}
}

// Copies keep their names.
func TestCopy_names(t *testing.T) {
	f := newFake(t, "p/a", "p/d/x", "p/d/e/y")
	r, err := f.CopyInto(t.Context(), location.Location{Bucket: "lake", Prefix: "p/"}, []buckets.Entry{file("p/a"), folder("p/d/")}, location.Location{Bucket: "other", Prefix: "q/"}, CopyOptions{})
	if err != nil || r.Done != 3 {
		t.Fatalf("%+v, %v", r, err)
	}
	want := []string{"PUT /other/q/a from lake/p/a", "PUT /other/q/d/e/y from lake/p/d/e/y", "PUT /other/q/d/x from lake/p/d/x"}
	if got := f.writes(); !slices.Equal(got, want) {
		t.Errorf("it did %q", got)
	}
}

// A server may say 200 and then, in the answer, that the copy failed. Nothing is deleted then.
func TestMove_deletesOnlyCopied(t *testing.T) {
	for name, refuse := range map[string]func(http.ResponseWriter) bool{
		"refused":    func(w http.ResponseWriter) bool { return deny(w, 403, "AccessDenied") },
		"late":       func(w http.ResponseWriter) bool { return deny(w, 200, "AccessDenied") },
		"no answer":  func(w http.ResponseWriter) bool { io.WriteString(w, "<CopyObj"); return true },
		"other form": func(w http.ResponseWriter) bool { return deny(w, 412, "PreconditionFailed") },
	} {
		f := newFake(t, "p/a")
		f.refuse = func(w http.ResponseWriter, r *http.Request) bool { return r.Method == http.MethodPut && refuse(w) }
		r, err := f.Rename(t.Context(), "lake", file("p/a"), "b", CopyOptions{})
		if err != nil || r.Done != 0 || r.Failures != 1 || r.Failed[0].Err.Problem.English().NextStep == "" {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
		if got := f.writes(); slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "DELETE") }) {
			t.Errorf("%s: it did %q", name, got)
		}
	}
}

// Nothing is overwritten without asking.
func TestCopy_overwritesNothingUnasked(t *testing.T) {
	f := newFake(t, "p/a", "p/b")
	r, err := f.Rename(t.Context(), "lake", file("p/a"), "b", CopyOptions{})
	if err != nil || r.Failures != 1 || r.Failed[0].Err.Kind != buckets.Exists || len(f.writes()) != 0 {
		t.Errorf("%+v, %v, did %q", r, err, f.writes())
	}
	if r, err = f.Rename(t.Context(), "lake", file("p/a"), "b", CopyOptions{Overwrite: true}); err != nil || r.Done != 1 {
		t.Errorf("asked to: %+v, %v", r, err)
	}
	f = newFake(t, "p/old/a", "p/new/b")
	if _, err := f.Rename(t.Context(), "lake", folder("p/old/"), "new", CopyOptions{}); kindOf(err) != buckets.Exists {
		t.Errorf("a folder that is there: %v", err)
	}
	// Who may not look cannot know that there is nothing.
	f = newFake(t, "p/a")
	f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		return r.Method == http.MethodHead && strings.HasSuffix(r.URL.Path, "/b") && deny(w, 403, "AccessDenied")
	}
	if r, err := f.Rename(t.Context(), "lake", file("p/a"), "b", CopyOptions{}); err != nil || r.Failures != 1 || len(f.writes()) != 0 {
		t.Errorf("unseen: %+v, %v, did %q", r, err, f.writes())
	}
}

func TestNames_invalid(t *testing.T) {
	f := newFake(t, "p/d/a")
	for _, name := range []string{"", ".", "..", "a/b", strings.Repeat("n", 1001)} {
		if _, err := f.Rename(t.Context(), "lake", file("p/d/a"), name, CopyOptions{}); kindOf(err) != buckets.InvalidName {
			t.Errorf("renamed to %.10q: %v", name, err)
		}
		if err := f.NewFolder(t.Context(), "lake", "p/", name); kindOf(err) != buckets.InvalidName {
			t.Errorf("a folder %.10q: %v", name, err)
		}
	}
	for _, move := range []bool{false, true} {
		o := CopyOptions{Move: move, Overwrite: true}
		for _, to := range []string{"p/d/", "p/d/x/", "p/d/x/y/"} {
			if _, err := f.CopyInto(t.Context(), location.Location{Bucket: "lake", Prefix: "p/"}, []buckets.Entry{file("p/a"), folder("p/d/")}, location.Location{Bucket: "lake", Prefix: to}, o); kindOf(err) != buckets.InvalidName {
				t.Errorf("into itself at %s: %v", to, err)
			}
		}
		if _, err := f.CopyInto(t.Context(), location.Location{Bucket: "lake", Prefix: "p/"}, []buckets.Entry{folder("p/")}, location.Location{Bucket: "lake", Prefix: "p/new/"}, o); kindOf(err) != buckets.InvalidName {
			t.Errorf("everything into a folder of its own: %v", err)
		}
		if _, err := f.CopyInto(t.Context(), location.Location{Bucket: "lake"}, []buckets.Entry{folder("")}, location.Location{Bucket: "lake", Prefix: "new/"}, o); kindOf(err) != buckets.InvalidName {
			t.Errorf("a whole bucket into a folder of its own: %v", err)
		}
		for _, e := range []buckets.Entry{file("p/d/a"), folder("p/d/")} {
			from := e.Key[:strings.LastIndex(strings.TrimSuffix(e.Key, "/"), "/")+1]
			if _, err := f.CopyInto(t.Context(), location.Location{Bucket: "lake", Prefix: from}, []buckets.Entry{e}, location.Location{Bucket: "lake", Prefix: from}, o); kindOf(err) != buckets.Exists {
				t.Errorf("%s to where it is: %v", e.Key, err)
			}
		}
	}
	if _, err := f.Rename(t.Context(), "lake", file("p/d/a"), "a", CopyOptions{}); kindOf(err) != buckets.Exists {
		t.Errorf("onto itself: %v", err)
	}
	if err := f.NewFolder(t.Context(), "lake", "p/", "d"); kindOf(err) != buckets.Exists {
		t.Errorf("a folder that is there: %v", err)
	}
	if err := f.NewBucket(t.Context(), "Not A Bucket"); kindOf(err) != buckets.InvalidName {
		t.Errorf("a bucket: %v", err)
	}
	if len(f.writes()) != 0 {
		t.Errorf("it did %q", f.writes())
	}
}

// Whatever a key looks like, it stays below the folder it was copied into.
func TestCopy_hostileNames(t *testing.T) {
	hostile := []string{"p/../../etc/passwd", "p/..", "p/a\u202eb", "p/ C:\\x", "p//double", "p/%2e%2e/x"}
	f := newFake(t, hostile...)
	r, err := f.CopyInto(t.Context(), location.Location{Bucket: "lake"}, []buckets.Entry{folder("p/")}, location.Location{Bucket: "safe", Prefix: "in/"}, CopyOptions{Overwrite: true})
	if err != nil || r.Done+r.Failures != len(hostile) {
		t.Fatalf("%+v, %v", r, err)
	}
	for _, line := range f.writes() {
		if !strings.HasPrefix(line, "PUT /safe/in/p/") {
			t.Errorf("it did %q", line)
		}
	}
}

// Delete reports what could not be deleted.
func TestDelete_reportsFailures(t *testing.T) {
	f := newFake(t, "p/a", "p/locked", "p/z")
	var last Result
	r, err := f.Delete(t.Context(), "lake", []buckets.Entry{folder("p/"), file("single"), file("locked too")}, func(r Result) { last = r })
	if err != nil || r.Done != 3 || r.Failures != 2 || last.Done+last.Failures != 5 {
		t.Fatalf("%+v, last %+v, %v", r, last, err)
	}
	for _, failed := range r.Failed {
		if failed.Err.Kind != buckets.Denied || !strings.Contains(failed.Key, "locked") || !strings.Contains(failed.Err.Problem.English().Admin, "s3:DeleteObject on arn:aws:s3:::lake/") {
			t.Errorf("%s: %+v", failed.Key, failed.Err)
		}
	}
}

// Delete stops where the listing is refused.
func TestDelete_listingRefused(t *testing.T) {
	f := newFake(t, "p/a")
	f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		return r.URL.Query().Has("list-type") && deny(w, 403, "AccessDenied")
	}
	if r, err := f.Delete(t.Context(), "lake", []buckets.Entry{folder("p/")}, nil); kindOf(err) != buckets.Denied || r.Done != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// A copy that is canceled is no failure.
func TestCopy_canceled(t *testing.T) {
	f := newFake(t, "p/a", "p/b", "p/c")
	ctx, cancel := context.WithCancel(t.Context())
	f.refuse = func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			cancel()
			<-r.Context().Done()
		}
		return false
	}
	r, err := f.CopyInto(ctx, location.Location{Bucket: "lake", Prefix: "p/"}, []buckets.Entry{file("p/a"), file("p/b")}, location.Location{Bucket: "lake", Prefix: "q/"}, CopyOptions{Move: true})
	if !errors.Is(err, context.Canceled) || r.Failures != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestCount_limit(t *testing.T) {
	f := newFake(t, "p/a", "p/b", "p/c")
	if sum, err := f.Count(t.Context(), "lake", []buckets.Entry{folder("p/"), file("x")}, 10, nil); err != nil || sum != (Sum{4, 20, false}) {
		t.Errorf("%+v, %v", sum, err)
	}
	if sum, err := f.Count(t.Context(), "lake", []buckets.Entry{folder("p/")}, 2, nil); err != nil || sum != (Sum{2, 10, true}) {
		t.Errorf("%+v, %v", sum, err)
	}
}

func TestTags_invalid(t *testing.T) {
	f := newFake(t, "a")
	many := make([]Tag, 11)
	for i := range many {
		many[i].Name = fmt.Sprint(i)
	}
	for _, c := range []struct {
		tags   []Tag
		reason string
	}{
		{[]Tag{{"a", "1"}, {"a", "2"}}, "[problem.reason.tag-twice]"},
		{[]Tag{{"", "x"}}, "[problem.reason.tag-invalid]"},
		{[]Tag{{strings.Repeat("n", 129), ""}}, "[problem.reason.tag-invalid]"},
		{[]Tag{{"b", "ö"}}, "[problem.reason.tag-invalid]"},
		{many, "[]"},
	} {
		var e *buckets.Error
		if err := f.SetTags(t.Context(), Ref{Bucket: "lake", Key: "a"}, c.tags); !errors.As(err, &e) || e.Problem.Code != "storage-bad-tag" {
			t.Errorf("%.50v: %v", c.tags, err)
			continue
		}
		var reasons []string
		for _, m := range e.Problem.Reasons {
			reasons = append(reasons, m.ID)
		}
		if got := fmt.Sprint(reasons); got != c.reason {
			t.Errorf("%.50v: %s, want %s", c.tags, got, c.reason)
		}
	}
	if len(f.writes()) != 0 {
		t.Errorf("it did %q", f.writes())
	}
}

func TestRead_brokenOff(t *testing.T) {
	f := newFake(t, "a")
	f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("Last-Modified", "Tue, 24 Nov 2026 08:10:54 GMT")
		w.Header().Set("ETag", `"tag"`)
		w.Header().Set("Content-Range", "bytes 0-99/1000")
		w.Header().Set("Content-Length", "100")
		w.WriteHeader(http.StatusPartialContent)
		io.WriteString(w, "short")
		return true
	}
	c, err := f.Open(t.Context(), Ref{Bucket: "lake", Key: "a"}, "", 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	data, err := io.ReadAll(c)
	if string(data) != "short" || kindOf(err) != buckets.Unreachable || c.Size != 1000 {
		t.Errorf("%q of %d, %v", data, c.Size, err)
	}
}
