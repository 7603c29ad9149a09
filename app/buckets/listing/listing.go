// Package listing keeps the entries of one location, a million of them if need be, in little memory, and
// filters and orders them: names without what they have in common, in blocks of bytes, sizes and times
// in columns. An entry becomes a buckets.Entry only when somebody looks at it.
package listing

import (
	"encoding/binary"
	"math"
	"slices"
	"time"

	"daypass/app/buckets"
)

// List is what is loaded of one location. It only grows. Its methods belong to one goroutine; a View is
// free to be read in another.
type List struct{ View }

// View is what was loaded when it was taken. It does not change.
type View struct {
	prefix           string
	folders, objects table
}

// Row names an entry of a List: folders count from the top, objects from zero.
type Row uint32

const folderBit Row = 1 << 31

// New makes an empty list of what is below a prefix.
func New(prefix string) *List {
	return &List{View{prefix: prefix, folders: newTable(folderBit), objects: newTable(0)}}
}

// Add takes over the entries of a page.
func (l *List) Add(entries []buckets.Entry) {
	for _, e := range entries {
		to := &l.objects
		if e.Folder {
			to = &l.folders
		}
		name, below := e.Key, e.Key
		if len(name) >= len(l.prefix) && name[:len(l.prefix)] == l.prefix {
			below = name[len(l.prefix):]
		}
		to.add(below, len(below) == len(name) && l.prefix != "", e)
	}
}

// Len is the number of entries, and Folders how many of them are folders.
func (v *View) Len() int { return v.folders.len + v.objects.len }

// Folders is the number of folders.
func (v *View) Folders() int { return v.folders.len }

// Row is the entry at i: folders first, each in the server's order.
func (v *View) Row(i int) Row {
	if i < v.folders.len {
		return Row(i) | folderBit
	}
	return Row(i - v.folders.len)
}

// Entry is the entry of a row.
func (v *View) Entry(r Row) buckets.Entry {
	t, i := v.at(r)
	key := string(t.name(i))
	if !t.foreign(i) {
		key = v.prefix + key
	}
	e := t.columns(i)
	e.Key = key
	return e
}

func (v *View) at(r Row) (*table, int) {
	if r&folderBit != 0 {
		return &v.folders, int(r &^ folderBit)
	}
	return &v.objects, int(r)
}

const (
	// blockSize is that of a block of names: a position in them is a block's number and an offset in it,
	// 16 bits each.
	blockSize = 1 << 16
	chunkRows = 1 << 10
)

// table is one kind of entries. What is written stays where it is, so that a copy of a table can be
// read while the table grows.
type table struct {
	len    int
	bit    Row  // of its rows
	sorted bool // by the bytes of the names, as servers give them
	names  *naming
	chunks []*chunk
	blocks []*[blockSize]byte
	used   int // of the last block
	// classes are the storage classes that chunks name by their number. The first one is empty.
	classes []string
}

func newTable(bit Row) table {
	return table{bit: bit, sorted: true, names: &naming{natural: true}, classes: []string{""}}
}

// chunk is the columns of some entries.
type chunk struct {
	offset   [chunkRows]uint32
	size     [chunkRows]int64
	modified [chunkRows]int64 // milliseconds; noTime for none
	class    [chunkRows]uint8 // of the table's classes
}

const noTime = -1 << 63

// add takes over one entry. A foreign name is a whole key that does not begin with the prefix.
func (t *table) add(name string, foreign bool, e buckets.Entry) {
	if t.sorted && t.len > 0 && string(t.name(t.len-1)) >= name {
		t.sorted = false
	}
	if t.len%chunkRows == 0 {
		t.chunks = append(t.chunks, new(chunk))
	}
	c, i := t.chunks[t.len/chunkRows], t.len%chunkRows
	c.offset[i], c.size[i], c.modified[i], c.class[i] = t.write(name, foreign), e.Size, noTime, t.class(e.StorageClass)
	if !e.Modified.IsZero() {
		c.modified[i] = e.Modified.UnixMilli()
	}
	t.len++
}

// class returns the number of a storage class. A server that has more of them than fit is not told apart further.
func (t *table) class(name string) uint8 {
	if n := slices.Index(t.classes, name); n >= 0 {
		return uint8(n)
	}
	if len(t.classes) > math.MaxUint8 {
		return 0
	}
	t.classes = append(t.classes, name)
	return uint8(len(t.classes) - 1)
}

// maxLength is the longest name that is kept; S3 has none above 1024 bytes.
const maxLength = blockSize / 4

// write puts a name with its length before it into the blocks.
func (t *table) write(name string, foreign bool) (offset uint32) {
	name = name[:min(len(name), maxLength)]
	head := binary.AppendUvarint(make([]byte, 0, binary.MaxVarintLen32), uint64(len(name))<<1)
	if foreign {
		head[0] |= 1
	}
	if len(t.blocks) == 0 || t.used+len(head)+len(name) > blockSize {
		t.blocks, t.used = append(t.blocks, new([blockSize]byte)), 0
	}
	block, start := len(t.blocks)-1, t.used
	t.used += copy(t.blocks[block][t.used:], head)
	t.used += copy(t.blocks[block][t.used:], name)
	return uint32(block<<16 | start)
}

// name is the name of an entry, in place.
func (t *table) name(i int) []byte {
	offset := t.chunks[i/chunkRows].offset[i%chunkRows]
	from := t.blocks[offset>>16][offset&0xffff:]
	n, head := binary.Uvarint(from)
	return from[head : head+int(n>>1)]
}

func (t *table) foreign(i int) bool {
	offset := t.chunks[i/chunkRows].offset[i%chunkRows]
	return t.blocks[offset>>16][offset&0xffff]&1 != 0
}

// columns returns an entry without its key.
func (t *table) columns(i int) buckets.Entry {
	c, k := t.chunks[i/chunkRows], i%chunkRows
	e := buckets.Entry{Folder: t.bit != 0, Size: c.size[k], StorageClass: t.classes[c.class[k]]}
	if ms := c.modified[k]; ms != noTime {
		e.Modified = time.UnixMilli(ms).UTC()
	}
	return e
}

// Bytes is the memory that the list holds.
func (v *View) Bytes() int64 { return v.folders.bytes() + v.objects.bytes() }

func (t *table) bytes() int64 {
	return int64(len(t.blocks))*blockSize + int64(len(t.chunks))*chunkRows*(4+8+8+1) + int64(cap(t.blocks)+cap(t.chunks))*8
}
