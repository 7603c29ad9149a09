package objects

import (
	"context"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
	"daypass/app/messages"
)

// protection is what becomes of retention and legal hold when an object is copied.
type protection int

const (
	// ignoreProtection is for copies: the original stays, and stays protected.
	ignoreProtection protection = iota
	refuseProtected
	keepProtection
)

func (o CopyOptions) protection() protection {
	switch {
	case !o.Move:
		return ignoreProtection
	case o.KeepProtection:
		return keepProtection
	}
	return refuseProtected
}

// protectedCode is the code of an error to move an object away from its protection.
const protectedCode = "DaypassProtected"

// lock is the retention and the legal hold of an object.
type lock struct {
	mode  minio.RetentionMode
	until time.Time
	hold  minio.LegalHoldStatus
}

// lockOf reads the lock of an object from the headers of an answer. A retention that has ended is none.
func lockOf(h http.Header) lock {
	var l lock
	if h.Get("X-Amz-Object-Lock-Legal-Hold") == string(minio.LegalHoldEnabled) {
		l.hold = minio.LegalHoldEnabled
	}
	until, err := time.Parse(time.RFC3339, h.Get("X-Amz-Object-Lock-Retain-Until-Date"))
	if mode := minio.RetentionMode(h.Get("X-Amz-Object-Lock-Mode")); mode.IsValid() && err == nil && until.After(time.Now()) {
		l.mode, l.until = mode, until
	}
	return l
}

// Protection returns the retention and the legal hold in the headers of an answer, as a text; none where there is none.
func Protection(h http.Header) (m messages.Message, found bool) {
	l := lockOf(h)
	if !l.any() {
		return messages.Message{}, false
	}
	return l.message(), true
}

func (l lock) any() bool { return l != lock{} }

// protectedError says in what way an object is protected.
func (l lock) protectedError() error {
	return &buckets.OwnError{Code: protectedCode, Reason: l.message()}
}

// message describes a lock that there is.
func (l lock) message() messages.Message {
	if l.mode == "" {
		return messages.Message{ID: "problem.reason.protected.hold"}
	}
	m := messages.Message{ID: "problem.reason.protected.retention", Args: map[string]string{
		"Mode": string(l.mode), "UntilTime": l.until.UTC().Format(time.RFC3339),
	}}
	if l.hold != "" {
		m.ID = "problem.reason.protected.both"
	}
	return m
}

// checkProtected fails where a copy does not have the protection that it was to take over. That copy is removed.
func (s *Store) checkProtected(ctx context.Context, to Ref, held lock) error {
	there, err := s.client.Core().StatObject(ctx, to.Bucket, to.Key, minio.StatObjectOptions{})
	if err != nil {
		return err
	}
	got := lockOf(there.Headers)
	if got.hold == held.hold && (held.mode == "" || got.mode == held.mode && !got.until.Before(held.until.Truncate(time.Second))) {
		return nil
	}
	if err := s.client.Core().RemoveObject(ctx, to.Bucket, to.Key, minio.RemoveObjectOptions{VersionID: there.VersionID}); err != nil {
		return err
	}
	return held.protectedError()
}
