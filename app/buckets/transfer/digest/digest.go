// Package digest stands for names where many are remembered.
package digest

import "crypto/sha256"

// Digest stands for a name: nobody can find two names with the same one.
type Digest [16]byte

// Of returns the digest of a name.
func Of(name string) Digest {
	sum := sha256.Sum256([]byte(name))
	return Digest(sum[:16])
}
