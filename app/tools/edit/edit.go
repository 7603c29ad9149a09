// Package edit puts what is ours into the text of other tools' files and takes it out again. It is
// pure: text in, text out.
//
// The rules: all that is not ours stays byte for byte as it was, in its order, with its comments
// and its line ends; removing what was put in restores the very text of before, also where that had
// no line end at its end; and where it cannot be told what is ours, nothing is done.
package edit

import (
	"bytes"
	"errors"
	"strings"
)

// Errors of this package. Nothing is changed when there is one.
var (
	// ErrForeign: something of this name is there that Daypass did not make.
	ErrForeign = errors.New("there is an entry of this name that Daypass did not make")
	// ErrMixed: somebody has written below our section what would land in another without it.
	ErrMixed = errors.New("other lines were added to the section that Daypass made")
	// ErrNotText: the file is not a text that can be edited by lines.
	ErrNotText = errors.New("the file is no plain text")
)

// Marker is the line above each section of ours.
const Marker = "# Made by Daypass, which also takes it out again."

// Section is a section of an INI file that is, or is to be, ours.
type Section struct {
	// Name is the name within the brackets, without the word "profile".
	Name string
	// Text is the header and the keys, with LF line ends, and no blank line or comment in between.
	Text string
}

// span is a part of a text.
type span struct{ start, end int }

// line returns the line that begins at start, without its end, and where the next one begins.
func line(text []byte, start int) (content string, next int) {
	next = len(text)
	if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
		next = start + i + 1
	}
	return strings.TrimRight(string(text[start:next]), "\r\n"), next
}

// Has reports whether the section is in the file, made by us. ErrForeign where it is somebody else's.
func (s Section) Has(file []byte) (bool, error) {
	at, err := s.find(file)
	return at.end > at.start, err
}

// Put returns the file with s in it: in place of an older one, else at the end.
func (s Section) Put(file []byte) ([]byte, error) {
	at, err := s.find(file)
	if err != nil {
		return nil, err
	}
	if at.end > at.start {
		_, afterMarker := line(file, at.start)
		return splice(file, at, s.block(eolOf(file[at.start:afterMarker]))), nil
	}
	eol := eolOf(file)
	var between string
	if len(file) > 0 {
		between = eol // an empty line, or the line end that was missing
	}
	return splice(file, span{len(file), len(file)}, between+s.block(eol)), nil
}

// Remove returns the file without s.
func (s Section) Remove(file []byte) ([]byte, error) {
	at, err := s.find(file)
	if err != nil || at.end == at.start {
		return file, err
	}
	_, afterMarker := line(file, at.start)
	eol := eolOf(file[at.start:afterMarker])
	before := string(file[:at.start])
	switch {
	case strings.HasSuffix(before, "\n"+eol):
		at.start -= len(eol) // the empty line above
	case at.end == len(file) && strings.HasSuffix(before, eol):
		at.start -= len(eol) // the line end that the file did not have
	}
	return splice(file, at, ""), nil
}

func (s Section) block(eol string) string {
	return strings.ReplaceAll(Marker+"\n"+s.Text, "\n", eol)
}

// eolOf is the line end of the first line; LF where there is none.
func eolOf(text []byte) string {
	if i := bytes.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

func splice(file []byte, at span, with string) []byte {
	out := make([]byte, 0, len(file)+len(with))
	out = append(out, file[:at.start]...)
	out = append(out, with...)
	return append(out, file[at.end:]...)
}

// find returns where our section is, mark included; an empty span where it is not.
func (s Section) find(file []byte) (span, error) {
	if bytes.IndexByte(file, 0) >= 0 {
		return span{}, ErrNotText
	}
	var found span
	before, beforeAt := "", 0
	for at := 0; at < len(file); {
		content, next := line(file, at)
		if headerName(content) == s.Name {
			if before != Marker || found.end > 0 {
				return span{}, ErrForeign
			}
			end, err := sectionEnd(file, next)
			if err != nil {
				return span{}, err
			}
			found = span{beforeAt, end}
		}
		before, beforeAt, at = content, at, next
	}
	return found, nil
}

// headerName is the name in a section's header, as the AWS tools read it: with or without the word
// "profile", the quotes and the blanks. Empty for a line that is no header.
func headerName(content string) string {
	content = strings.TrimSpace(content)
	if !strings.HasPrefix(content, "[") {
		return ""
	}
	name, _, _ := strings.Cut(content[1:], "]")
	name = strings.TrimSpace(name)
	if rest, profile := strings.CutPrefix(name, "profile"); profile && strings.TrimLeft(rest, " \t") != rest {
		name = strings.TrimSpace(rest)
	}
	return strings.Trim(name, `"'`)
}

// sectionEnd returns where the lines of a section end that begins with its first key at start: before
// the first empty line, comment or header. What follows up to the next header must be just those.
func sectionEnd(file []byte, start int) (int, error) {
	end := start
	for at := start; at < len(file); {
		content, next := line(file, at)
		switch kind := kindOf(content); {
		case kind == header:
			return end, nil
		case kind == key && at == end:
			end = next
		case kind == key:
			return 0, ErrMixed
		}
		at = next
	}
	return end, nil
}

type kind int

const (
	key kind = iota
	filler
	header
)

func kindOf(content string) kind {
	trimmed := strings.TrimSpace(content)
	switch {
	case trimmed == "", trimmed[0] == '#', trimmed[0] == ';':
		return filler
	case trimmed[0] == '[':
		return header
	}
	return key
}
