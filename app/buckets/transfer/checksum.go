package transfer

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

// ours is the checksum that uploads carry, and that parts of downloads are remembered with where the
// server offers none: fast in hardware, and that of a whole follows from those of its parts.
const ours = minio.ChecksumCRC32C

// preferred are the checksums that a server may offer, the cheapest to compute first.
var preferred = []minio.ChecksumType{
	minio.ChecksumCRC64NVME, minio.ChecksumCRC32C, minio.ChecksumCRC32,
	minio.ChecksumSHA256, minio.ChecksumSHA1,
}

// proof is what a server offers for checking an object.
type proof struct {
	// kind is how pieces of the object are summed.
	kind minio.ChecksumType
	// whole is the sum of the whole object in base64; empty where there is none.
	whole string
	// composite is true where the server has a sum of each part only.
	composite bool
	// md5 is the sum of the whole object in hexadecimal, from its ETag; empty where it has another.
	md5 string
}

// proofOf reads the headers of an answer that was asked for with checksums.
func proofOf(info minio.ObjectInfo, h http.Header) proof {
	for _, kind := range preferred {
		sum := info.Checksum(kind)
		switch {
		case sum == "":
		case info.ChecksumMode == minio.ChecksumCompositeMode.String() || strings.Contains(sum, "-"):
			return proof{kind: kind, composite: true}
		default:
			return proof{kind: kind, whole: sum}
		}
	}
	p := proof{kind: ours}
	if _, err := hex.DecodeString(info.ETag); err == nil && len(info.ETag) == 2*md5.Size && !encrypted(h) {
		p.md5 = info.ETag
	}
	return p
}

// encrypted reports whether the server encrypts the object, so that its ETag is no MD5 of the data.
func encrypted(h http.Header) bool {
	return h.Get("X-Amz-Server-Side-Encryption") != "" || h.Get("X-Amz-Server-Side-Encryption-Customer-Algorithm") != ""
}

// streamHash sums a whole object that is read from its beginning to its end.
func (p proof) streamHash() hash.Hash {
	switch {
	case p.whole != "":
		return p.kind.Hasher()
	case p.md5 != "":
		return md5.New() //nolint:gosec // see above
	}
	return nil
}

// offered reports whether there is anything to check an object by.
func (p proof) offered() bool { return p.whole != "" || p.composite || p.md5 != "" }

// proves reports whether the hash of a whole object is right. There is none where p offers nothing.
func (p proof) proves(h hash.Hash) bool {
	switch {
	case h == nil:
		return true
	case p.whole != "":
		return base64.StdEncoding.EncodeToString(h.Sum(nil)) == p.whole
	}
	return hex.EncodeToString(h.Sum(nil)) == p.md5
}

// merges reports whether the sum of the whole follows from those of its parts.
func (p proof) merges() bool { return p.whole != "" && p.kind.CanMergeCRC() }

// provesParts fails where the sums of the parts do not make up that of the whole. Parts of a composite have been
// checked each by its own.
func (p proof) provesParts(parts []span, sums map[int]string) error {
	if !p.merges() {
		return nil
	}
	whole, err := merge(p.kind, parts, sums)
	if err == nil && whole != p.whole {
		err = errDamaged
	}
	return err
}

// merge returns the sum of a whole from those of its parts.
func merge(kind minio.ChecksumType, parts []span, sums map[int]string) (string, error) {
	all := make([]minio.ObjectPart, len(parts))
	for i, part := range parts {
		all[i] = minio.ObjectPart{PartNumber: part.number, Size: part.size}
		setSum(&all[i], kind, sums[part.number])
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

// span is one part of a file.
type span struct {
	number       int // from 1
	offset, size int64
	// want is the sum the server has of just this part; empty where it has none.
	want string
}

// cut divides size bytes into parts.
func cut(size, partSize int64) []span {
	parts := make([]span, 0, size/partSize+1)
	for at := int64(0); at < size; at += partSize {
		parts = append(parts, span{number: len(parts) + 1, offset: at, size: min(partSize, size-at)})
	}
	return parts
}

// sumOf sums a part of a file.
func sumOf(file io.ReaderAt, part span, kind minio.ChecksumType) (string, error) {
	h := kind.Hasher()
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	n, err := io.CopyBuffer(onlyWriter{h}, io.NewSectionReader(file, part.offset, part.size), *buf)
	if err == nil && n < part.size {
		err = io.ErrUnexpectedEOF
	}
	return encode(h), err
}

// md5Of sums the beginning of a body in the way of the Content-MD5 header.
func md5Of(body io.ReaderAt, size int64) (string, error) {
	h := md5.New() //nolint:gosec // see above
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	_, err := io.CopyBuffer(onlyWriter{h}, io.NewSectionReader(body, 0, size), *buf)
	return encode(h), err
}

func encode(h hash.Hash) string { return base64.StdEncoding.EncodeToString(h.Sum(nil)) }
