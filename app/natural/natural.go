// Package natural orders names as people read them: letters by the rules of the user's language and without
// regard to case, and numbers by their value, so that 2 comes before 10.
package natural

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"daypass/app/locale"
)

// Order is the order of names in one language. It may be used by several goroutines.
type Order struct {
	tag language.Tag
	// weights are the primary weights of the ASCII characters, 0 for those that do not count. simple is true
	// where the weight of an ASCII text is the sum of its characters' weights, which is faster by far than
	// asking the collator. It is not true where a language has letters like the Czech "ch".
	weights [utf8.RuneSelf]uint16
	simple  bool
}

// New returns the order of a language.
func New(tag language.Tag) *Order {
	o := &Order{tag: tag, simple: true}
	k := o.Keyer()
	for c := range utf8.RuneSelf {
		key := k.primary(nil, []byte{byte(c)})
		switch {
		case len(key) == 2 && key[0] < longWeight:
			o.weights[c] = binary.BigEndian.Uint16(key)
		case len(key) > 0:
			o.simple = false
		}
	}
	o.simple = o.simple && !k.contracts()
	return o
}

// contracts reports whether two letters of the alphabet count as one in this language.
func (k *Keyer) contracts() bool {
	for a := byte('a'); a <= 'z'; a++ {
		for b := byte('a'); b <= 'z'; b++ {
			pair := []byte{a, b}
			if !bytes.Equal(k.primary(nil, pair), k.ascii(nil, pair)) {
				return true
			}
		}
	}
	return false
}

// Keyer makes keys whose order as bytes is that of the names. It belongs to one goroutine.
type Keyer struct {
	order    *Order
	collator *collate.Collator
	buffer   collate.Buffer
}

// Keyer returns a new Keyer.
func (o *Order) Keyer() *Keyer { return &Keyer{order: o, collator: collate.New(o.tag, collate.Loose)} }

// Key appends the key of a name to dst. Names that differ only in case or accents have the same key.
func (k *Keyer) Key(dst, name []byte) []byte {
	text := k.primary
	if k.order.simple && isASCII(name) {
		text = k.ascii
	}
	for len(name) > 0 {
		end := span(name, false)
		dst, name = text(dst, name[:end]), name[end:]
		if end = span(name, true); end > 0 {
			dst, name = k.number(dst, name[:end]), name[end:]
		}
	}
	return dst
}

// span returns how many bytes at the beginning of name are digits, or are not.
func span(name []byte, digits bool) int {
	for i, c := range name {
		if isDigit(c) != digits {
			return i
		}
	}
	return len(name)
}

// number appends the key of a number: that it is one, how many digits it has, and which. The collator's own option
// for that puts 0 after 9.
func (k *Keyer) number(dst, digits []byte) []byte {
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
	}
	class, n := k.order.weights['0'], min(len(digits), 1<<16-1)
	dst = append(dst, byte(class>>8), byte(class), byte(n>>8), byte(n))
	return append(dst, digits...)
}

// ascii appends the weights of an ASCII text.
func (k *Keyer) ascii(dst, text []byte) []byte {
	for _, c := range text {
		if w := k.order.weights[c]; w != 0 {
			dst = append(dst, byte(w>>8), byte(w))
		}
	}
	return dst
}

// longWeight is the first byte of a primary weight of three bytes; others have two.
const longWeight = 0x80

// primary appends what the collator says of a text, up to the end of its primary weights.
func (k *Keyer) primary(dst, text []byte) []byte {
	k.buffer.Reset()
	key := k.collator.Key(&k.buffer, text)
	end := 0
	for end+1 < len(key) && (key[end] != 0 || key[end+1] != 0) {
		if end += 2; key[end-2] >= longWeight {
			end++
		}
	}
	return append(dst, key[:min(end, len(key))]...)
}

func isASCII(name []byte) bool {
	for _, c := range name {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// user is the order of the user's language, and the one Keyer that Compare needs.
var user = sync.OnceValue(func() *comparer {
	o := New(locale.Order())
	return &comparer{order: o, keyer: o.Keyer()}
})

type comparer struct {
	order *Order
	mu    sync.Mutex
	keyer *Keyer
}

// User returns the order of the user's language.
func User() *Order { return user().order }

// Compare compares two names in the order of the user's language. Names that differ only in case or accents are
// ordered by their bytes.
func Compare(a, b string) int {
	c := user()
	c.mu.Lock()
	x, y := c.keyer.Key(nil, []byte(a)), c.keyer.Key(nil, []byte(b))
	c.mu.Unlock()
	return cmp.Or(bytes.Compare(x, y), strings.Compare(a, b))
}
