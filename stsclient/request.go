package stsclient

import (
	"bytes"
	"crypto/sha1" // MinIO defines its role ARN by SHA-1; nothing is secured by it
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// LimitError is a Request that is outside the documented limits. It was not sent.
type LimitError struct {
	// Parameter is the name of the form parameter, such as "DurationSeconds".
	Parameter string
	// Limit is which limit it is.
	Limit Limit
}

// Error implements error.
func (e *LimitError) Error() string { return "sts: " + e.Parameter + ": " + string(e.Limit) }

// Limit names a limit of the reference.
type Limit string

// The limits.
const (
	LimitTokenShort      Limit = "token-short"
	LimitWholeSeconds    Limit = "duration-seconds"
	LimitDurationRange   Limit = "duration-range"
	LimitPolicyJSON      Limit = "policy-json"
	LimitPolicyVersion   Limit = "policy-version"
	LimitPolicyLong      Limit = "policy-long"
	LimitRoleARN         Limit = "role-arn"
	LimitRoleSessionName Limit = "session-name"
)

// Limits returns all limits.
func Limits() []Limit {
	return []Limit{
		LimitTokenShort, LimitWholeSeconds, LimitDurationRange, LimitPolicyJSON, LimitPolicyVersion, LimitPolicyLong, LimitRoleARN, LimitRoleSessionName,
	}
}

const (
	minSessionName = 2
	maxSessionName = 64
	minRoleARN     = 20
	maxRoleARN     = 2048
)

// sessionName is the alphabet of RoleSessionName, the same for AWS, Ceph and SeaweedFS.
var sessionName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\w+=,.@-]{2,64}$`) })

// Validate checks r against the limits of the reference: it returns a *LimitError, or nil. A token
// longer than DocumentedTokenLength passes, since servers take it.
func (r Request) Validate() error {
	for _, check := range []func() *LimitError{r.checkToken, r.checkDuration, r.checkPolicy, r.checkRole, r.checkNames} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (r Request) checkToken() *LimitError {
	if n := len(r.WebIdentityToken.Reveal()); n < MinTokenLength {
		return &LimitError{"WebIdentityToken", LimitTokenShort}
	}
	return nil
}

func (r Request) checkDuration() *LimitError {
	switch {
	case r.Duration == 0:
		return nil
	case r.Duration%time.Second != 0:
		return &LimitError{"DurationSeconds", LimitWholeSeconds}
	case r.Duration < MinDuration || r.Duration > MaxDuration:
		return &LimitError{"DurationSeconds", LimitDurationRange}
	}
	return nil
}

func (r Request) checkPolicy() *LimitError {
	if r.Policy == "" {
		return nil
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(r.Policy)); err != nil {
		return &LimitError{"Policy", LimitPolicyJSON}
	}
	var policy struct{ Version string }
	if err := json.Unmarshal(compact.Bytes(), &policy); err != nil || policy.Version == "" {
		return &LimitError{"Policy", LimitPolicyVersion}
	}
	if n := compact.Len(); n > MaxPolicyLength {
		return &LimitError{"Policy", LimitPolicyLong}
	}
	return nil
}

func (r Request) checkRole() *LimitError {
	if n := len(r.RoleARN); n != 0 && (n < minRoleARN || n > maxRoleARN || !strings.HasPrefix(r.RoleARN, "arn:")) {
		return &LimitError{"RoleArn", LimitRoleARN}
	}
	return nil
}

func (r Request) checkNames() *LimitError {
	if r.RoleSessionName != "" && !sessionName().MatchString(r.RoleSessionName) {
		return &LimitError{"RoleSessionName", LimitRoleSessionName}
	}
	return nil
}

// form is the request's body. Version and Action are fixed by the API.
func (r Request) form() url.Values {
	form := url.Values{
		"Action":           {"AssumeRoleWithWebIdentity"},
		"Version":          {"2011-06-15"},
		"WebIdentityToken": {r.WebIdentityToken.Reveal()},
	}
	if r.Duration > 0 {
		form.Set("DurationSeconds", strconv.FormatInt(int64(r.Duration/time.Second), 10))
	}
	for name, value := range map[string]string{
		"WebIdentityAccessToken": r.AccessToken.Reveal(),
		"RoleArn":                r.RoleARN,
		"RoleSessionName":        r.RoleSessionName,
		"Policy":                 r.Policy,
		"TokenRevokeType":        r.TokenRevokeType,
	} {
		if value != "" {
			form.Set(name, value)
		}
	}
	return form
}

var notInSessionName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\w+=,.@-]+`) })

// CleanSessionName makes a RoleSessionName from what a user is called: what is not in its alphabet
// becomes "-", and the length comes between 2 and 64.
func CleanSessionName(identity string) string {
	name := strings.Trim(notInSessionName().ReplaceAllString(identity, "-"), "-")
	if len(name) > maxSessionName {
		name = name[:maxSessionName]
	}
	if len(name) < minSessionName {
		return "daypass"
	}
	return name
}

// MinIORoleARN is the ARN under which a MinIO with a role policy knows the role of a client: the
// resource is the unpadded base64url of the SHA-1 of the client ID. region is the server's, and
// empty for most.
func MinIORoleARN(region, clientID string) string {
	sum := sha1.Sum([]byte(clientID))
	return "arn:minio:iam:" + region + "::role/" + base64.RawURLEncoding.EncodeToString(sum[:])
}
