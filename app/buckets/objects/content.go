package objects

import (
	"errors"
	"io"
	"strconv"
)

// Content is bytes of an object, on their way.
type Content struct {
	io.ReadCloser
	// Size is that of the whole object.
	Size int64
	// ETag and ContentType are the object's.
	ETag, ContentType string

	explain func(error) error
}

// Read implements io.Reader; its errors are those of this package.
func (c *Content) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = c.explain(err)
	}
	return n, err
}

func parseSize(text string) (int64, error) { return strconv.ParseInt(text, 10, 64) }
