package transfer

import (
	"context"
	"errors"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets"
)

// taken knows which keys of an upload's target are taken. A folder's are listed once; where there are
// too many, or listing is not allowed, each is asked for by itself.
type taken struct {
	u *upload

	mu     sync.Mutex
	known  map[digest]struct{}
	listed map[*source]bool
	// files is true when single files were looked for too.
	files bool
}

const (
	// maxTaken is how many keys are remembered.
	maxTaken = 200_000
	// manyFiles single files are worth a listing of the folder that they go to.
	manyFiles = 20
)

// look lists what is below the target of every folder, and what is beside many single files.
func (t *taken) look(ctx context.Context, sources []*source) error {
	if t.u.policy() == app.Replace {
		return nil
	}
	single := 0
	for _, s := range sources {
		if s.root == nil {
			single++
		} else if err := t.lookBelow(ctx, s); err != nil {
			return err
		}
	}
	if single < manyFiles {
		return nil
	}
	return t.lookBeside(ctx)
}

// lookBeside lists the folder that the upload goes to, and not what is below its folders.
func (t *taken) lookBeside(ctx context.Context) error {
	r := t.u.remote
	prefix := t.u.mem.request.Prefix
	for token, more := "", true; more; more = token != "" {
		var page buckets.Page
		err := t.u.persist(ctx, r, listing(r, prefix), func(ctx context.Context) (err error) {
			page, err = r.client.Page(ctx, r.bucket, prefix, token, 1000)
			return err
		})
		if isDenied(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if !t.addAll(page.Entries) {
			return nil
		}
		token = page.Next
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.files = true
	return nil
}

func listing(r *remote, prefix string) buckets.Act {
	return buckets.Act{Doing: "list what is in the folder", Action: "s3:ListBucket", Bucket: r.bucket, Key: prefix}
}

func isDenied(err error) bool {
	var e *buckets.Error
	return errors.As(err, &e) && e.Kind == buckets.Denied
}

func (t *taken) lookBelow(ctx context.Context, s *source) error {
	prefix := t.u.mem.request.Prefix + s.name + "/"
	act := listing(t.u.remote, prefix)
	last, token := "", ""
	for more := true; more; more = token != "" {
		var page []buckets.Entry
		err := t.u.persist(ctx, t.u.remote, act, func(ctx context.Context) (err error) {
			page, token, err = t.u.remote.client.Below(ctx, t.u.remote.bucket, prefix, last, token)
			return err
		})
		if isDenied(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if !t.addAll(page) {
			return nil
		}
		if len(page) > 0 {
			last = page[len(page)-1].Key
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.listed == nil {
		t.listed = map[*source]bool{}
	}
	t.listed[s] = true
	return nil
}

func (t *taken) addAll(page []buckets.Entry) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.known)+len(page) > maxTaken {
		return false
	}
	if t.known == nil {
		t.known = map[digest]struct{}{}
	}
	for _, e := range page {
		t.known[digestOf(e.Key)] = struct{}{}
	}
	return true
}

func (t *taken) add(key string) { t.addAll([]buckets.Entry{{Key: key}}) }

// maybe reports whether a key is or may be taken; false is certain, but for who comes later.
func (t *taken) maybe(it *item) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, known := t.known[digestOf(it.key)]
	certain := t.listed[it.source] || t.files && it.source.root == nil
	return known || !certain
}

// policy is what holds for all items.
func (j *job) policy() app.ConflictPolicy {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.mem.policy
}

// settle says under which key an item goes into the bucket.
func (u *upload) settle(ctx context.Context, it *item) (string, error) {
	choice := u.choice(it)
	if it.folder || choice == app.Replace || !u.taken.maybe(it) {
		return it.key, nil
	}
	there, err := u.stat(ctx, it.key)
	if err != nil || there == nil {
		return it.key, err
	}
	if u.sentEarlier(it, there) {
		return "", errAlready
	}
	switch choice {
	case app.Skip:
		return "", errSkipped
	case app.KeepBoth:
		return u.freeKey(ctx, it.key)
	}
	return "", &conflict{
		target: u.remote.bucket + "/" + it.key, incoming: it.facts(),
		existing: app.FileFacts{Size: there.Size, Modified: there.LastModified},
	}
}

// errAlready: an earlier attempt has moved it and could not say so.
var errAlready = errors.New("it is there already")

// stat looks at an object; nil where there is none, or where it is not for the person to know.
func (u *upload) stat(ctx context.Context, key string) (*minio.ObjectInfo, error) {
	var info minio.ObjectInfo
	act := buckets.Act{Doing: "look at it", Action: "s3:GetObject", Bucket: u.remote.bucket, Key: key}
	err := u.persist(ctx, u.remote, act, func(ctx context.Context) (err error) {
		info, err = u.remote.core.StatObject(ctx, u.remote.bucket, key, withChecksums(&item{}))
		return err
	})
	switch statusOf(err) {
	case http.StatusNotFound, http.StatusForbidden, http.StatusMethodNotAllowed:
		return nil, nil // a latest version that is a delete marker is answered with 405
	}
	if err != nil {
		return nil, err
	}
	return &info, nil
}

// sentEarlier reports whether the object that is there is this file, sent by an earlier attempt of
// this transfer that ended before it could say so.
func (u *upload) sentEarlier(it *item, there *minio.ObjectInfo) bool {
	if there.Size != it.size || there.LastModified.Before(u.mem.started.Truncate(1e9)) {
		return false
	}
	p := proofOf(*there, there.Metadata)
	if p.kind != ours || p.whole == "" {
		return false
	}
	file, _, err := it.source.open(it.local)
	if err != nil {
		return false
	}
	defer file.Close()
	sum, err := sumOf(file, span{size: it.size}, ours)
	return err == nil && sum == p.whole
}

// freeKey gives a key like key that is not taken.
func (u *upload) freeKey(ctx context.Context, key string) (string, error) {
	dir, name := path.Split(key)
	for n := 2; n < 10_000; n++ {
		other := dir + numbered(name, n)
		there, err := u.stat(ctx, other)
		if err != nil || there == nil {
			return other, err
		}
	}
	return "", &failure{
		code: "names-taken", title: "Every name is taken",
		detail: "There are too many objects with names like " + buckets.EscapeName(strings.TrimSpace(name)) + ".", next: "Choose another folder.",
	}
}
