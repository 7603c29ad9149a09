package doctor

import (
	"fmt"
	"slices"
	"strings"
	"time"

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
	// Detail is a sentence for the user, Admin says what to change.
	Detail, Admin string
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
		out = append(out, Finding{"The ID token has expired.", "exp of the ID token is " + end.UTC().Format(time.RFC3339) + ": its lifetime is short, or the clocks differ."})
	}
	if !slices.Contains(audience, r.ClientID) && azp != r.ClientID {
		out = append(out, Finding{
			"The ID token is for " + foreign(strings.Join(audience, ", ")) + " and not for " + r.ClientID + ".",
			"aud of the ID token must be the client ID of this connection.",
		})
	}
	if len(audience) > 1 && azp == "" {
		out = append(out, Finding{Admin: "The ID token has several audiences and no azp, which some servers do not accept (AWS, Versity Gateway)."})
	}
	if issuer := r.Claims.text("iss"); strings.TrimSuffix(issuer, "/") != strings.TrimSuffix(r.Issuer, "/") {
		out = append(out, Finding{Admin: "The ID token names the issuer " + foreign(issuer) + ": the server must know the provider by it."})
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
		out = append(out, Finding{"This connection names no role.", "Ceph, AWS and Versity Gateway require role_arn under [keys] in the connection."})
	}
	if r.Duration > defaultMaxDuration {
		out = append(out, Finding{Admin: fmt.Sprintf("The connection asks for credentials for %s, and 12 hours are the usual maximum.", r.Duration)})
	}
	return out
}

// ofKeys looks at the provider's key set.
func (r Refused) ofKeys() []Finding {
	switch {
	case r.KeysErr != nil:
		return []Finding{{Admin: "The provider's key set (jwks_uri) could not be fetched from this computer either: " + auth.Reason(r.KeysErr)}}
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
	list := strings.Join(names, ", ")
	return []Finding{{
		"The key set of the identity provider holds a key that the server may not be able to read: " + list + ".",
		"Take this key out of the provider's key set (jwks_uri), or have the provider publish RSA and EC (P-256) keys alone for this client: " + list + ". MinIO does not start while it cannot read every key.",
	}}
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
		return "one without kid (" + kind + ")"
	}
	return fmt.Sprintf("%q (%s)", k.ID, kind)
}

// keyOfToken looks at the key that signed the token.
func (r Refused) keyOfToken() []Finding {
	kid, algorithm := r.Header.text("kid"), r.Header.text("alg")
	i := slices.IndexFunc(r.Keys, func(k auth.SigningKey) bool { return kid == "" || k.ID == kid })
	if i < 0 {
		return []Finding{{
			"The identity provider does not publish the key that signed the ID token.",
			fmt.Sprintf("kid %q of the ID token is not in the provider's key set (jwks_uri).", foreign(kid)),
		}}
	}
	if r.Reason != NoReason {
		return nil
	}
	var out []Finding
	if algorithm != "RS256" {
		out = append(out, Finding{Admin: "The ID token is signed with " + foreign(algorithm) + ": Ceph accepts RS256 alone."})
	}
	if !r.Keys[i].HasCertificate {
		out = append(out, Finding{Admin: "The provider's key " + keyName(r.Keys[i]) + " comes without a certificate (x5c): Ceph verifies tokens only with one, whose thumbprint is registered."})
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

// What is said where the groups were left out.
const (
	GroupsOmittedDetail = "The identity provider left your groups out of the ID token, because you are in too many."
	GroupsOmittedAdmin  = "Have the provider put only the groups that are assigned to this application into its tokens " +
		"(Entra ID: Token configuration, Groups assigned to the application), or use application roles."
)
