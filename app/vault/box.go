package vault

import (
	"bytes"
	"crypto/rand"
	"encoding/json"

	"golang.org/x/crypto/chacha20poly1305"
)

// The file: magic, one byte of version, the nonce, the sealed entries as JSON.
const (
	magic      = "daypass vault\n"
	version    = 1
	headerSize = len(magic) + 1
)

func header() []byte { return append([]byte(magic), version) }

// checkVersion returns ErrNewer for a file that only a newer Daypass can read. Whatever else is wrong
// with it is found on unsealing.
func checkVersion(data []byte) error {
	if len(data) >= headerSize && bytes.HasPrefix(data, []byte(magic)) && data[len(magic)] > version {
		return ErrNewer
	}
	return nil
}

// bound is the associated data: what kind of file this is, and whose.
func bound(account string) []byte { return append(header(), account...) }

// seal encrypts entries. The nonce is fresh and random, which its 192 bits allow forever.
func seal(key []byte, account string, entries map[string]json.RawMessage) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(entries)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	out := make([]byte, headerSize+aead.NonceSize(), headerSize+aead.NonceSize()+len(plain)+aead.Overhead())
	copy(out, header())
	nonce := out[headerSize:]
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return aead.Seal(out, nonce, plain, bound(account)), nil
}

// unseal returns the entries of a file, or why it cannot be used.
func unseal(key []byte, account string, data []byte) (entries map[string]json.RawMessage, reason Reason) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, ReasonKeyLength
	}
	if len(data) < headerSize+aead.NonceSize()+aead.Overhead() {
		return nil, ReasonCutOff
	}
	if !bytes.Equal(data[:headerSize], header()) {
		return nil, ReasonForeign
	}
	sealed := data[headerSize:]
	plain, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], bound(account))
	if err != nil {
		return nil, ReasonChanged
	}
	defer clear(plain)
	if err := json.Unmarshal(plain, &entries); err != nil || entries == nil {
		return nil, ReasonContent
	}
	return entries, ""
}
