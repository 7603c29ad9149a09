package stsclient

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/minio/minio-go/v7/pkg/signer"

	"daypass/auth/safetext"
)

// CallerIdentity is who credentials are for, as the server knows them: made printable, and empty where it does not say.
type CallerIdentity struct{ ARN, Account, UserID string }

// ErrNoCallerIdentity means that the server does not offer GetCallerIdentity: MinIO, RustFS and Ceph RGW do not.
var ErrNoCallerIdentity = errors.New("the server does not say whose credentials they are")

// maxIdentityText bounds, in runes, each text of a CallerIdentity.
const maxIdentityText = 300

// CallerIdentity asks the STS whose credentials they are. The Client must be that of the STS. region is that of the
// signature; empty for the one in the address of the STS, or the default.
//
// Errors: ErrNoCallerIdentity, *Error where the server cannot answer now or does not take the credentials, and
// context.Canceled for ctx's own cancellation.
func (c *Client) CallerIdentity(ctx context.Context, keys Credentials, region string) (CallerIdentity, error) {
	req, err := c.identityRequest(ctx, keys, region)
	if err != nil {
		return CallerIdentity{}, c.failure(KindNotSTS, err)
	}
	answer, err := c.http.Do(req)
	if err != nil {
		return CallerIdentity{}, c.networkFailure(ctx, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxBody))
	if err != nil {
		return CallerIdentity{}, c.networkFailure(ctx, err)
	}
	if answer.StatusCode != http.StatusOK {
		err := c.responseError(answer, body, keys.SecretAccessKey, keys.SessionToken)
		if e, ok := errors.AsType[*Error](err); ok && !IsTransient(e) && !expired[e.Code] {
			return CallerIdentity{}, ErrNoCallerIdentity
		}
		return CallerIdentity{}, err
	}
	var doc struct {
		Result struct {
			ARN     string `xml:"Arn"`
			Account string
			UserID  string `xml:"UserId"`
		} `xml:"GetCallerIdentityResult"`
	}
	if decodeWhole(body, &doc) != nil || doc.Result.ARN == "" {
		return CallerIdentity{}, ErrNoCallerIdentity
	}
	r := doc.Result
	return CallerIdentity{safetext.Line(r.ARN, maxIdentityText), safetext.Line(r.Account, maxIdentityText), safetext.Line(r.UserID, maxIdentityText)}, nil
}

// expired are the codes of a server that offers the call and does not take the credentials.
var expired = map[string]bool{"ExpiredToken": true, "ExpiredTokenException": true, "InvalidClientTokenId": true, "SignatureDoesNotMatch": true}

// identityForm is the body of the request.
const identityForm = "Action=GetCallerIdentity&Version=2011-06-15"

func (c *Client) identityRequest(ctx context.Context, keys Credentials, region string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, strings.NewReader(identityForm))
	if err != nil {
		return nil, err
	}
	req.URL.Path = "/"
	sum := sha256.Sum256([]byte(identityForm))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/xml")
	req.Header.Set("X-Amz-Content-Sha256", hex.EncodeToString(sum[:]))
	req.Header.Set("X-Amz-Security-Token", keys.SessionToken.Reveal()) // signed with the other headers
	if region == "" {
		region = regionOf(c.endpoint)
	}
	return signer.SignV4STS(*req, keys.AccessKeyID, keys.SecretAccessKey.Reveal(), region), nil
}

// regionOf returns the region in the address of Amazon's STS, which signatures must name; else the default.
func regionOf(endpoint string) string {
	u, err := url.Parse(endpoint)
	if err == nil {
		if parts := regionalSTS().FindStringSubmatch(strings.ToLower(u.Hostname())); parts != nil {
			return parts[1]
		}
	}
	return defaultRegion
}

var regionalSTS = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^sts(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$`)
})
