package disk

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

const (
	tempStart = ".daypass-"
	tempEnd   = ".part"
)

// TempName is the name under which the transfer job keeps what it has of one file until it is whole.
func TempName(job, item string) string {
	sum := sha256.Sum256([]byte(item))
	return tempStart + job + "-" + hex.EncodeToString(sum[:8]) + tempEnd
}

// IsTemp reports whether name is one of ours.
func IsTemp(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, tempStart) && strings.HasSuffix(name, tempEnd)
}
