package buckets

import "strings"

// IntoItself reports whether a copy of key in the same bucket under another key would be of an object onto itself, or of
// a folder onto or into itself. The key of a folder ends in "/", or is empty for a whole bucket.
func IntoItself(key, target string) bool {
	folder := key == "" || strings.HasSuffix(key, "/")
	return target == key || folder && strings.HasPrefix(target, key)
}
