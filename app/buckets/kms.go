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

var (
	kmsDeniedWords = words{
		"kms-denied", "Access denied to the encryption key",
		"{server} encrypts these objects with a key of its key management service (KMS), and you are not allowed to use that key.",
		"Ask your administrator for permission to use the key.",
		"Besides {action} on {resource}, a policy must allow kms:GenerateDataKey (to write) and kms:Decrypt (to read) on the key.",
	}
	kmsMissingWords = words{
		"kms-not-configured", "Encryption is not set up on the server",
		"{server} was asked to encrypt with a key management service (KMS), and has none.",
		"Give this message to your administrator.",
		"Configure a KMS on {server}, or remove the default encryption (SSE-KMS) of the bucket.",
	}
	kmsFailedWords = words{
		"kms-failed", "The encryption key cannot be used",
		"{server} could not use the key of its key management service (KMS).",
		"Try again. If it stays, give this message to your administrator.",
		"Check that the key exists and is enabled, and that {server} can reach its KMS.",
	}
)
