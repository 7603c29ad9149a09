package preview

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decode guesses the encoding of text; ok is false for what is none.
func decode(head []byte, whole bool) (text, encoding string, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		head = head[3:]
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return utf16Text(head[2:], binary.LittleEndian), "UTF-16", true
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return utf16Text(head[2:], binary.BigEndian), "UTF-16, big-endian", true
	}
	if order, name := utf16Order(head); order != nil {
		return utf16Text(head, order), name, true
	}
	if !whole {
		head = head[:wholeRunes(head)]
	}
	switch {
	case binaryShare(head) > 0:
		return "", "", false
	case utf8.Valid(head):
		return string(head), "UTF-8", true
	case !latin(head):
		return "", "", false
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(head)
	return string(decoded), "Windows-1252", err == nil
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

// utf16Order recognises UTF-16 without a mark by its zero bytes, which are all on one side.
func utf16Order(head []byte) (binary.ByteOrder, string) {
	if len(head) < 4 {
		return nil, ""
	}
	var zeros [2]int
	for i, c := range head {
		switch {
		case c == 0:
			zeros[i%2]++
		case c < '\t':
			return nil, ""
		}
	}
	most := len(head) / 2
	switch {
	case zeros[1]*10 > most*7 && zeros[0] == 0:
		return binary.LittleEndian, "UTF-16"
	case zeros[0]*10 > most*7 && zeros[1] == 0:
		return binary.BigEndian, "UTF-16, big-endian"
	}
	return nil, ""
}

func utf16Text(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return string(utf16.Decode(units))
}

// hexBytes is how many bytes are shown as such.
const hexBytes = 4096

func hexHead(head []byte) string { return hex.Dump(head[:min(len(head), hexBytes)]) }
