// Package keypairs is the form in which the gateway's key pairs outlive the agent, with the session that they belong to.
package keypairs

import (
	"time"

	"daypass/app/limits"
	"daypass/auth/secret"
)

// Set is what is stored of the key pairs of a session. It is not changed once it is made.
type Set struct {
	// Port is where the programs that have a pair know the gateway.
	Port int
	// Pairs are the pairs, the oldest first.
	Pairs []Pair
}

// Pair is the key pair of one program.
type Pair struct {
	// Name is that of the program, in lists.
	Name string
	// Scope limits its credentials; nil for all that the user may do.
	Scope *limits.Scope
	// Since is when the pair was made.
	Since time.Time
	// Paused is true while its requests are refused.
	Paused bool
	// AccessKeyID and SecretAccessKey are what the program signs with, at the gateway alone.
	AccessKeyID     string
	SecretAccessKey secret.Secret
}
