package stsclient

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"daypass/auth/secret"
)

// Software is a product that serves the S3 API.
type Software string

// The products that say in a header which one they are.
const (
	SoftwareAWS       Software = "aws"
	SoftwareCeph      Software = "ceph"
	SoftwareMinIO     Software = "minio"
	SoftwareRustFS    Software = "rustfs"
	SoftwareSeaweedFS Software = "seaweedfs"
	SoftwareVersity   Software = "versity"
)

// Identity is what a server tells anybody of itself.
type Identity struct {
	// S3 is true where the S3 API answers, and Console where the web console of a storage server does.
	S3, Console bool
	// Software is the product; empty where it cannot be told.
	Software Software
}

// Identify asks the server for its buckets without credentials: an S3 server refuses that, or lists none, in a form of
// its own. The error is an *Error of the network, and context.Canceled for ctx's own cancellation.
func (c *Client) Identify(ctx context.Context) (Identity, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.endpoint, http.NoBody)
	if err != nil {
		return Identity{}, c.failure(KindNotSTS, err)
	}
	req.Header.Set("Accept", "application/xml")
	answer, err := c.http.Do(req)
	if err != nil {
		return Identity{}, c.networkFailure(ctx, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxBody))
	if err != nil {
		return Identity{}, c.networkFailure(ctx, err)
	}
	if isConsole(answer.Header, body) {
		return Identity{Console: true}, nil
	}
	software := softwareOf(answer.Header)
	return Identity{S3: !isWebPage(answer.Header, body) && (software != "" || speaksS3(body)), Software: software}, nil
}

// speaksS3 reports whether an answer is an S3 error or a list of buckets.
func speaksS3(body []byte) bool {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, byteOrderMark))
	if !bytes.HasPrefix(body, []byte("<")) {
		return false
	}
	var list struct {
		XMLName struct{} `xml:"ListAllMyBucketsResult"`
	}
	_, _, _, isError := parseError(body)
	return isError || decodeWhole(body, &list) == nil
}

// softwareNames are how the Server header of each product begins, in lower case.
var softwareNames = []struct {
	begins   string
	software Software
}{
	{"minio", SoftwareMinIO},
	{"rustfs", SoftwareRustFS},
	{"seaweedfs", SoftwareSeaweedFS},
	{"versitygw", SoftwareVersity},
	{"amazons3", SoftwareAWS},
	{"ceph", SoftwareCeph},
}

// cephRequestID is the form of the IDs that Ceph gives requests: a number, a time, and the gateway's own ID and zone.
var cephRequestID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^tx[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-\w`) })

// softwareOf returns the product that sent headers. A proxy in front of it may have replaced its name.
func softwareOf(h http.Header) Software {
	server := strings.ToLower(h.Get("Server"))
	for _, known := range softwareNames {
		if strings.HasPrefix(server, known.begins) {
			return known.software
		}
	}
	switch {
	case cephRequestID().MatchString(h.Get("X-Amz-Request-Id")):
		return SoftwareCeph
	case h.Get("X-Amzn-Requestid") != "":
		return SoftwareAWS
	case h.Get("X-Minio-Error-Code") != "":
		return SoftwareMinIO
	}
	return ""
}

// noToken is in place of a web identity token; every server refuses it.
var noToken = secret.New("not-a-token")

// ProbeWebIdentity asks for credentials with a token that is none, and returns how the server refuses it. Nothing of the
// user's is sent. roleARN may be empty. The error is a *LimitError, or context.Canceled for ctx's own cancellation.
func (c *Client) ProbeWebIdentity(ctx context.Context, roleARN string) (*Error, error) {
	r := Request{WebIdentityToken: noToken, RoleARN: roleARN, RoleSessionName: CleanSessionName("")}
	if err := r.Validate(); err != nil {
		return nil, err
	}
	_, err := c.once(ctx, r, r.form().Encode())
	var refused *Error
	switch {
	case errors.As(err, &refused):
		return refused, nil
	case err != nil:
		return nil, err
	}
	return c.failure(KindBadAnswer, errors.New("the server issued credentials for a token that is none")), nil
}

// offering are the kinds of error that only a server has which exchanges ID tokens: it looked at the token, at whom it is
// from, or at the role.
var offering = map[Kind]bool{
	KindTokenExpired: true, KindTokenFromFuture: true, KindTokenMalformed: true, KindTokenNoExpiry: true, KindTokenClaim: true,
	KindTokenRejected: true, KindSignature: true, KindAlgorithm: true, KindKeyType: true, KindAudience: true, KindAudienceSeveral: true,
	KindProviderUnknown: true, KindProviderCertificate: true, KindProviderUnreachable: true, KindSubject: true, KindClaimMissing: true,
	KindPolicyUnknown: true, KindNoPermissions: true, KindRoleNeeded: true, KindRoleUnknown: true, KindRoleMalformed: true, KindRoleDenied: true,
	KindAccessTokenNeeded: true, KindUserInfo: true, KindUserInfoSigned: true,
}

// OffersWebIdentity reports whether the error shows that the server offers AssumeRoleWithWebIdentity. Where it does not,
// the server may still.
func (e *Error) OffersWebIdentity() bool { return offering[e.Kind] }
