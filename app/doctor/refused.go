package doctor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"daypass/app/messages"
	"daypass/auth"
	"daypass/auth/secret"
)

// Refused is a call for credentials that a server refused without enough of a reason: what was asked, and
// what can be seen of the token and of the provider's keys from here.
type Refused struct {
	Now time.Time
	// Reason is how much the server said.
	Reason Reason
	// Claims and Header are those of the token that was sent.
	Claims Claims
	Header Claims
	// ClientID and Issuer are the connection's.
	ClientID, Issuer string
	// HasRole is true where the connection names a role. Duration is the lifetime that it asks for.
	HasRole  bool
	Duration time.Duration
	// Keys is the provider's key set, or KeysErr why it could not be fetched.
	Keys    []auth.SigningKey
	KeysErr error
	// KeysReasons is why they could not, in sentences.
	KeysReasons []messages.Message
}

// Reason says how much of a reason a server gave.
type Reason string

// The reasons.
const (
	// NoReason is an error without a word of explanation.
	NoReason Reason = "none"
	// VagueReason is one that says what was refused and not why.
	VagueReason Reason = "vague"
	// SignatureReason is a signature that the server could not verify.
	SignatureReason Reason = "signature"
	// KeysReason is a server that is not ready, or says that it cannot use the provider's keys.
	KeysReason Reason = "keys"
)

// Finding is a reason that the server may have had.
type Finding struct {
	// Detail is a sentence for the user; the zero message where it is of no use to them.
	Detail messages.Message
	// Admin are sentences that say what to change.
	Admin []messages.Message
}

// textOfFinding and adminPart are the beginning and the end of the IDs of a finding's texts.
const (
	textOfFinding = "problem.finding."
	adminPart     = ".admin"
)

// found returns a finding with a text for the user and one for the administrator, both with these parameters.
func found(name string, namesAndValues ...string) Finding {
	f := foundForAdmin(name, namesAndValues...)
	f.Detail = message(textOfFinding+name, namesAndValues...)
	return f
}

// foundForAdmin returns a finding with a text for the administrator alone.
func foundForAdmin(name string, namesAndValues ...string) Finding {
	return Finding{Admin: sentences(message(textOfFinding+name+adminPart, namesAndValues...))}
}

// Findings returns what is wrong, or what some servers do not accept, with the token first.
func (r Refused) Findings() []Finding {
	return slices.Concat(r.ofToken(), r.ofRequest(), r.ofKeys())
}

// ofToken looks at the claims. A server that says what is wrong does not need it.
func (r Refused) ofToken() []Finding {
	if r.Claims == nil || r.Reason != NoReason && r.Reason != VagueReason {
		return nil
	}
	var out []Finding
	audience, azp := r.Claims.audience(), r.Claims.text("azp")
	if end := r.Claims.expiry(); !end.IsZero() && end.Before(r.Now) {
		out = append(out, found("expired", "ExpiryTime", end.UTC().Format(time.RFC3339)))
	}
	if !slices.Contains(audience, r.ClientID) && azp != r.ClientID {
		out = append(out, found("audience", "Audience", foreign(strings.Join(audience, ", ")), "ClientID", r.ClientID))
	}
	if len(audience) > 1 && azp == "" {
		out = append(out, foundForAdmin("several-audiences"))
	}
	if issuer := r.Claims.text("iss"); strings.TrimSuffix(issuer, "/") != strings.TrimSuffix(r.Issuer, "/") {
		out = append(out, foundForAdmin("issuer", "Issuer", foreign(issuer)))
	}
	return out
}

// defaultMaxDuration is what servers in AWS's manner issue at most, unless they are set up otherwise.
const defaultMaxDuration = 12 * time.Hour

// ofRequest looks at what the connection asks for, where the server names no reason at all.
func (r Refused) ofRequest() []Finding {
	if r.Reason != NoReason {
		return nil
	}
	var out []Finding
	if !r.HasRole {
		out = append(out, found("no-role"))
	}
	if r.Duration > defaultMaxDuration {
		out = append(out, foundForAdmin("long-lifetime", "RequestedDuration", r.Duration.String()))
	}
	return out
}

// ofKeys looks at the provider's key set.
func (r Refused) ofKeys() []Finding {
	switch {
	case r.KeysErr != nil:
		unreachable := foundForAdmin("keys-unreachable")
		unreachable.Admin = append(unreachable.Admin, r.KeysReasons...)
		return []Finding{unreachable}
	case r.Reason == KeysReason:
		return r.unreadableKeys()
	case len(r.Keys) == 0:
		return nil
	}
	return r.keyOfToken()
}

// unreadableKeys names the keys that prevent a MinIO from starting: it stops at a key set of which it cannot
// read one key.
func (r Refused) unreadableKeys() []Finding {
	var names []string
	for _, k := range r.Keys {
		if !readable(k) {
			names = append(names, keyName(k))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []Finding{found("keys-unreadable", "Keys", strings.Join(names, ", "))}
}

// readable reports whether every server reads a key: RSA and the curves of NIST, in base64url without
// padding. MinIO reads Ed25519 in some versions alone, and there with an alg of EdDSA.
func readable(k auth.SigningKey) bool {
	switch k.Type {
	case "RSA":
		return !k.Padded
	case "EC":
		return !k.Padded && slices.Contains([]string{"P-224", "P-256", "P-384", "P-521"}, k.Curve)
	}
	return false
}

func keyName(k auth.SigningKey) string {
	kind := k.Type
	for _, s := range []string{k.Curve, k.Algorithm} {
		if s != "" {
			kind += ", " + s
		}
	}
	if k.ID == "" {
		return kind
	}
	return fmt.Sprintf("%q (%s)", k.ID, kind)
}

// keyOfToken looks at the key that signed the token.
func (r Refused) keyOfToken() []Finding {
	kid, algorithm := r.Header.text("kid"), r.Header.text("alg")
	i := slices.IndexFunc(r.Keys, func(k auth.SigningKey) bool { return kid == "" || k.ID == kid })
	if i < 0 {
		return []Finding{found("key-unpublished", "KeyID", strconv.Quote(foreign(kid)))}
	}
	if r.Reason != NoReason {
		return nil
	}
	var out []Finding
	if algorithm != "RS256" {
		out = append(out, foundForAdmin("algorithm", "Algorithm", foreign(algorithm)))
	}
	if !r.Keys[i].HasCertificate {
		out = append(out, foundForAdmin("key-without-certificate", "Key", keyName(r.Keys[i])))
	}
	return out
}

// ReadHeader returns the header of a JWT; nil where it is none.
func ReadHeader(token secret.Secret) Claims {
	header, _, _ := strings.Cut(token.Reveal(), ".")
	return decodePart(header)
}

// GroupsOmitted reports whether the provider left the user's groups out of the token for their number, and
// points to another source for them (Entra ID: _claim_names, hasgroups). Nothing reads them there.
func (c Claims) GroupsOmitted() bool {
	if names, ok := c["_claim_names"].(map[string]any); ok {
		for _, name := range []string{"groups", "roles", "wids"} {
			if _, there := names[name]; there {
				return true
			}
		}
	}
	_, has := c["groups"]
	return !has && isYes(c["hasgroups"])
}

func isYes(value any) bool {
	if s, ok := value.(string); ok {
		return strings.EqualFold(s, "true") || s == "1"
	}
	return value == true
}

// GroupsOmitted returns the finding that the groups were left out.
func GroupsOmitted() Finding {
	return Finding{Detail: message("problem.finding.groups-omitted"), Admin: sentences(message("agent.doctor.groups-omitted.admin"))}
}
