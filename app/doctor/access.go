package doctor

import (
	"time"

	"daypass/app/messages"
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
		return Words{
			Title: message("agent.doctor.access-no-bucket"), Detail: sentences(message("agent.doctor.access-no-bucket.detail")),
			Admin: sentences(message("agent.doctor.access-no-bucket.admin")),
		}.check("access-no-bucket", Warning), true
	case f.Access.Unanswered:
		return Words{
			Title: message("agent.doctor.access-unknown"), Detail: sentences(message("agent.doctor.access-unknown.detail"), serverMessage(f.Access)),
		}.check("access-unknown", Warning), true
	}
	return Words{
		Title: message("agent.doctor.access-denied"), Detail: sentences(message("agent.doctor.access-denied.detail")),
		Admin: sentences(message("agent.doctor.access-denied.admin"), serverMessage(f.Access)),
	}.check("access-denied", Warning), true
}

// serverMessage returns a sentence with what the server answered; none where it said nothing.
func serverMessage(a *Access) messages.Message {
	if a.ServerMessage == "" {
		return messages.Message{}
	}
	return message("agent.doctor.server-message", "Message", foreign(a.ServerMessage))
}

// fixedRelease is the release of MinIO that fixed CVE-2025-62506.
var fixedRelease = time.Date(2025, 10, 15, 0, 0, 0, 0, time.UTC)

// unlimited is the text on a MinIO without that fix, and what to do.
const unlimited = "agent.doctor.minio.limited"

// checkRelease warns of a MinIO without the fix. The Server header has no release, and the admin API reports it
// to administrators alone.
func checkRelease(f Input) (Check, bool) {
	if f.Access == nil || !f.Access.MinIO {
		return Check{}, false
	}
	released := f.Access.Release.UTC().Format(time.DateOnly)
	switch {
	case f.Access.Release.IsZero():
		return Words{
			Title: message("agent.doctor.minio.unknown"), Detail: sentences(message("agent.doctor.minio.unknown.detail")), Admin: sentences(message(unlimited)),
		}.check("minio-release-unknown", Notice), true
	case f.Access.Release.Before(fixedRelease):
		return Words{
			Title: message("agent.doctor.minio.old"), Detail: sentences(message("agent.doctor.minio.old.detail", "Date", released)), Admin: sentences(message(unlimited)),
		}.check("minio-release-old", Warning), true
	}
	return Words{Title: message("agent.doctor.minio.ok", "Date", released)}.check("minio-release", OK), true
}
