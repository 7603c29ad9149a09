package sigv4

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

const (
	chunkAlgorithm   = "AWS4-HMAC-SHA256-PAYLOAD"
	trailerAlgorithm = "AWS4-HMAC-SHA256-TRAILER"
	chunkExtension   = ";chunk-signature="
	trailerSignature = "x-amz-trailer-signature"

	// maxLine bounds a line between the chunks, maxTrailers how many of them follow the last.
	maxLine     = 1024
	maxTrailers = 8
	// maxDecoded bounds a body: that of the largest object of S3.
	maxDecoded = 5 << 40
)

// Trailer is a header that follows a body.
type Trailer struct{ Name, Value string }

// ChunkReader decodes a body whose chunks are signed, and verifies it. It returns the last bytes of the body only once
// all chunks and trailers have turned out right: a program that sends what it returns, under its length, sends nothing whole
// that was not signed.
type ChunkReader struct {
	in       *bufio.Reader
	request  Verified
	previous string    // signature
	stated   string    // signature of the present chunk
	sum      hash.Hash // of the present chunk
	chunk    int64     // what is left of the present chunk
	left     int64     // what is left of the body
	length   int64
	names    []string // of the trailers to come
	trailers []Trailer
	err      error
}

// Chunks returns a reader of a body with signed chunks, that of the request. Where the decoded body is empty, it is
// verified already. The error is an *Error, or one of reading.
func (v Verified) Chunks(body io.Reader) (*ChunkReader, error) {
	text, _ := single(v.http.Header["X-Amz-Decoded-Content-Length"])
	length, err := strconv.ParseUint(text, 10, 63)
	if err != nil || length > maxDecoded {
		return nil, ErrDecodedLength
	}
	c := &ChunkReader{
		in: bufio.NewReaderSize(body, maxLine), request: v, previous: v.signature, sum: sha256.New(),
		left: int64(length), length: int64(length),
	}
	if v.Payload == StreamingPayloadTrailer {
		if c.names = trailerNames(v.http.Header); c.names == nil {
			return nil, ErrTrailer
		}
	}
	if length == 0 {
		c.err = c.finish()
		if c.err != nil {
			return nil, c.err
		}
		c.err = io.EOF
	}
	return c, nil
}

// Length returns how many bytes the body has when it is decoded.
func (c *ChunkReader) Length() int64 { return c.length }

// Trailers returns what follows the body, once that has been read to its end.
func (c *ChunkReader) Trailers() []Trailer { return c.trailers }

// trailerNames returns the names in x-amz-trailer; nil where there is none, or they are no names.
func trailerNames(h http.Header) []string {
	var names []string
	for _, value := range h["X-Amz-Trailer"] {
		for name := range strings.SplitSeq(value, ",") {
			name = strings.ToLower(strings.TrimSpace(name))
			if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || name == trailerSignature || slices.Contains(names, name) {
				return nil
			}
			names = append(names, name)
		}
	}
	if len(names) > maxTrailers {
		return nil
	}
	return names
}

// Read implements io.Reader. After an error it returns that again; of the end of the body it returns nothing then.
func (c *ChunkReader) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	n, err := c.read(p)
	if err != nil {
		c.err = err
		return 0, err
	}
	if c.left == 0 {
		c.err = io.EOF
	}
	return n, nil
}

func (c *ChunkReader) read(p []byte) (int, error) {
	if c.chunk == 0 {
		if err := c.begin(); err != nil {
			return 0, err
		}
		if c.chunk == 0 {
			return 0, ErrIncomplete // the last chunk
		}
	}
	n, err := c.in.Read(p[:min(int64(len(p)), c.chunk)])
	if err != nil {
		return 0, incomplete(err)
	}
	c.sum.Write(p[:n])
	c.chunk -= int64(n)
	c.left -= int64(n)
	if c.chunk == 0 {
		err = c.end()
	}
	if err == nil && c.left == 0 {
		err = c.finish()
	}
	return n, err
}

// begin reads the line before a chunk.
func (c *ChunkReader) begin() error {
	line, err := c.line()
	if err != nil {
		return err
	}
	size, signature, ok := strings.Cut(line, chunkExtension)
	n, err := strconv.ParseUint(size, 16, 63)
	if !ok || err != nil || len(size) > 16 || !isHex(signature) {
		return ErrChunk
	}
	if int64(n) > c.left {
		return ErrIncomplete
	}
	c.chunk, c.stated = int64(n), signature
	c.sum.Reset()
	return nil
}

// end reads the end of a chunk's data and verifies the chunk.
func (c *ChunkReader) end() error {
	line, err := c.line()
	if err != nil {
		return err
	}
	if line != "" {
		return ErrChunk
	}
	return c.verifyChunk()
}

func (c *ChunkReader) verifyChunk() error {
	text := strings.Join([]string{
		chunkAlgorithm, c.request.date, c.request.scope.String(), c.previous, hexSum(nil), hex.EncodeToString(c.sum.Sum(nil)),
	}, "\n")
	if c.previous = sign(c.request.key, text); !equal(c.previous, c.stated) {
		return ErrChunkSignature
	}
	return nil
}

// finish reads and verifies what follows the data: an empty chunk and the trailers, and nothing more.
func (c *ChunkReader) finish() error {
	if err := c.begin(); err != nil {
		return err
	}
	if err := c.verifyChunk(); err != nil {
		return err
	}
	if c.names != nil {
		if err := c.readTrailers(); err != nil {
			return err
		}
	}
	return c.readEnd()
}

// readTrailers reads the trailers and their signature. There may be empty lines among them: clients differ.
func (c *ChunkReader) readTrailers() error {
	for range 2 * (maxTrailers + 1) {
		line, err := c.line()
		if err != nil {
			return err
		}
		if line == "" {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if name = strings.ToLower(name); ok && name == trailerSignature {
			return c.verifyTrailers(strings.TrimSpace(value))
		}
		value = strings.TrimSpace(value)
		if !ok || !slices.Contains(c.names, name) || !validTrailer(value) {
			return ErrTrailer
		}
		c.names = slices.DeleteFunc(c.names, func(n string) bool { return n == name })
		c.trailers = append(c.trailers, Trailer{name, value})
	}
	return ErrTrailer
}

// validTrailer reports whether a value is a checksum, or something as harmless.
func validTrailer(value string) bool {
	return value != "" && !strings.ContainsFunc(value, func(r rune) bool { return r <= ' ' || r > '~' })
}

func (c *ChunkReader) verifyTrailers(stated string) error {
	if len(c.names) > 0 {
		return ErrTrailer
	}
	var text strings.Builder
	for _, t := range c.trailers {
		text.WriteString(t.Name + ":" + t.Value + "\n")
	}
	want := sign(c.request.key, strings.Join([]string{
		trailerAlgorithm, c.request.date, c.request.scope.String(), c.previous, hexSum([]byte(text.String())),
	}, "\n"))
	if !equal(want, stated) {
		return ErrTrailerSignature
	}
	return nil
}

// readEnd fails where more than an empty line follows.
func (c *ChunkReader) readEnd() error {
	rest, err := io.ReadAll(io.LimitReader(c.in, 3))
	if err != nil {
		return incomplete(err)
	}
	if text := string(rest); text != "" && text != "\r\n" {
		return ErrChunk
	}
	return nil
}

// line reads a line without its end.
func (c *ChunkReader) line() (string, error) {
	line, err := c.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return "", ErrChunk
	}
	if err != nil {
		return "", incomplete(err)
	}
	text := strings.TrimSuffix(string(line[:len(line)-1]), "\r")
	if strings.Contains(text, "\r") {
		return "", ErrChunk
	}
	return text, nil
}

// incomplete returns the error for a body that ends too early; other errors of reading it stay as they are.
func incomplete(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrIncomplete
	}
	return err
}
