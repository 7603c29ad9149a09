package transfer

import (
	"crypto/sha256"
	"encoding/hex"
)

// digest stands for a name where many are remembered: nobody can find two names with the same one.
type digest [16]byte

func digestOf(name string) digest {
	sum := sha256.Sum256([]byte(name))
	return digest(sum[:16])
}

func hexOf(b []byte) string { return hex.EncodeToString(b) }
