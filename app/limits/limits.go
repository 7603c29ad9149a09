// Package limits makes the session policies that limit credentials to some locations and actions. It is pure.
package limits

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"daypass/app/location"
	"daypass/app/messages"
)

// Scope limits credentials to some locations and to some of what the user may do there. It never widens: the server
// allows what both the user's own policy and this one allow.
type Scope struct {
	// Locations are buckets, or prefixes within them. A prefix is that of keys, which need not end in "/".
	Locations []location.Location `json:"places"`
	// Write allows to write and delete too; otherwise the credentials only read.
	Write bool `json:"write,omitempty"`
	// Duration is the lifetime of the credentials; zero for as long as the connection's own.
	Duration time.Duration `json:"duration,omitempty"`
}

// ParseLocation reads a location that limits credentials, as location.Parse does. The error is a *ScopeError.
func ParseLocation(text string) (location.Location, error) {
	l, err := location.Parse(text)
	if err != nil && l.Root() {
		return l, &ScopeError{messages.Message{ID: "agent.limits.location", Args: map[string]string{"Location": text}}}
	}
	return l, check(l)
}

// ScopeError is a Scope of which no policy can be made.
type ScopeError struct {
	// Reason is a sentence for a user.
	Reason messages.Message
}

// Error implements error.
func (e *ScopeError) Error() string { return messages.Current().Say(e.Reason) }

// Message returns the reason.
func (e *ScopeError) Message() messages.Message { return e.Reason }

// ValidBucket reports whether name can be that of a bucket. No name begins as an option does.
func ValidBucket(name string) bool {
	odd := func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789.-", r) }
	return len(name) >= 3 && len(name) <= 63 && name[0] != '-' && !strings.ContainsFunc(name, odd)
}

// check refuses what would mean something else within a policy: its wildcards and its variables.
func check(l location.Location) error {
	if !ValidBucket(l.Bucket) {
		return &ScopeError{messages.Message{ID: "agent.limits.bucket", Args: map[string]string{"Bucket": escaped(l.Bucket)}}}
	}
	if strings.ContainsAny(l.Prefix, "*?") || strings.Contains(l.Prefix, "${") || !utf8.ValidString(l.Prefix) {
		return &ScopeError{messages.Message{ID: "agent.limits.prefix", Args: map[string]string{"Prefix": escaped(l.Prefix), "Characters": "*, ?, ${"}}}
	}
	return nil
}

// escaped returns s with an escape for each character that cannot be shown.
func escaped(s string) string {
	quoted := strconv.Quote(s)
	return quoted[1 : len(quoted)-1]
}

// MaxPolicyLength is how long a policy may be, in bytes, as the server rewrites it.
const MaxPolicyLength = 2048

// policy has the fields in the order, and the lists in the form, in which MinIO rewrites a policy
// before it measures it.
type policy struct {
	Version   string
	Statement []statement
}

type statement struct {
	Effect    string
	Action    []string
	Resource  []string
	Condition *condition `json:",omitempty"`
}

type condition struct {
	StringLike map[string][]string
}

// Policy returns the IAM policy of s, compact, and at most MaxPolicyLength long as the server counts.
// It denies what credentials could use to give themselves more: administration. That nothing allows it is
// not enough: a MinIO before RELEASE.2025-10-15 asks a session policy only whether it denies that users
// administer their own account, and let limited credentials make permanent, unlimited ones (CVE-2025-62506).
// The error is a *ScopeError.
func (s Scope) Policy() (string, error) { return s.policy("admin:*") }

// PolicyOfAnyAction is Policy for a server with roles and users of its own that takes actions of any service.
// There a session may assume a role that trusts its user, unless its policy denies that (SeaweedFS).
func (s Scope) PolicyOfAnyAction() (string, error) { return s.policy("admin:*", "iam:*", "sts:*") }

// PolicyWithoutAdmin is Policy for a server that refuses a policy with actions it does not know, as Ceph
// does, and so has no admin:*. It denies what such servers have instead. A MinIO refuses it, since it knows
// neither iam:* nor sts:*.
func (s Scope) PolicyWithoutAdmin() (string, error) { return s.policy("iam:*", "sts:*") }

func (s Scope) policy(denied ...string) (string, error) {
	if len(s.Locations) == 0 {
		return "", &ScopeError{messages.Message{ID: "agent.limits.none"}}
	}
	for _, p := range s.Locations {
		if err := check(p); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(policy{"2012-10-17", append(s.statements(), denials(denied)...)})
	if err != nil {
		return "", err
	}
	if n := len(text); n > MaxPolicyLength {
		return "", &ScopeError{messages.Message{ID: "agent.limits.too-long", Args: map[string]string{"Length": strconv.Itoa(n), "Max": strconv.Itoa(MaxPolicyLength)}}}
	}
	return string(text), nil
}

// statements allow to list each bucket, below the prefixes chosen, and to read or write the objects.
func (s Scope) statements() []statement {
	var whole, objects []string
	prefixes := map[string][]string{}
	for _, p := range s.Locations {
		objects = append(objects, "arn:aws:s3:::"+p.Bucket+"/"+p.Prefix+"*")
		if p.Prefix == "" {
			whole = append(whole, "arn:aws:s3:::"+p.Bucket)
		} else {
			prefixes[p.Bucket] = append(prefixes[p.Bucket], p.Prefix+"*")
		}
	}
	out := []statement{{Effect: "Allow", Action: s.objectActions(), Resource: sorted(objects)}}
	list := []string{"s3:GetBucketLocation", "s3:ListBucket"}
	if len(whole) > 0 {
		out = append(out, statement{Effect: "Allow", Action: list, Resource: sorted(whole)})
	}
	for _, bucket := range sortedKeys(prefixes) {
		arn := []string{"arn:aws:s3:::" + bucket}
		if slices.Contains(whole, arn[0]) {
			continue
		}
		out = append(out,
			statement{Effect: "Allow", Action: list[:1], Resource: arn},
			statement{
				Effect: "Allow", Action: list[1:], Resource: arn,
				Condition: &condition{StringLike: map[string][]string{"s3:prefix": sorted(prefixes[bucket])}},
			})
	}
	return out
}

// denials deny each action by itself: MinIO and RustFS refuse statements that mix the families of actions.
// Other servers refuse a statement without a resource, and the one here is in a form that all of them take.
func denials(actions []string) []statement {
	out := make([]statement, len(actions))
	for i, action := range actions {
		out[i] = statement{Effect: "Deny", Action: []string{action}, Resource: []string{"arn:aws:s3:::*"}}
	}
	return out
}

// Outside returns the places just outside s: the whole of each bucket of which s has only prefixes.
func (s Scope) Outside() []location.Location {
	var out []location.Location
	for _, p := range s.Locations {
		whole := location.Location{Bucket: p.Bucket}
		if !slices.Contains(s.Locations, whole) && !slices.Contains(out, whole) {
			out = append(out, whole)
		}
	}
	return out
}

// HasBucket reports whether s has a bucket, or a part of it.
func (s Scope) HasBucket(name string) bool {
	return slices.ContainsFunc(s.Locations, func(p location.Location) bool { return p.Bucket == name })
}

func (s Scope) objectActions() []string {
	if !s.Write {
		return []string{"s3:GetObject"}
	}
	return []string{"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"}
}

func sorted(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

func sortedKeys(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	return sorted(keys)
}
