package location

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"

	"daypass/auth/safetext"
)

// pathOfURL returns what the URL of an object names, as bucket/key. The URL must be one of the server at endpoint:
// another server's objects are not to be looked for here.
func pathOfURL(typed, endpoint string) (string, error) {
	u, err := url.Parse(typed)
	if err != nil || u.Host == "" {
		return "", invalid("browser.path.address", nil)
	}
	server, err := url.Parse(endpoint)
	if err != nil {
		return "", invalid("browser.path.endpoint", nil)
	}
	path := strings.TrimPrefix(u.Path, "/")
	bucket, ok := bucketHost(u, server)
	switch {
	case !ok:
		return "", invalid("browser.path.other-server", map[string]string{"Host": safetext.Name(u.Host), "Server": server.Host})
	case bucket != "":
		return bucket + "/" + path, nil
	}
	return path, nil
}

// bucketHost returns the bucket that the host of u names, empty for none, and whether u is at the server.
func bucketHost(u, server *url.URL) (bucket string, ok bool) {
	host, its := strings.ToLower(u.Hostname()), strings.ToLower(server.Hostname())
	if port(u) == port(server) {
		if host == its {
			return "", true
		}
		if bucket, ok = strings.CutSuffix(host, "."+its); ok {
			return bucket, true
		}
	}
	if amazonHost.MatchString(its) {
		if parts := amazonHost.FindStringSubmatch(host); parts != nil {
			return strings.TrimSuffix(parts[1], "."), true
		}
	}
	return "", false
}

// amazonHost is a host of Amazon S3, which has several for each bucket, with the bucket in front or not.
var amazonHost = regexp.MustCompile(`^((?:[a-z0-9._-]+\.)?)s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$`)

func port(u *url.URL) string {
	return cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[strings.ToLower(u.Scheme)])
}
