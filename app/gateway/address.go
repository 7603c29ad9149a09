package gateway

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
)

// localDomain is this computer for every resolver (RFC 6761): nobody else can point a name below it anywhere.
const localDomain = "localhost"

// address is where a request goes, in the path style.
type address struct {
	// path is decoded and begins with a slash.
	path string
}

// ours reports whether a Host header names this gateway. bucket is what precedes the name in virtual-hosted style.
func ours(host, port string) (bucket string, ok bool) {
	name, ok := strings.CutSuffix(host, ":"+port)
	switch {
	case !ok:
		return "", false
	case name == "127.0.0.1", name == localDomain:
		return "", true
	}
	bucket, ok = strings.CutSuffix(name, "."+localDomain)
	return bucket, ok && validHostBucket(bucket)
}

// validHostBucket reports whether the bucket in a Host header can be one.
func validHostBucket(bucket string) bool {
	return bucket != "" && strings.Trim(bucket, "abcdefghijklmnopqrstuvwxyz0123456789.-") == "" && !strings.Contains(bucket, "..")
}

// addressOf returns where a request goes that names a bucket in its host, or none.
func addressOf(bucket string, u *url.URL) address {
	if bucket == "" {
		return address{u.Path}
	}
	return address{"/" + bucket + u.Path}
}

// reserved is the part of a server's namespace that is MinIO's own: no bucket can have the name, and below it are
// the calls of administrators.
const reserved = "minio"

// cephAdmin are the calls below /admin by which Ceph makes users and keys.
var cephAdmin = []string{"user", "account", "metadata"}

// isData reports whether a request is one for buckets and objects. Everything else that a server may understand, such
// as the calls by which MinIO and Ceph make users and permanent keys, is nothing for a program that was given a
// key pair: what it made would outlive the pair.
func (a address) isData(method string, query url.Values) bool {
	for _, p := range []string{a.path, path.Clean(a.path)} { // servers and proxies differ in what they make of // and ..
		first, rest, _ := strings.Cut(strings.TrimLeft(p, "/"), "/")
		second, _, _ := strings.Cut(rest, "/")
		switch {
		case strings.EqualFold(first, reserved), first == "admin" && slices.Contains(cephAdmin, second):
			return false
		case first == "" && method != http.MethodGet && method != http.MethodHead:
			return false
		case first == "" && hasAction(query):
			return false
		}
	}
	return true
}

// hasAction reports whether a query is a call of IAM or STS, which some servers answer at the same address.
func hasAction(query url.Values) bool {
	for name := range query {
		if strings.EqualFold(name, "Action") {
			return true
		}
	}
	return false
}
