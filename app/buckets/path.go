package buckets

import (
	"regexp"
	"strings"
)

// ParsePath reads a place as a person types it: s3://bucket/prefix, /bucket/prefix or bucket/prefix,
// with spaces around. An empty bucket is the list of buckets. A prefix that is not empty ends in "/".
// The error is a sentence for a person.
func ParsePath(typed string) (bucket, prefix string, err error) {
	path := strings.TrimSpace(typed)
	if scheme, rest, ok := strings.Cut(path, "://"); ok && !strings.Contains(scheme, "/") {
		if !strings.EqualFold(scheme, "s3") {
			return "", "", sentence("A path begins with s3://, like s3://bucket/folder/.")
		}
		path = rest
	} else {
		path = strings.TrimPrefix(path, "/")
	}
	bucket, prefix, _ = strings.Cut(path, "/")
	if bucket == "" && prefix != "" {
		return "", "", sentence("The path has no bucket name. It looks like s3://bucket/folder/.")
	}
	if bucket != "" {
		if fault := bucketFault(bucket); fault != "" {
			return "", "", sentence("“" + EscapeName(bucket) + "” cannot be the name of a bucket: " + fault + ".")
		}
	}
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		prefix += "/"
	}
	return bucket, prefix, nil
}

// bucketLetters is the wider alphabet that servers took before names had to fit into host names.
var bucketLetters = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// bucketFault is why name cannot be a bucket's; empty where it may be.
func bucketFault(name string) string {
	switch {
	case len(name) < 3:
		return "it needs at least 3 characters"
	case len(name) > 63:
		return "it may have 63 characters at most"
	case !bucketLetters.MatchString(name):
		return "it may have letters, digits, dots and hyphens only"
	case strings.Contains(name, ".."):
		return "it may not have two dots in a row"
	}
	return ""
}

// sentence is an error that a person reads as it is.
type sentence string

func (s sentence) Error() string { return string(s) }
