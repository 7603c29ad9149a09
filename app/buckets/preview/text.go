package preview

import (
	"bytes"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
)

var (
	littleEndian = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	bigEndian    = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
)

// decode guesses the encoding of text: by a mark at its beginning, by what an HTML page says of itself, and by its
// bytes. ok is false for what is no text.
func decode(head []byte, whole bool) (text, name string, ok bool) {
	if e := utf16Of(head); e != nil {
		return decodeAs(e, head[:len(head)&^1])
	}
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if !whole {
		head = head[:wholeRunes(head)]
	}
	switch {
	case binaryShare(head) > 0:
		return "", "", false
	case utf8.Valid(head):
		return string(head), "UTF-8", true
	}
	if e := declared(head); e != nil {
		if text, name, ok = decodeAs(e, head); ok {
			return text, name, true
		}
	}
	if !latin(head) {
		return "", "", false
	}
	return decodeAs(charmap.Windows1252, head)
}

// declared returns the encoding that an HTML page says it has, where it is one beyond those that bytes show; else nil.
func declared(head []byte) encoding.Encoding {
	_, name, _ := charset.DetermineEncoding(head, "")
	switch e, err := htmlindex.Get(name); {
	case err != nil, e == unicode.UTF8, e == charmap.Windows1252, e == encoding.Replacement:
		return nil
	default:
		return e
	}
}

// maxReplaced is which part of the characters may be none in the encoding that a text is said to have: one of so many,
// and one that is cut off.
const maxReplaced = 100

// decodeAs decodes text; ok is false where it is hardly in this encoding.
func decodeAs(e encoding.Encoding, head []byte) (text, name string, ok bool) {
	decoded, err := e.NewDecoder().Bytes(head)
	if err != nil || bytes.Count(decoded, []byte("\ufffd")) > 1+utf8.RuneCount(decoded)/maxReplaced {
		return "", "", false
	}
	return string(decoded), nameOf(e), true
}

// nameOf returns what an encoding is called.
func nameOf(e encoding.Encoding) string {
	switch e {
	case littleEndian:
		return "UTF-16"
	case bigEndian:
		return "UTF-16BE"
	}
	name, err := ianaindex.MIME.Name(e)
	if err != nil {
		return "text"
	}
	return strings.Replace(name, "windows-", "Windows-", 1)
}

// wholeRunes is the length of head without a character that is cut off at its end.
func wholeRunes(head []byte) int {
	for back := 1; back < utf8.UTFMax && back <= len(head); back++ {
		if last := head[len(head)-back:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				return len(head) - back
			}
			break
		}
	}
	return len(head)
}

// binaryShare is how many bytes there are, in a thousand, that text does not have.
func binaryShare(head []byte) int {
	n := 0
	for _, c := range head {
		if c < ' ' && !bytes.ContainsRune([]byte("\t\n\r\f\x1b\b"), rune(c)) {
			n++
		}
	}
	return (n*1000 + len(head) - 1) / max(1, len(head))
}

// latin reports whether bytes that are no UTF-8 look like words of western Europe: among the bytes
// above ASCII most are letters beside other letters.
func latin(head []byte) bool {
	high, fitting := 0, 0
	for i, c := range head {
		if c < utf8.RuneSelf {
			continue
		}
		high++
		beside := i > 0 && isASCIILetter(head[i-1]) || i+1 < len(head) && isASCIILetter(head[i+1])
		if c >= 0xc0 && c != 0xd7 && c != 0xf7 && beside || c >= 0x80 && c < 0xc0 && c != 0x81 && c != 0x8d && c != 0x8f && c != 0x90 && c != 0x9d && !beside {
			fitting++
		}
	}
	return high*3 < len(head) && fitting*5 >= high*3
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// utf16Of returns the byte order of UTF-16, by its mark, or by its zero bytes, which are all on one side. Nil for other
// text.
func utf16Of(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return littleEndian
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return bigEndian
	case len(head) < 4:
		return nil
	}
	var zeros [2]int
	for i, c := range head {
		switch {
		case c == 0:
			zeros[i%2]++
		case c < '\t':
			return nil
		}
	}
	half := len(head) / 2
	switch {
	case zeros[1]*10 > half*7 && zeros[0] == 0:
		return littleEndian
	case zeros[0]*10 > half*7 && zeros[1] == 0:
		return bigEndian
	}
	return nil
}

// hexBytes is how many bytes are shown as such.
const hexBytes = 4096

func hexHead(head []byte) string { return hex.Dump(head[:min(len(head), hexBytes)]) }
