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

// unseal returns the entries of a file, or a sentence that says why it cannot.
func unseal(key []byte, account string, data []byte) (entries map[string]json.RawMessage, reason string) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, "The key has the wrong length."
	}
	if len(data) < headerSize+aead.NonceSize()+aead.Overhead() {
		return nil, "The file is cut off."
	}
	if !bytes.Equal(data[:headerSize], header()) {
		return nil, "The file is not one of Daypass's."
	}
	sealed := data[headerSize:]
	plain, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], bound(account))
	if err != nil {
		return nil, "The file was changed, cut off, or belongs to another place."
	}
	defer clear(plain)
	if err := json.Unmarshal(plain, &entries); err != nil || entries == nil {
		return nil, "The file's content is not what Daypass writes."
	}
	return entries, ""
}
