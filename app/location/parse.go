package location

import (
	"regexp"
	"strings"

	"daypass/auth/safetext"
)

// Parse reads a location as it is written: s3://bucket/prefix, /bucket/prefix or bucket/prefix. An empty bucket is the
// whole storage. The error is a sentence for a user; where it is about the bucket's name, the location is returned with
// it.
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
		return Location{}, sentence("A path begins with s3://, like s3://bucket/folder/.")
	}
	bucket, prefix, _ := strings.Cut(path, "/")
	l := Location{bucket, prefix}
	switch problem := BucketProblem(bucket); {
	case bucket == "" && prefix != "":
		return Location{}, sentence("The path has no bucket name. It looks like s3://bucket/folder/.")
	case bucket != "" && problem != "":
		return l, sentence("“" + safetext.Name(bucket) + "” cannot be the name of a bucket: " + problem + ".")
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

// faults are what BucketProblem says of a name.
var faults = map[string]string{
	"bucket-short":   "it needs at least 3 characters",
	"bucket-long":    "it may have 63 characters at most",
	"bucket-letters": "it may have letters, digits, dots and hyphens only",
	"bucket-dots":    "it may not have two dots in a row",
}

// BucketProblem returns why name cannot be a bucket's, as the end of a sentence; empty where it may be.
func BucketProblem(name string) string { return faults[BucketFault(name)] }

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

// sentence is an error that a user reads as it is.
type sentence string

func (s sentence) Error() string { return string(s) }
