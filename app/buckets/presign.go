package buckets

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/s3utils"
	"github.com/minio/minio-go/v7/pkg/signer"

	"daypass/app"
	"daypass/app/location"
	"daypass/auth/secret"
)

// MaxLinkLifetime is the longest lifetime of a link, by the rules of its signature.
const MaxLinkLifetime = 7 * 24 * time.Hour

// Link lets anyone who has it read one object, without signing in, until it ends.
type Link struct {
	// URL is as good as a key while it is valid.
	URL secret.Secret
	// ExpiresAt is when the link expires by this machine's clock: after the requested lifetime, or with the credentials
	// that signed it.
	ExpiresAt time.Time
	// Capped is true where the credentials expire before the requested lifetime ends; CredentialsExpireAt is when they do.
	Capped              bool
	CredentialsExpireAt time.Time
}

// Share makes a link to an object, or to one version of it, that is valid for at most lifetime. No request is
// made: whether the object is there shows when the link is used. Error: *Error, or ctx's own.
func (c *Client) Share(ctx context.Context, bucket, key, version string, lifetime time.Duration) (Link, error) {
	op := Operation{Name: "share", Action: "s3:GetObject", Bucket: bucket, Key: key}
	if location.BucketFault(bucket) != "" || key == "" {
		return Link{}, c.Explain(minio.ErrorResponse{Code: "InvalidBucketName"}, op)
	}
	asking, cancel := context.WithTimeout(ctx, credentialsTimeout)
	defer cancel()
	keys, err := c.keys(asking)
	if err != nil {
		return Link{}, c.Explain(credentialsError{err}, op)
	}
	now := time.Now().Round(0)
	l := Link{CredentialsExpireAt: keys.ExpiresAt, ExpiresAt: now.Add(min(max(lifetime, time.Second), MaxLinkLifetime)).Truncate(time.Second)}
	if !keys.ExpiresAt.IsZero() && keys.ExpiresAt.Before(l.ExpiresAt) {
		l.ExpiresAt, l.Capped = keys.ExpiresAt, true
	}
	if l.ExpiresAt.Sub(now) < time.Second {
		return Link{}, c.Explain(credentialsError{app.ErrNoCredentials}, op)
	}
	req := &http.Request{Method: http.MethodGet, URL: c.object(bucket, key, version), Header: http.Header{}}
	signed := signer.PreSignV4(*req, keys.AccessKeyID, keys.SecretAccessKey.Reveal(), keys.SessionToken.Reveal(), c.regionOf(bucket), int64(l.ExpiresAt.Sub(now)/time.Second))
	l.URL = secret.New(signed.URL.String())
	return l, nil
}

// object is the address of an object.
func (c *Client) object(bucket, key, version string) *url.URL {
	at := *c.base
	at.Path = "/" + bucket + "/" + key
	at.RawPath = "/" + bucket + "/" + s3utils.EncodePath(key)
	if version != "" {
		at.RawQuery = url.Values{"versionId": {version}}.Encode()
	}
	return &at
}

// Curl is the link as a command line that saves the object under a name.
func (l Link) Curl(name string) secret.Secret {
	return secret.New("curl --fail --output " + quote(name) + " " + quote(l.URL.Reveal()))
}

// quote makes one word of text for a POSIX shell. A name that would be taken for an option or lead out
// of the folder is written as what it is here.
func quote(text string) string {
	if strings.HasPrefix(text, "-") {
		text = "./" + text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
