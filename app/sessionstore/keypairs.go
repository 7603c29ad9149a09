package sessionstore

import (
	"time"

	"daypass/app/keypairs"
	"daypass/app/limits"
	"daypass/auth/secret"
)

// storedKeyPairs are the key pairs for the gateway in an entry of the vault.
type storedKeyPairs struct {
	Port  int             `json:"port"`
	Pairs []storedKeyPair `json:"pairs"`
}

type storedKeyPair struct {
	Name            string        `json:"name"`
	Scope           *limits.Scope `json:"scope,omitempty"`
	Since           time.Time     `json:"since"`
	Paused          bool          `json:"paused,omitempty"`
	AccessKeyID     string        `json:"access_key_id"`
	SecretAccessKey string        `json:"secret_access_key"`
}

func storedFrom(set *keypairs.Set) *storedKeyPairs {
	if set == nil {
		return nil
	}
	s := &storedKeyPairs{Port: set.Port}
	for _, p := range set.Pairs {
		s.Pairs = append(s.Pairs, storedKeyPair{p.Name, p.Scope, p.Since, p.Paused, p.AccessKeyID, p.SecretAccessKey.Reveal()})
	}
	return s
}

func (s *storedKeyPairs) set() *keypairs.Set {
	if s == nil {
		return nil
	}
	set := &keypairs.Set{Port: s.Port}
	for _, p := range s.Pairs {
		set.Pairs = append(set.Pairs, keypairs.Pair{
			Name: p.Name, Scope: p.Scope, Since: p.Since, Paused: p.Paused, AccessKeyID: p.AccessKeyID, SecretAccessKey: secret.New(p.SecretAccessKey),
		})
	}
	return set
}
