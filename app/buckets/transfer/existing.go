package transfer

import (
	"context"
	"strings"
	"sync"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/transfer/digest"
	"daypass/app/buckets/transfer/remote"
)

// existingKeys knows which keys below a sender's prefix are taken. A folder's are listed once; where there are
// too many, or listing is not allowed, each is requested by itself.
type existingKeys struct {
	u *sender

	mu    sync.Mutex
	known map[digest.Digest]struct{}
	// listed has the folders whose keys are known, below the prefix; "" for all of it.
	listed map[string]bool
	// files is true when single files were looked for too.
	files bool
}

const (
	// maxExisting is how many keys are remembered.
	maxExisting = 200_000
	// manyFiles single files are worth a listing of the folder that they go to.
	manyFiles = 20
)

// list lists what is below the target of every folder that comes, and what is beside many single files.
func (t *existingKeys) list(ctx context.Context, folders []string, files int) error {
	if t.u.job.policy() == app.Replace {
		return nil
	}
	for _, folder := range folders {
		if err := t.listBelow(ctx, folder); err != nil {
			return err
		}
	}
	if files < manyFiles {
		return nil
	}
	return t.listBeside(ctx)
}

// listBeside lists the folder that all goes to, and not what is below its folders.
func (t *existingKeys) listBeside(ctx context.Context) error {
	r := t.u.remote
	prefix := t.u.prefix
	for w := new(buckets.Walk); w.More(); {
		var page buckets.Page
		err := r.Persist(ctx, r.Listing(prefix), func(ctx context.Context) (err error) {
			page, err = r.Client.Page(ctx, r.Name, prefix, w.Token(), 1000)
			return err
		})
		if err == nil {
			err = w.StepEntries(page.Entries, page.Next)
		}
		if remote.IsDenied(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if !t.addAll(page.Entries) {
			return nil
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.files = true
	return nil
}

func (t *existingKeys) listBelow(ctx context.Context, folder string) error {
	room := true
	err := t.u.remote.EachBelow(ctx, t.u.prefix+folder, func(e buckets.Entry) bool {
		room = t.addAll([]buckets.Entry{e})
		return room
	})
	if remote.IsDenied(err) {
		return nil
	}
	if err != nil || !room {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.listed == nil {
		t.listed = map[string]bool{}
	}
	t.listed[folder] = true
	return nil
}

func (t *existingKeys) addAll(page []buckets.Entry) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.known)+len(page) > maxExisting {
		return false
	}
	if t.known == nil {
		t.known = map[digest.Digest]struct{}{}
	}
	for _, e := range page {
		t.known[digest.Of(e.Key)] = struct{}{}
		t.addFolders(e.Key)
	}
	return true
}

// addFolders notes the folders that a key lies in. The caller holds the lock.
func (t *existingKeys) addFolders(key string) {
	for end := strings.LastIndexByte(key, '/'); end > len(t.u.prefix); end = strings.LastIndexByte(key[:end], '/') {
		folder := digest.Of(key[:end+1])
		if _, known := t.known[folder]; known {
			return
		}
		t.known[folder] = struct{}{}
	}
}

func (t *existingKeys) add(key string) { t.addAll([]buckets.Entry{{Key: key}}) }

// maybe reports whether a key is or may be taken; false is certain, but for who comes later.
func (t *existingKeys) maybe(it *item) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, known := t.known[digest.Of(it.key)]
	if _, folder := t.known[digest.Of(it.key+"/")]; folder {
		known = true
	}
	first, _, below := strings.Cut(it.name, "/")
	certain := t.listed[""] || below && t.listed[first+"/"] || !below && t.files
	return known || !certain
}

// policy is what holds for all items.
func (j *job) policy() app.ConflictPolicy {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.record.Policy
}
