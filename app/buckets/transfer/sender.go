package transfer

import (
	"bytes"
	"context"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/remote"
	"daypass/auth/safetext"
)

// sender puts objects into the bucket that an attempt goes to, wherever their content comes from.
type sender struct {
	job      *job
	remote   *remote.Bucket
	prefix   string
	writer   *remote.Writer
	existing *existingKeys
}

func newSender(j *job, r *remote.Bucket, operation string) *sender {
	s := &sender{job: j, remote: r, writer: remote.NewWriter(r, operation), prefix: j.target().Prefix}
	s.existing = &existingKeys{u: s}
	return s
}

// target is where uploads and copies of a job go.
func (j *job) target() app.TransferTarget {
	if to := j.record.Request.To; to != nil {
		return *to
	}
	return j.origin()
}

// deliver sends an item under the key that is free for it, and once more where somebody takes that at the same
// moment. sent says whether what is there is the item itself.
func (u *sender) deliver(ctx context.Context, it *item, sent func(*item, *minio.ObjectInfo) bool, send func(context.Context, *item, string) error) error {
	if it.folder {
		return u.mark(ctx, it, it.key)
	}
	key, err := u.resolveName(ctx, it, sent)
	if err != nil {
		return err
	}
	err = send(ctx, it, key)
	if err == nil || !remote.Refused(err, "PreconditionFailed") {
		return err
	}
	u.existing.add(it.key) // somebody took the name a moment ago
	if key, err = u.resolveName(ctx, it, sent); err != nil {
		return err
	}
	return send(ctx, it, key)
}

// resolveName says under which key an item goes into the bucket.
func (u *sender) resolveName(ctx context.Context, it *item, sent func(*item, *minio.ObjectInfo) bool) (string, error) {
	choice := u.job.choice(it)
	if choice == app.Replace || !u.existing.maybe(it) {
		return it.key, nil
	}
	there, err := u.writer.Stat(ctx, it.key)
	if err != nil {
		return "", err
	}
	if there == nil {
		return u.beside(ctx, it, choice)
	}
	if sent(it, there) {
		return "", errAlready
	}
	switch choice {
	case app.Skip:
		return "", errSkipped
	case app.KeepBoth:
		return u.freeKey(ctx, it.key)
	}
	return "", &conflict{
		target: u.remote.Name + "/" + it.key, incoming: it.described(),
		existing: app.FileInfo{Size: there.Size, Modified: there.LastModified},
	}
}

// beside says under which key an item goes where no object has its key. Where a folder has its name, that is asked about:
// on some servers a file hides the folder that is named like it.
func (u *sender) beside(ctx context.Context, it *item, choice app.ConflictPolicy) (string, error) {
	var folder bool
	err := u.remote.Persist(ctx, u.remote.Listing(it.key+"/"), func(ctx context.Context) (err error) {
		folder, err = u.remote.Client.Anything(ctx, u.remote.Name, it.key+"/")
		return err
	})
	switch {
	case remote.IsDenied(err), err == nil && !folder:
		return it.key, nil
	case err != nil:
		return "", err
	}
	switch choice {
	case app.Skip:
		return "", errSkipped
	case app.KeepBoth:
		return u.freeKey(ctx, it.key)
	}
	return "", &conflict{target: u.remote.Name + "/" + it.key, folder: true, incoming: it.described(), existing: app.FileInfo{Size: -1}}
}

// freeKey returns a key like key that is not taken.
func (u *sender) freeKey(ctx context.Context, key string) (string, error) {
	dir, name := path.Split(key)
	for n := 2; n < 10_000; n++ {
		other := dir + disk.Numbered(name, n)
		there, err := u.writer.Stat(ctx, other)
		if err != nil || there == nil {
			return other, err
		}
	}
	return "", &remote.Failure{Code: "names-taken", Params: map[string]string{"Name": safetext.Name(strings.TrimSpace(name))}}
}

// mark makes the empty object that stands for an empty folder.
func (u *sender) mark(ctx context.Context, it *item, key string) error {
	err := u.writer.Put(ctx, u.object(it, key), nil, bytes.NewReader(nil), 0, remote.Encode(remote.UploadChecksum.Hasher()))
	if remote.Refused(err, "PreconditionFailed") {
		return nil // the folder is there
	}
	return err
}

// object describes the object that is made of an item.
func (u *sender) object(it *item, key string) remote.Object {
	o := remote.Object{
		Key: key, ContentType: remote.ContentType(it.name, it.folder), Metadata: it.metadata, Moved: &it.moved,
		Replace: func() bool { return u.job.choice(it) == app.Replace },
	}
	if !it.folder {
		o.Modified = it.modified
	}
	return o
}
