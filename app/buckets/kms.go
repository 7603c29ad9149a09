package buckets

import (
	"net/http"
	"strings"

	"github.com/minio/minio-go/v7"
)

// wordsOfKMS distinguishes errors of the key management service, or of a server without one, from those of the
// storage itself: the objects are encrypted there, and the user's permissions on them do not count alone.
func wordsOfKMS(r minio.ErrorResponse) (w words, kind Kind, ofKMS bool) {
	serverMessage := strings.ToLower(r.Code + " " + r.Message)
	switch {
	case !strings.Contains(serverMessage, "kms"):
		return words{}, "", false
	case r.StatusCode == http.StatusNotImplemented, strings.Contains(serverMessage, "not configured"), strings.Contains(serverMessage, "kmsnotconfigured"):
		return kmsMissingWords, Unsupported, true
	case r.StatusCode == http.StatusForbidden, strings.Contains(serverMessage, "accessdenied"), strings.Contains(serverMessage, "not authorized"):
		return kmsDeniedWords, Denied, true
	}
	return kmsFailedWords, Other, true
}
