package stsclient

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7/pkg/signer"
)

// The methods of this file ask the S3 server what credentials allow. The Client must be that of the S3
// server. They only read, and follow no redirect. region is the server's; empty for the default. Their
// errors are an *Error, and context.Canceled for ctx's own cancellation.

// Buckets returns the names of the buckets that credentials may see. The error is of KindDenied where they may
// not list buckets.
func (c *Client) Buckets(ctx context.Context, keys Credentials, region string) ([]string, error) {
	answer, body, err := c.get(ctx, keys, region, "/", nil)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, c.responseError(answer, body, keys.SecretAccessKey, keys.SessionToken)
	}
	var doc struct {
		Names []string `xml:"Buckets>Bucket>Name"`
	}
	if err := decodeWhole(body, &doc); err != nil {
		return nil, c.status(KindBadAnswer, answer, errors.New("the list of buckets cannot be read"))
	}
	return doc.Names, nil
}

// CanList reports whether credentials may list the objects of a bucket whose names begin with prefix. A server
// that cannot answer now is an error.
func (c *Client) CanList(ctx context.Context, keys Credentials, region, bucket, prefix string) (bool, error) {
	query := url.Values{"list-type": {"2"}, "max-keys": {"1"}, "prefix": {prefix}}
	answer, body, err := c.get(ctx, keys, region, "/"+bucket+"/", query)
	switch {
	case err != nil:
		return false, err
	case answer.StatusCode >= 500, answer.StatusCode == http.StatusTooManyRequests:
		return false, c.responseError(answer, body, keys.SecretAccessKey, keys.SessionToken)
	}
	return answer.StatusCode == http.StatusOK, nil
}

// minioInfoPath is where MinIO reports its version, to administrators alone (admin:ServerInfo).
const minioInfoPath = "/minio/admin/v3/info"

// Product is what can be told of the software of a server.
type Product struct {
	// MinIO is true where it is one.
	MinIO bool
	// Release is when its release was made, the oldest where there are several nodes. It is zero where the
	// server does not say, which is so for all but administrators.
	Release time.Time
}

// Product asks for the software of the server. A MinIO says its name to everybody and its release only
// through its admin API, which is the only one that answers in JSON.
func (c *Client) Product(ctx context.Context, keys Credentials) (Product, error) {
	answer, body, err := c.get(ctx, keys, "", minioInfoPath, nil)
	if err != nil {
		return Product{}, err
	}
	var info struct {
		Code    string
		Servers []struct{ Version string }
	}
	isJSON := json.Unmarshal(body, &info) == nil
	p := Product{MinIO: strings.HasPrefix(answer.Header.Get("Server"), "MinIO") || isJSON && (info.Code != "" || len(info.Servers) > 0)}
	for _, s := range info.Servers {
		if at, err := time.Parse(time.RFC3339, s.Version); err == nil && (p.Release.IsZero() || at.Before(p.Release)) {
			p.Release = at
		}
	}
	return p, nil
}

// get sends one signed request to the S3 server. A web page in its place is an error.
func (c *Client) get(ctx context.Context, keys Credentials, region, path string, query url.Values) (*http.Response, []byte, error) {
	req, err := c.signed(ctx, http.MethodGet, keys, region, path, query)
	if err != nil {
		return nil, nil, c.failure(KindNotSTS, err)
	}
	answer, err := c.http.Do(req)
	if err != nil {
		return nil, nil, c.networkFailure(ctx, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxBody))
	if err != nil {
		return nil, nil, c.networkFailure(ctx, err)
	}
	if isWebPage(answer.Header, body) {
		return nil, nil, c.status(KindWebPage, answer, nil)
	}
	return answer, body, nil
}

const defaultRegion = "us-east-1"

// signed is a request without a body, signed with credentials.
func (c *Client) signed(ctx context.Context, method string, keys Credentials, region, path string, query url.Values) (*http.Request, error) {
	u, err := url.Parse(c.endpoint)
	if err != nil {
		return nil, err
	}
	u.Path, u.RawQuery = path, query.Encode()
	req, err := http.NewRequestWithContext(ctx, method, u.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	if region == "" {
		region = defaultRegion
	}
	empty := sha256.Sum256(nil)
	req.Header.Set("X-Amz-Content-Sha256", hex.EncodeToString(empty[:]))
	return signer.SignV4(*req, keys.AccessKeyID, keys.SecretAccessKey.Reveal(), keys.SessionToken.Reveal(), region), nil
}
