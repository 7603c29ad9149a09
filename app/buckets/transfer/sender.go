package transfer

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"
	"sync/atomic"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/transfer/disk"
	"daypass/auth/safetext"
)

// sender puts objects into the bucket that an attempt goes to, wherever their content comes from.
type sender struct {
	*job
	remote *remote
	prefix string
	// doing is what it does, for the words of a refusal.
	doing string
	taken *taken
	// unconditional is true for a server that does not know requests with If-None-Match.
	unconditional atomic.Bool
}

func newSender(j *job, r *remote, doing string) *sender {
	s := &sender{job: j, remote: r, prefix: j.target().Prefix, doing: doing}
	s.taken = &taken{u: s}
	return s
}

// target is where uploads and copies of a job go.
func (j *job) target() app.TransferPlace {
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
	key, err := u.settle(ctx, it, sent)
	if err != nil {
		return err
	}
	err = send(ctx, it, key)
	if err == nil || !refused(err, "PreconditionFailed") {
		return err
	}
	u.taken.add(it.key) // somebody took the name a moment ago
	if key, err = u.settle(ctx, it, sent); err != nil {
		return err
	}
	return send(ctx, it, key)
}

// settle says under which key an item goes into the bucket.
func (u *sender) settle(ctx context.Context, it *item, sent func(*item, *minio.ObjectInfo) bool) (string, error) {
	choice := u.choice(it)
	if choice == app.Replace || !u.taken.maybe(it) {
		return it.key, nil
	}
	there, err := u.stat(ctx, it.key)
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
		target: u.remote.bucket + "/" + it.key, incoming: it.described(),
		existing: app.FileFacts{Size: there.Size, Modified: there.LastModified},
	}
}

// beside says under which key an item goes where no object has its key. Where a folder has its name, that is asked about:
// on some servers a file hides the folder that is named like it.
func (u *sender) beside(ctx context.Context, it *item, choice app.ConflictPolicy) (string, error) {
	var folder bool
	err := u.persist(ctx, u.remote, listing(u.remote, it.key+"/"), func(ctx context.Context) (err error) {
		folder, err = u.remote.client.Anything(ctx, u.remote.bucket, it.key+"/")
		return err
	})
	switch {
	case isDenied(err), err == nil && !folder:
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
	return "", &conflict{target: u.remote.bucket + "/" + it.key, folder: true, incoming: it.described(), existing: app.FileFacts{Size: -1}}
}

// errAlready: an earlier attempt has moved it and could not say so.
var errAlready = errors.New("it is there already")

// stat looks at an object; nil where there is none, or where it is not for the user to know.
func (u *sender) stat(ctx context.Context, key string) (*minio.ObjectInfo, error) {
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

// freeKey returns a key like key that is not taken.
func (u *sender) freeKey(ctx context.Context, key string) (string, error) {
	dir, name := path.Split(key)
	for n := 2; n < 10_000; n++ {
		other := dir + disk.Numbered(name, n)
		there, err := u.stat(ctx, other)
		if err != nil || there == nil {
			return other, err
		}
	}
	return "", &failure{
		code: "names-taken", title: "Every name is taken",
		detail: "There are too many objects with names like " + safetext.Name(strings.TrimSpace(name)) + ".", next: "Choose another folder.",
	}
}

func (u *sender) act(key string) buckets.Act {
	return buckets.Act{Doing: u.doing, Action: "s3:PutObject", Bucket: u.remote.bucket, Key: key}
}

// mark makes the empty object that stands for an empty folder.
func (u *sender) mark(ctx context.Context, it *item, key string) error {
	err := u.put(ctx, it, key, nil, bytes.NewReader(nil), 0, encode(ours.Hasher()))
	if refused(err, "PreconditionFailed") {
		return nil // the folder is there
	}
	return err
}

// put makes an object of a body. same, where it is not nil, fails when the body is not what it was.
func (u *sender) put(ctx context.Context, it *item, key string, same func() error, body io.ReaderAt, size int64, sum string) error {
	return u.persist(ctx, u.remote, u.act(key), func(ctx context.Context) error {
		ctx, touch, release := guard(ctx)
		defer release()
		conditional := false
		err := u.checked(func(modern bool) (err error) {
			headers, md5sum := map[string]string{}, ""
			if modern {
				headers[ours.Key()] = sum
			} else if md5sum, err = md5Of(body, size); err != nil {
				return err
			}
			var opts minio.PutObjectOptions
			opts, conditional = u.options(it, headers)
			it.moved.Store(0)
			sending := meterOf(it, body, size, touch)
			_, err = u.remote.core.PutObject(ctx, u.remote.bucket, key, sending, size, md5sum, "", opts)
			if err != nil {
				sending.takeBack()
			}
			return err
		})
		return u.noteUnconditional(conditional, damagedOr(stalledOr(ctx, err), same))
	})
}

// checked makes a request with the checksums that the server verifies, and where it refuses those, once more with the MD5
// sum that every server verifies. A server that takes only the second is not sent the first again.
func (u *sender) checked(try func(modern bool) error) error {
	client := u.remote.client
	if !client.TakesChecksums() {
		return try(false)
	}
	err := try(true)
	if !buckets.RefusesOption(err) {
		return err
	}
	again := try(false)
	if again != nil && (buckets.RefusesOption(again) || statusOf(again) == http.StatusOK) {
		return err
	}
	client.RefusesChecksums()
	return again
}

// options are those of every request that makes an object. conditional is true where it is to make none in place of
// another.
func (u *sender) options(it *item, headers map[string]string) (opts minio.PutObjectOptions, conditional bool) {
	opts = minio.PutObjectOptions{UserMetadata: headers, DisableContentSha256: true, ContentType: contentType(it)}
	switch {
	case it.facts != nil:
		it.facts.carry(&opts)
	case !it.folder && !it.modified.IsZero():
		headers[metadataPrefix+mtimeName] = formatMtime(it.modified)
	}
	if conditional = u.choice(it) != app.Replace && !u.unconditional.Load(); conditional {
		opts.SetMatchETagExcept("*")
	}
	return opts, conditional
}

// noteUnconditional takes note of a server that does not know conditions, and has a request that had one made
// again without. What is there was looked for before.
func (u *sender) noteUnconditional(conditional bool, err error) error {
	if !conditional || !refused(err, "NotImplemented") {
		return err
	}
	u.unconditional.Store(true)
	return &partial{1, errStalled}
}

// damagedOr says why the server has computed another checksum, where it has, and else gives err. same, where it
// is not nil, fails when what was sent is not what it was.
func damagedOr(err error, same func() error) error {
	if !refused(err, "BadDigest", "XAmzContentChecksumMismatch", "InvalidDigest") {
		return err
	}
	if same != nil && same() != nil {
		return errFileChanged
	}
	return errDamaged
}

// statusOf is the HTTP status of a refusal.
func statusOf(err error) int {
	var e minio.ErrorResponse
	if errors.As(err, &e) {
		return e.StatusCode
	}
	return http.StatusOK
}
