package listing

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"sync"
	"unicode/utf8"

	"daypass/app/fold"
	"daypass/app/natural"
)

// naming is what is known of the order of a table's names. The copies of a table share it.
type naming struct {
	mu sync.Mutex
	// rows is of how many rows it is known.
	rows int
	// natural is true where they came in their natural order, of which last is then the last key; ranked is that
	// order otherwise.
	natural bool
	last    []byte
	ranked  []Row
}

// ranked returns all rows in the natural order of their names; nil where that is the order in which they came. It is
// nothing to go by once ctx has ended.
func (t *table) ranked(ctx context.Context) []Row {
	n := t.names
	n.mu.Lock()
	defer n.mu.Unlock()
	keyer := natural.User().Keyer()
	switch {
	case n.natural && n.follow(ctx, t, keyer):
		return nil
	case ctx.Err() != nil:
		return nil
	case n.ranked == nil || n.rows != t.len:
		n.ranked, n.rows = t.rank(ctx, keyer), t.len
	}
	return n.ranked
}

// follow looks at the rows that came since, and reports whether all are in their natural order.
func (n *naming) follow(ctx context.Context, t *table, keyer *natural.Keyer) bool {
	var key []byte
	for ; n.rows < t.len; n.rows++ {
		if n.rows%interval == 0 && ctx.Err() != nil {
			return false
		}
		key = keyer.Key(key[:0], t.name(n.rows))
		if n.rows > 0 {
			order := bytes.Compare(n.last, key)
			if order > 0 || order == 0 && bytes.Compare(t.name(n.rows-1), t.name(n.rows)) > 0 {
				n.natural, n.last = false, nil
				return false
			}
		}
		n.last, key = key, n.last
	}
	return true
}

// named is a row with its key, which lies in a block of keys.
type named struct {
	from, to uint32
	block    uint32
	row      Row
}

// keyBlock is how large a block of keys grows before the next is begun.
const keyBlock = 1 << 20

// rank returns the rows of t in the natural order of their names.
func (t *table) rank(ctx context.Context, keyer *natural.Keyer) []Row {
	all := make([]named, t.len)
	var blocks [][]byte
	for i := range all {
		if i%interval == 0 && ctx.Err() != nil {
			return nil
		}
		last := len(blocks) - 1
		if last < 0 || len(blocks[last]) >= keyBlock {
			blocks, last = append(blocks, make([]byte, 0, min(keyBlock, t.len*32))), last+1
		}
		from := len(blocks[last])
		blocks[last] = keyer.Key(blocks[last], t.name(i))
		all[i] = named{uint32(from), uint32(len(blocks[last])), uint32(last), Row(i) | t.bit}
	}
	key := func(n named) []byte { return blocks[n.block][n.from:n.to] }
	slices.SortFunc(all, func(x, y named) int {
		if c := bytes.Compare(key(x), key(y)); c != 0 {
			return c
		}
		return cmp.Or(bytes.Compare(t.name(int(x.row&^folderBit)), t.name(int(y.row&^folderBit))), cmp.Compare(x.row, y.row))
	})
	rows := make([]Row, len(all))
	for i := range all {
		rows[i] = all[i].row
	}
	return rows
}

// Find returns the row of the entry with a key.
func (v *View) Find(key string) (Row, bool) {
	name, foreign := key, v.prefix != ""
	if len(key) >= len(v.prefix) && key[:len(v.prefix)] == v.prefix {
		name, foreign = key[len(v.prefix):], false
	}
	for _, t := range []*table{&v.folders, &v.objects} {
		if i := t.find(name, foreign); i >= 0 {
			return Row(i) | t.bit, true
		}
	}
	return 0, false
}

// find returns where a name is; -1 for nowhere.
func (t *table) find(name string, foreign bool) int {
	if !t.sorted {
		for i := range t.len {
			if string(t.name(i)) == name && t.foreign(i) == foreign {
				return i
			}
		}
		return -1
	}
	low, high := 0, t.len
	for low < high {
		if mid := (low + high) / 2; string(t.name(mid)) < name {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < t.len && string(t.name(low)) == name && t.foreign(low) == foreign {
		return low
	}
	return -1
}

// Index returns where a row of v is shown; -1 where it is not.
func (a *Arrangement) Index(v *View, r Row) int {
	folder := r&folderBit != 0
	switch {
	case !a.some && folder:
		return int(r &^ folderBit)
	case !a.some:
		return v.folders.len + int(r)
	case folder:
		return slices.Index(a.folders, r)
	}
	if i := slices.Index(a.objects, r); i >= 0 {
		return len(a.folders) + i
	}
	return -1
}

// Matches reports whether a name contains text, in whatever case, as Arrange does.
func Matches(name, text string) bool {
	return text == "" || newMatcher(text).match([]byte(name))
}

// FindPrefix returns where the next entry is shown, from one on and around the end, whose name begins with a text in
// small letters (package fold), in whatever case; -1 for none.
func (a *Arrangement) FindPrefix(v *View, text string, from int) int {
	n := a.Len(v)
	for k := range n {
		i := (from + k) % n
		t, row := v.at(a.Row(v, i))
		if hasPrefix(t.name(row), text) {
			return i
		}
	}
	return -1
}

// hasPrefix reports whether a name begins with a folded text, in whatever case and form of its accents.
func hasPrefix(name []byte, text string) bool {
	for i := range len(text) {
		if i >= len(name) {
			return false
		}
		c := name[i]
		if c >= utf8.RuneSelf || text[i] >= utf8.RuneSelf {
			return bytes.HasPrefix(fold.Bytes(name), []byte(text))
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != text[i] {
			return false
		}
	}
	if len(name) > len(text) && name[len(text)] >= utf8.RuneSelf { // perhaps an accent of the last letter
		return bytes.HasPrefix(fold.Bytes(name), []byte(text))
	}
	return true
}
