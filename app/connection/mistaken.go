package connection

import (
	"net/url"
	"regexp"
	"strings"

	"daypass/app/messages"
	"daypass/auth/localhost"
)

// mistaken returns what was entered in place of a server's address, and what to enter; none where it is nothing that is
// known. It is for what users copy from elsewhere: a bucket, a page of a browser, an ARN.
func mistaken(s string) messages.Message {
	if !plain(s) {
		return none
	}
	if strings.HasPrefix(strings.ToLower(s), "arn:") {
		return text("mistaken-arn")
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return none
	}
	host := strings.ToLower(u.Hostname())
	switch {
	case bucketSchemes[u.Scheme]:
		return text("mistaken-path")
	case u.Scheme != "https" && u.Scheme != "http":
		return none
	case consoleHost.MatchString(host):
		return text("mistaken-console")
	case consolePath.MatchString(u.Path) || strings.HasPrefix(u.Fragment, "/"):
		return text("mistaken-page")
	}
	if parts := bucketHost.FindStringSubmatch(host); parts != nil {
		return text("mistaken-bucket", "Bucket", parts[1], "Address", "https://"+parts[2])
	}
	return none
}

// Lead returns the address at which to look for the server or the identity provider that a user means by an address of
// any kind: a server's, a page of its console, a bucket's own host, an issuer's or its discovery URL. It is https but
// on this computer. Where nothing can be looked for, it returns why.
func Lead(typed string) (*url.URL, messages.Message) {
	s := Address(typed)
	if s == "" {
		return nil, text("endpoint-missing")
	}
	switch problem := mistaken(s); problem.ID {
	case fieldTexts + "mistaken-bucket":
		s = problem.Args["Address"]
	case "", fieldTexts + "mistaken-page":
	default:
		return nil, problem
	}
	u, problem := parseAddress(s)
	if problem.ID != "" {
		return nil, problem
	}
	if u.Scheme == "http" && !localhost.Is(u.Hostname()) {
		u.Scheme = "https"
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}, none
}

// bucketSchemes are those by which programs name buckets and what is in them.
var bucketSchemes = map[string]bool{"s3": true, "s3a": true, "s3n": true, "s3u": true, "gs": true, "minio": true}

var (
	// consoleHost are the consoles of clouds.
	consoleHost = regexp.MustCompile(`(^|\.)console\.aws\.amazon\.com$|(^|\.)console\.amazonaws\.cn$|^console\.cloud\.google\.com$`)
	// consolePath are the pages of the consoles of MinIO and its successors, RustFS, SeaweedFS and Ceph.
	consolePath = regexp.MustCompile(`(?i)^/(login|browser|object-browser|buckets|access-keys|identity|minio|ui|console|dashboard|rustfs/console|oauth_callback)(/|$)`)
	// bucketHost is a bucket's own host at Amazon, and the server behind it.
	bucketHost = regexp.MustCompile(`^([a-z0-9.-]+)\.(s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?)$`)
)
