package session

import (
	"daypass/app/keypairs"
	"daypass/auth"
)

// keyPairsChanged takes over the key pairs of a session that has a user: without one there are none.
func (p *step) keyPairsChanged(e KeyPairsChanged) {
	if p.Tokens.Identity.Subject != "" {
		p.KeyPairs = e.Set
	}
}

// keyPairsOf keeps the key pairs for the user who made them.
func (s State) keyPairsOf(who auth.Identity) *keypairs.Set {
	if sameUser(s.Tokens.Identity, who) {
		return s.KeyPairs
	}
	return nil
}
