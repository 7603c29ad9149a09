package window

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/sandbox/servers"
)

// newLockedBucket makes a bucket of the test's own in which objects can be protected.
func (s *scene) newLockedBucket() string {
	s.t.Helper()
	name := fmt.Sprintf("locked%x", rand.Uint64())
	s.must(admin.MakeBucket(s.ctx, name, minio.MakeBucketOptions{ObjectLocking: true}))
	s.t.Cleanup(func() {
		if err := removeLockedBucket(context.WithoutCancel(s.ctx), name); err != nil {
			s.t.Error(err)
		}
	})
	return name
}

// removeLockedBucket removes a bucket with all versions, the protected ones too.
func removeLockedBucket(ctx context.Context, name string) error {
	for o := range admin.ListObjects(ctx, name, minio.ListObjectsOptions{Recursive: true, WithVersions: true}) {
		if o.Err != nil {
			return o.Err
		}
		if !o.IsDeleteMarker {
			off := minio.LegalHoldDisabled
			if err := admin.PutObjectLegalHold(ctx, name, o.Key, minio.PutObjectLegalHoldOptions{VersionID: o.VersionID, Status: &off}); err != nil {
				return err
			}
		}
		if err := admin.RemoveObject(ctx, name, o.Key, minio.RemoveObjectOptions{VersionID: o.VersionID, GovernanceBypass: true}); err != nil {
			return err
		}
	}
	return admin.RemoveBucket(ctx, name)
}

// An object under retention or legal hold stays where it is until the user agrees to move its protection with it. The
// copy then has the same protection, and the original is still there as a version.
func TestMove_asksAboutProtection(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket := s.newLockedBucket()
	until := time.Now().Add(24 * time.Hour).UTC().Truncate(time.Second)
	s.put(bucket, "kept.txt", "kept", minio.PutObjectOptions{Mode: minio.Governance, RetainUntilDate: until, LegalHold: minio.LegalHoldEnabled})
	s.put(bucket, "plain.txt", "plain")
	s.path("s3://" + bucket)
	s.see("kept.txt")

	s.click("kept.txt", 0)
	s.menu("menu.move-to")
	s.answer("copy.folder", "s3://"+bucket+"/moved/", "confirm.move")
	s.see("Move 1 protected object?")
	s.holds(bucket, "kept.txt", "plain.txt")
	s.press("confirm.cancel")
	s.gone("Move 1 protected object?")
	s.versions(bucket, "", 2)

	s.click("kept.txt", 0)
	s.menu("menu.move-to")
	s.answer("copy.folder", "s3://"+bucket+"/moved/", "confirm.move")
	s.press("confirm.move-protected")
	s.holds(bucket, "moved/kept.txt", "plain.txt")
	s.protected(bucket, "moved/kept.txt", until)
	s.versions(bucket, "kept.txt", 2) // the original, and the marker of its deletion

	s.click("plain.txt", 0)
	s.menu("menu.move-to")
	s.answer("copy.folder", "s3://"+bucket+"/moved/", "confirm.move")
	s.holds(bucket, "moved/kept.txt", "moved/plain.txt")
}

// protected checks that an object has the retention of the test, and a legal hold.
func (s *scene) protected(bucket, key string, until time.Time) {
	s.t.Helper()
	mode, to, err := admin.GetObjectRetention(s.ctx, bucket, key, "")
	if err != nil || mode == nil || *mode != minio.Governance || to == nil || !to.Equal(until) {
		s.t.Errorf("the retention is %v until %v, %v", mode, to, err)
	}
	hold, err := admin.GetObjectLegalHold(s.ctx, bucket, key, minio.GetObjectLegalHoldOptions{})
	if err != nil || hold == nil || *hold != minio.LegalHoldEnabled {
		s.t.Errorf("the legal hold is %v, %v", hold, err)
	}
}
