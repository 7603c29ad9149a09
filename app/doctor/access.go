package doctor

import (
	"fmt"
	"strings"
	"time"
)

// Access is what the storage server answered when it was asked what the credentials allow.
type Access struct {
	// Buckets is how many buckets they see.
	Buckets int
	// Denied is true where they may not list buckets, and Unanswered where the server could not be asked.
	// Said is what the server or the network said to that.
	Denied, Unanswered bool
	ServerMessage      string
	// MinIO is true where the server is one, and Release when its release was made; zero where it does not say.
	MinIO   bool
	Release time.Time
}

// checkAccess judges the list of buckets. A server may issue credentials that allow nothing (SeaweedFS), or
// that allow single buckets without a list.
func checkAccess(f Input) (Check, bool) {
	switch {
	case f.Access == nil || f.Access.Buckets > 0:
		return Check{}, false
	case !f.Access.Denied && !f.Access.Unanswered:
		return Check{
			Code: "access-no-bucket", Severity: Warning, Title: "No bucket is visible with these credentials",
			Detail: "The server issues credentials and shows none of its buckets. Either there are none yet, or your policies allow nothing. A bucket may still open by its name.",
			Admin:  "Check that the policies of this user or role allow s3:ListBucket and s3:GetObject on the buckets that they are meant for.",
		}, true
	case f.Access.Unanswered:
		return Check{
			Code: "access-unknown", Severity: Warning, Title: "The storage server did not answer",
			Detail: strings.TrimSpace("What the credentials allow could not be checked. " + quoted(f.Access.ServerMessage)),
		}, true
	}
	return Check{
		Code: "access-denied", Severity: Warning, Title: "Access denied with these credentials",
		Detail: "The server issues credentials and refuses to list buckets with them: your policies allow nothing, or single buckets only, which open by their names.",
		Admin:  "Check that the policies of this user or role exist and allow s3:ListAllMyBuckets, s3:ListBucket and s3:GetObject. " + quoted(f.Access.ServerMessage),
	}, true
}

func quoted(words string) string {
	if words == "" {
		return ""
	}
	return "It said: " + foreign(words)
}

// fixedRelease is the release of MinIO that fixed CVE-2025-62506.
var fixedRelease = time.Date(2025, 10, 15, 0, 0, 0, 0, time.UTC)

// unlimited says what a MinIO without that fix does, and what to do.
const unlimited = "Releases of MinIO before RELEASE.2025-10-15T17-29-55Z let credentials that a session policy limits create permanent ones with all permissions of their user " +
	"(CVE-2025-62506). Those that Daypass limits are denied that (admin:*); those of other tools may not be. No binaries of the release with the fix were published: build it from source."

// checkRelease warns of a MinIO without the fix. The Server header has no release, and the admin API reports it
// to administrators alone.
func checkRelease(f Input) (Check, bool) {
	switch {
	case f.Access == nil || !f.Access.MinIO:
		return Check{}, false
	case f.Access.Release.IsZero():
		return Check{
			Code: "minio-release-unknown", Severity: Notice, Title: "Cannot tell whether this MinIO is up to date",
			Detail: "MinIO tells its release to administrators alone, so whether it has the fix of CVE-2025-62506 is unknown.", Admin: unlimited,
		}, true
	case f.Access.Release.Before(fixedRelease):
		return Check{
			Code: "minio-release-old", Severity: Warning, Title: "This MinIO lacks a security fix",
			Detail: fmt.Sprintf("Its release is of %s. Limited credentials are not safe there.", f.Access.Release.UTC().Format(time.DateOnly)), Admin: unlimited,
		}, true
	}
	return Check{Code: "minio-release", Severity: OK, Title: "MinIO is of " + f.Access.Release.UTC().Format(time.DateOnly) + ", with the fix of CVE-2025-62506"}, true
}
