package auth

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// usableKeys returns the keys of a JWK set that verify signatures. It skips those that are for
// something else or of a kind that is not known, as RFC 7517 section 5 asks.
func usableKeys(set object) []jose.JSONWebKey {
	var raw []json.RawMessage
	_ = json.Unmarshal(set["keys"], &raw)
	var keys []jose.JSONWebKey
	for _, r := range raw {
		o, ok := parseObject(r)
		if !ok || o.text("use") == "enc" {
			continue
		}
		if key, ok := o.publicKey(); ok {
			keys = append(keys, key)
		}
	}
	return keys
}

// coordinateSizes are the bytes of a coordinate on each curve (RFC 7518 section 6.2.1.2).
var coordinateSizes = map[string]int{"P-256": 32, "P-384": 48, "P-521": 66}

// publicKey makes a key of the members that a verification needs. The others, such as certificates
// that nobody looks at, may be as wrong as they like.
func (o object) publicKey() (jose.JSONWebKey, bool) {
	needed := map[string]string{"kty": o.text("kty")}
	switch needed["kty"] {
	case "RSA":
		needed["n"], needed["e"] = o.base64URL("n", 0), o.base64URL("e", 0)
	case "EC":
		size := coordinateSizes[o.text("crv")]
		needed["crv"], needed["x"], needed["y"] = o.text("crv"), o.base64URL("x", size), o.base64URL("y", size)
	case "OKP":
		needed["crv"], needed["x"] = o.text("crv"), o.base64URL("x", 0)
	default:
		return jose.JSONWebKey{}, false
	}
	for _, value := range needed {
		if value == "" {
			return jose.JSONWebKey{}, false
		}
	}
	text, err := json.Marshal(needed)
	var key jose.JSONWebKey
	if err != nil || json.Unmarshal(text, &key) != nil || !key.Valid() || !key.IsPublic() {
		return jose.JSONWebKey{}, false
	}
	key.KeyID = o.text("kid")
	return key, true
}

// base64URL returns a member in base64url without padding, whichever alphabet and padding it is in;
// empty where it is neither. A coordinate is brought to size bytes: some libraries leave out its
// leading zeros, and some put one there for the sign.
func (o object) base64URL(name string, size int) string {
	text := strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimRight(o.text(name), "="))
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return ""
	}
	for size > 0 && len(b) > size && b[0] == 0 {
		b = b[1:]
	}
	if missing := size - len(b); missing > 0 && len(b) > 0 {
		b = slices.Concat(make([]byte, missing), b)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}
