package location

import (
	"regexp"
	"strings"

	"daypass/app/messages"
	"daypass/auth/safetext"
)

// Parse reads a location as it is written: s3://bucket/prefix, /bucket/prefix or bucket/prefix. An empty bucket is the
// whole storage. The error is an *Error; where it is about the bucket's name, the location is returned with it.
func Parse(text string) (Location, error) { return parse(text, "") }

// ParseFolder reads a folder as a user types it: like Parse, with spaces around. A prefix that does not end in "/" gets
// one.
func ParseFolder(typed string) (Location, error) {
	l, err := Parse(strings.TrimSpace(typed))
	if l.Prefix != "" && !strings.HasSuffix(l.Prefix, "/") {
		l.Prefix += "/"
	}
	return l, err
}

// ParseURL reads what a user types or pastes, with spaces around: like Parse, or the https URL of an object at the server
// whose endpoint is given, in either style and signed or not. The prefix is the key of an object or a folder.
func ParseURL(typed, endpoint string) (Location, error) {
	return parse(strings.TrimSpace(typed), endpoint)
}

func parse(path, endpoint string) (Location, error) {
	switch scheme, rest, ok := strings.Cut(path, "://"); {
	case !ok || strings.Contains(scheme, "/"):
		path = strings.TrimPrefix(path, "/")
	case isS3(scheme):
		path = rest
	case endpoint != "" && (strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http")):
		var err error
		if path, err = pathOfURL(path, endpoint); err != nil {
			return Location{}, err
		}
	default:
		return Location{}, invalid("browser.path.scheme", nil)
	}
	bucket, prefix, _ := strings.Cut(path, "/")
	l := Location{bucket, prefix}
	switch fault := BucketFault(bucket); {
	case bucket == "" && prefix != "":
		return Location{}, invalid("browser.path.no-bucket", nil)
	case bucket != "" && fault != "":
		return l, invalid("browser.path."+fault, map[string]string{"Bucket": safetext.Name(bucket)})
	}
	return l, nil
}

// isS3 reports whether a scheme is one of those by which programs name what is in an S3 storage.
func isS3(scheme string) bool {
	scheme = strings.ToLower(scheme)
	return scheme == "s3" || scheme == "s3a" || scheme == "s3n"
}

// bucketLetters is the wider alphabet that servers took before names had to fit into host names.
var bucketLetters = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// BucketFault returns why name cannot be a bucket's, as the end of the ID of its text; empty where it may be.
func BucketFault(name string) string {
	switch {
	case len(name) < 3:
		return "bucket-short"
	case len(name) > 63:
		return "bucket-long"
	case !bucketLetters.MatchString(name):
		return "bucket-letters"
	case strings.Contains(name, ".."):
		return "bucket-dots"
	}
	return ""
}

// Error is why a text cannot be read as a location.
type Error struct{ message messages.Message }

// Message returns the sentence for a user.
func (e *Error) Message() messages.Message { return e.message }

// Error returns the sentence in the language of the process.
func (e *Error) Error() string { return messages.Current().Say(e.message) }

func invalid(id string, args map[string]string) error {
	return &Error{messages.Message{ID: id, Args: args}}
}
