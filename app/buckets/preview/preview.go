// Package preview makes something to look at from the beginning of an object: text, a table, a
// picture, or bytes. It reads a bounded number of bytes, runs nothing, follows no reference, and takes no
// object at its word: what it is shows in its bytes (rule 36).
package preview

import (
	"bytes"
	"compress/gzip"
	"context"
	"image"
	"io"
	"path"
	"strings"

	"daypass/app/buckets/objects"
	"daypass/auth/safetext"
)

// Kind is what a preview is.
type Kind string

// The kinds.
const (
	Empty   Kind = "empty"
	Text    Kind = "text"
	JSON    Kind = "json"
	Table   Kind = "table"
	Picture Kind = "picture"
	Hex     Kind = "hex"
	// File is a file of a known format of which there is nothing to look at; Format names it.
	File Kind = "file"
)

// Preview is something to look at.
type Preview struct {
	Kind Kind
	// Text is that of Text, of JSON, indented, and of Hex.
	Text string
	// Rows are those of a Table, the first of them its head; all are of the same length.
	Rows [][]string
	// Picture is that of a Picture, made small enough for a screen; Width and Height are what it was.
	Picture       image.Image `json:"-"`
	Width, Height int
	// Format is what was recognized: that of a File by its name in the catalogue of texts, such as "pdf-document", and
	// others as all languages call them, such as "PNG" or "UTF-8, CSV".
	Format string
	// Whole is true where the preview shows all of the object; Read is how many of its bytes were read.
	Whole bool
	Read  int64
	Size  int64
}

const (
	// HeadSize is what is read of an object at first, and all that is read of most.
	HeadSize = 64 << 10
	// PictureSize is the largest picture that is read whole.
	PictureSize = 16 << 20
	// jsonSize is the largest JSON object that is read whole.
	jsonSize = 512 << 10
)

// Source opens objects; *objects.Store is one.
type Source interface {
	Open(ctx context.Context, r objects.Ref, etag string, from, limit int64) (*objects.Content, error)
}

// turn has room for one preview that is being made: unpacking a picture takes much memory, and a user who
// runs through a list with the arrow key asks for many.
var turn = make(chan struct{}, 1)

// Fetch makes the preview of an object of size bytes with decoder. It ends with ctx. Errors: a *buckets.Error,
// those of a Decoder, or ctx's own.
func Fetch(ctx context.Context, source Source, decoder Decoder, r objects.Ref, size int64) (Preview, error) {
	if size == 0 {
		return Preview{Kind: Empty, Whole: true}, nil
	}
	head, etag, err := read(ctx, source, r, "", 0, HeadSize)
	if err != nil {
		return Preview{}, err
	}
	if limit := wholeLimit(r.Key, head); limit > HeadSize && size > HeadSize && size <= limit {
		rest, _, err := read(ctx, source, r, etag, HeadSize, size-HeadSize)
		if err != nil {
			return Preview{}, err
		}
		head = append(head, rest...)
	}
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done():
		return Preview{}, ctx.Err()
	}
	return decoder.Decode(ctx, r.Key, head, size)
}

func read(ctx context.Context, source Source, r objects.Ref, etag string, from, limit int64) (data []byte, found string, err error) {
	content, err := source.Open(ctx, r, etag, from, limit)
	if err != nil {
		return nil, "", err
	}
	defer content.Close()
	data, err = io.ReadAll(io.LimitReader(content, limit)) // a server may send more than it was asked for
	return data, content.ETag, err
}

// wholeLimit returns how large an object that begins with head may be to be read whole. It compares bytes and
// decodes nothing: foreign data is decoded by a Decoder only.
func wholeLimit(key string, head []byte) int64 {
	switch {
	case looksLikePicture(head):
		return PictureSize
	case extension(key) == ".json":
		return jsonSize
	}
	return HeadSize
}

// Of makes the preview of an object that begins with head and has a size.
func Of(key string, head []byte, size int64) Preview {
	p := Preview{Read: int64(len(head)), Size: size, Whole: int64(len(head)) >= size}
	if len(head) == 0 {
		p.Kind = Empty
		return p
	}
	if p.picture(head) {
		return p
	}
	if name := recognize(extension(key), head); name != "" {
		p.Kind, p.Format, p.Whole = File, name, false
		return p
	}
	packed := ""
	if inner, whole, ok := unzipped(head, p.Whole); ok {
		p.Whole, head, key = whole, inner, strings.TrimSuffix(key, path.Ext(key))
		packed = "gzip"
	}
	text, encoding, ok := decode(head, p.Whole)
	if !ok {
		p.Kind, p.Format, p.Text = Hex, packed, hexHead(head)
		p.Whole = p.Whole && len(head) <= hexBytes
		return p
	}
	p.Format = joined(packed, encoding)
	p.words(extension(key), text)
	return p
}

// words chooses between the forms of text.
func (p *Preview) words(extension, text string) {
	trimmed := strings.TrimSpace(text)
	if extension == ".json" || strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[") {
		if pretty, ok := indent(trimmed, p.Whole); ok {
			p.Kind, p.Text, p.Format = JSON, safetext.Text(pretty), "JSON"
			return
		}
	}
	if extension == ".csv" || extension == ".tsv" || extension == ".tab" {
		if rows, separator, ok := table(text, extension, p.Whole); ok {
			p.Kind, p.Rows, p.Format = Table, rows, joined(p.Format, separator)
			p.Whole = p.Whole && len(rows) < maxRows
			return
		}
	}
	p.Kind, p.Text = Text, safetext.Text(text)
}

// joined returns the names of two formats, the first of which may be empty.
func joined(outer, inner string) string {
	if outer == "" {
		return inner
	}
	return outer + ", " + inner
}

func extension(key string) string { return strings.ToLower(path.Ext(key)) }

// unzipped returns the beginning of what is packed in a gzip file.
func unzipped(head []byte, whole bool) (inner []byte, all, ok bool) {
	if !bytes.HasPrefix(head, []byte("\x1f\x8b\x08")) {
		return nil, false, false
	}
	r, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return nil, false, false
	}
	inner, err = io.ReadAll(io.LimitReader(r, HeadSize))
	return inner, whole && err == nil && len(inner) < HeadSize, len(inner) > 0
}
