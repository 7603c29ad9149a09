package remote

import (
	"crypto/md5" //nolint:gosec // the ETag of many servers is an MD5; here it finds damage, not malice
	"encoding/base64"
	"encoding/hex"
	"hash"
	"io"
	"net/http"
	"strings"

	"github.com/minio/minio-go/v7"
)

// UploadChecksum is the checksum that uploads carry, and that parts of downloads are remembered with where the
// server offers none: fast in hardware, and that of a whole follows from those of its parts.
const UploadChecksum = minio.ChecksumCRC32C

// preferred are the checksums that a server may offer, the cheapest to compute first.
var preferred = []minio.ChecksumType{
	minio.ChecksumCRC64NVME, minio.ChecksumCRC32C, minio.ChecksumCRC32,
	minio.ChecksumSHA256, minio.ChecksumSHA1,
}

// Checksum is what a server offers for checking an object.
type Checksum struct {
	// Kind is how parts of the object are summed.
	Kind minio.ChecksumType
	// Whole is the sum of the whole object in base64; empty where there is none.
	Whole string
	// Composite is true where the server has a sum of each part only.
	Composite bool
	// md5 is the sum of the whole object in hexadecimal, from its ETag; empty where it has another.
	md5 string
}

// ChecksumOf returns what the server offers by the headers of an answer that was requested with checksums.
func ChecksumOf(info minio.ObjectInfo, h http.Header) Checksum {
	for _, kind := range preferred {
		sum := info.Checksum(kind)
		switch {
		case sum == "":
		case info.ChecksumMode == minio.ChecksumCompositeMode.String() || strings.Contains(sum, "-"):
			return Checksum{Kind: kind, Composite: true}
		default:
			return Checksum{Kind: kind, Whole: sum}
		}
	}
	c := Checksum{Kind: UploadChecksum}
	if _, err := hex.DecodeString(info.ETag); err == nil && len(info.ETag) == 2*md5.Size && !encrypted(h) {
		c.md5 = info.ETag
	}
	return c
}

// encrypted reports whether the server encrypts the object, so that its ETag is no MD5 of the data.
func encrypted(h http.Header) bool {
	return h.Get("X-Amz-Server-Side-Encryption") != "" || h.Get("X-Amz-Server-Side-Encryption-Customer-Algorithm") != ""
}

// Hash returns the hash of a whole object that is read from its beginning to its end.
func (c Checksum) Hash() hash.Hash {
	switch {
	case c.Whole != "":
		return c.Kind.Hasher()
	case c.md5 != "":
		return md5.New() //nolint:gosec // see above
	}
	return nil
}

// offered reports whether there is anything to check an object by.
func (c Checksum) offered() bool { return c.Whole != "" || c.Composite || c.md5 != "" }

// Matches reports whether the hash of a whole object is right. There is none where c offers nothing.
func (c Checksum) Matches(h hash.Hash) bool {
	switch {
	case h == nil:
		return true
	case c.Whole != "":
		return base64.StdEncoding.EncodeToString(h.Sum(nil)) == c.Whole
	}
	return hex.EncodeToString(h.Sum(nil)) == c.md5
}

// Merges reports whether the sum of the whole follows from those of its parts.
func (c Checksum) Merges() bool { return c.Whole != "" && c.Kind.CanMergeCRC() }

// MatchesParts fails where the sums of the parts do not make up that of the whole. Parts of a composite have been
// checked each by its own.
func (c Checksum) MatchesParts(parts []Part, sums map[int]string) error {
	if !c.Merges() {
		return nil
	}
	whole, err := merge(c.Kind, parts, sums)
	if err == nil && whole != c.Whole {
		err = ErrDamaged
	}
	return err
}

// merge returns the sum of a whole from those of its parts.
func merge(kind minio.ChecksumType, parts []Part, sums map[int]string) (string, error) {
	all := make([]minio.ObjectPart, len(parts))
	for i, part := range parts {
		all[i] = minio.ObjectPart{PartNumber: part.Number, Size: part.Size}
		setSum(&all[i], kind, sums[part.Number])
	}
	whole, err := kind.FullObjectChecksum(all)
	if err != nil {
		return "", err
	}
	return whole.Encoded(), nil
}

func setSum(part *minio.ObjectPart, kind minio.ChecksumType, sum string) {
	switch kind {
	case minio.ChecksumCRC64NVME:
		part.ChecksumCRC64NVME = sum
	case minio.ChecksumCRC32C:
		part.ChecksumCRC32C = sum
	case minio.ChecksumCRC32:
		part.ChecksumCRC32 = sum
	}
}

// SumOf returns the checksum of a part of a file.
func SumOf(file io.ReaderAt, part Part, kind minio.ChecksumType) (string, error) {
	h := kind.Hasher()
	n, err := HashInto(h, file, part.Offset, part.Size)
	if err == nil && n < part.Size {
		err = io.ErrUnexpectedEOF
	}
	return Encode(h), err
}

// md5Of returns the sum of the beginning of a body in the way of the Content-MD5 header.
func md5Of(body io.ReaderAt, size int64) (string, error) {
	h := md5.New() //nolint:gosec // see above
	_, err := HashInto(h, body, 0, size)
	return Encode(h), err
}

// Encode returns the sum of a hash in base64.
func Encode(h hash.Hash) string { return base64.StdEncoding.EncodeToString(h.Sum(nil)) }
