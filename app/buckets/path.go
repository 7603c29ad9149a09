package buckets

import (
	"regexp"
	"strings"

	"daypass/auth/safetext"
)

// ParsePath reads a folder as a user types it: s3://bucket/prefix, /bucket/prefix or bucket/prefix, with spaces
// around. An empty bucket is the list of buckets. A prefix that is not empty ends in "/". The error is a sentence for a
// user.
func ParsePath(typed string) (bucket, prefix string, err error) {
	bucket, prefix, err = ParseAddress(typed, "")
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		prefix += "/"
	}
	return bucket, prefix, err
}

// ParseAddress reads a folder or an object as a user types or pastes it: like ParsePath, or as the https URL of an
// object at the server whose endpoint is given, in either style and signed or not. A key that ends in "/" is a
// folder's; another may be that of an object or a folder. The error is a sentence for a user.
func ParseAddress(typed, endpoint string) (bucket, key string, err error) {
	path := strings.TrimSpace(typed)
	switch scheme, rest, ok := strings.Cut(path, "://"); {
	case !ok || strings.Contains(scheme, "/"):
		path = strings.TrimPrefix(path, "/")
	case isS3(scheme):
		path = rest
	case endpoint != "" && (strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http")):
		if path, err = pathOfURL(path, endpoint); err != nil {
			return "", "", err
		}
	default:
		return "", "", sentence("A path begins with s3://, like s3://bucket/folder/.")
	}
	bucket, key, _ = strings.Cut(path, "/")
	if bucket == "" && key != "" {
		return "", "", sentence("The path has no bucket name. It looks like s3://bucket/folder/.")
	}
	if bucket != "" {
		if fault := bucketFault(bucket); fault != "" {
			return "", "", sentence("“" + safetext.Name(bucket) + "” cannot be the name of a bucket: " + fault + ".")
		}
	}
	return bucket, key, nil
}

// IntoItself reports whether a copy of key in the same bucket under another key would be of an object onto itself, or of
// a folder onto or into itself. The key of a folder ends in "/", or is empty for a whole bucket.
func IntoItself(key, target string) bool {
	folder := key == "" || strings.HasSuffix(key, "/")
	return target == key || folder && strings.HasPrefix(target, key)
}

// isS3 reports whether a scheme is one of those by which programs name what is in an S3 storage.
func isS3(scheme string) bool {
	scheme = strings.ToLower(scheme)
	return scheme == "s3" || scheme == "s3a" || scheme == "s3n"
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

// sentence is an error that a user reads as it is.
type sentence string

func (s sentence) Error() string { return string(s) }
