package buckets

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// scanner walks over the XML that storage servers write. It knows elements, text, entities, CDATA,
// comments and processing instructions; attributes and namespace prefixes are passed over, and a
// document type is refused. It copies nothing, which makes it many times as fast as encoding/xml, and a
// listing of many objects is mostly this.
//
// After an error, which stays in err, every method returns nothing.
type scanner struct {
	rest []byte
	err  error
	// open are the elements around, and empty is true where the innermost was <written/> so.
	open  [][]byte
	empty bool
}

var errXML = errors.New("broken XML")

// deepest is how deep elements may lie in each other.
const deepest = 32

// child enters the next element in the one entered last, or leaves that where there is none. What is
// entered must be taken whole, by text, skip, or child until it returns false.
func (s *scanner) child() (name []byte, ok bool) {
	if s.leaveEmpty() {
		return nil, false
	}
	s.upToTag()
	return s.tag()
}

// skip passes over the element entered last.
func (s *scanner) skip() {
	for depth := len(s.open); len(s.open) >= depth && s.err == nil; {
		if s.leaveEmpty() {
			continue
		}
		if i := bytes.IndexByte(s.rest, '<'); i >= 0 {
			s.rest = s.rest[i:]
		}
		s.upToTag()
		s.tag()
	}
}

// text takes the content of the element entered last, which has no elements in it.
func (s *scanner) text() []byte {
	if s.leaveEmpty() {
		return nil
	}
	text := s.upToTag()
	if _, entered := s.tag(); entered {
		s.fail("an element where text should be")
	}
	if s.err != nil {
		return nil
	}
	return text
}

func (s *scanner) fail(why string) {
	if s.err == nil {
		s.err = fmt.Errorf("%w: %s", errXML, why)
	}
}

func (s *scanner) leaveEmpty() bool {
	was := s.empty
	if was {
		s.empty, s.open = false, s.open[:len(s.open)-1]
	}
	return was
}

// tag reads a tag whose < is taken: the beginning of an element, which is entered, or the end of the
// innermost.
func (s *scanner) tag() (name []byte, entered bool) {
	i := bytes.IndexByte(s.rest, '>')
	if i < 1 || s.err != nil {
		s.fail("a tag has no end")
		return nil, false
	}
	name, s.rest = s.rest[:i], s.rest[i+1:]
	if name[0] == '/' {
		s.leave(bytes.TrimRight(name[1:], " \t\r\n"))
		return nil, false
	}
	if name[i-1] == '/' {
		s.empty, name = true, name[:i-1]
	}
	if i = bytes.IndexAny(name, " \t\r\n"); i >= 0 {
		name = name[:i]
	}
	if len(name) == 0 || len(s.open) == deepest {
		s.fail("elements without a name, or too deep")
		return nil, false
	}
	s.open = append(s.open, name)
	return name[bytes.IndexByte(name, ':')+1:], true
}

func (s *scanner) leave(name []byte) {
	if n := len(s.open); n > 0 && bytes.Equal(name, s.open[n-1]) {
		s.open = s.open[:n-1]
	} else {
		s.fail("an end without a beginning")
	}
}

// upToTag takes the text before the next tag, and the < of that tag.
func (s *scanner) upToTag() []byte {
	text, copied := []byte(nil), false
	for {
		i := bytes.IndexByte(s.rest, '<')
		if i < 0 {
			s.fail("it is cut off")
			return nil
		}
		piece := s.unescape(s.rest[:i])
		s.rest = s.rest[i+1:]
		cdata, special := s.special()
		if !special && !copied {
			return piece
		}
		text, copied = append(append(text, piece...), cdata...), true
		if !special {
			return text
		}
	}
}

// special takes a comment, an instruction or a CDATA section whose < is taken, and returns the text of
// the last.
func (s *scanner) special() (cdata []byte, ok bool) {
	if len(s.rest) == 0 || s.rest[0] != '?' && s.rest[0] != '!' {
		return nil, false
	}
	for _, kind := range [...]struct{ begin, end string }{{"?", "?>"}, {"!--", "-->"}, {"![CDATA[", "]]>"}} {
		if !bytes.HasPrefix(s.rest, []byte(kind.begin)) {
			continue
		}
		inside, after, found := bytes.Cut(s.rest[len(kind.begin):], []byte(kind.end))
		if !found {
			break
		}
		s.rest = after
		if kind.begin == "![CDATA[" {
			cdata = inside
		}
		return cdata, true
	}
	s.fail("a document type, or something that has no end")
	return nil, false
}

// unescape replaces the entities in text, in a copy where there are any.
func (s *scanner) unescape(text []byte) []byte {
	if bytes.IndexByte(text, '&') < 0 {
		return text
	}
	out := make([]byte, 0, len(text))
	for {
		before, after, found := bytes.Cut(text, []byte("&"))
		out = append(out, before...)
		if !found {
			return out
		}
		name, rest, ended := bytes.Cut(after, []byte(";"))
		r, known := entity(name)
		if !ended || !known {
			s.fail("an unknown entity")
			return nil
		}
		out, text = utf8.AppendRune(out, r), rest
	}
}

// entity reads what stands between & and ; .
func entity(name []byte) (r rune, known bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := string(name[1:]), 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	return rune(n), err == nil && utf8.ValidRune(rune(n))
}
