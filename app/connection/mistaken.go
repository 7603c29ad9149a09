package connection

import (
	"net/url"
	"regexp"
	"strings"
)

// endpointExample is what the address of a server looks like.
const endpointExample = "Enter the address of its S3 API, such as https://minio.example:9000."

// mistaken says what was entered in place of a server's address, and what to enter; empty where it is nothing that is
// known. It is for what users copy from elsewhere: a bucket, a page of a browser, an ARN.
func mistaken(s string) string {
	if plainProblem(s) != "" {
		return ""
	}
	if strings.HasPrefix(strings.ToLower(s), "arn:") {
		return "This is an ARN, not the address of a server. " + endpointExample
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	switch {
	case bucketSchemes[u.Scheme]:
		return "This is the path of a bucket or an object, not the address of a server. " + endpointExample
	case u.Scheme != "https" && u.Scheme != "http":
		return ""
	case consoleHost.MatchString(host):
		return "This is the address of a web console. Enter that of the S3 API; at Amazon it is https://s3.REGION.amazonaws.com with your region."
	case consolePath.MatchString(u.Path) || strings.HasPrefix(u.Fragment, "/"):
		return "This is a page of a web console, as a browser shows it. The S3 API has an address of its own, without a path: often the same host with port 9000, such as https://minio.example:9000."
	}
	if parts := bucketHost.FindStringSubmatch(host); parts != nil {
		return "This is the address of the bucket “" + parts[1] + "”. Enter that of the server: https://" + parts[2] + "."
	}
	return ""
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
