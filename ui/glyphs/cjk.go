package glyphs

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"golang.org/x/text/language"
)

// cjk are the scripts whose characters the fonts of Daypass lack and texts of the window have.
var cjk = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul}

// IsCJK reports whether text has characters of Chinese, Japanese or Korean.
func IsCJK(text string) bool {
	for _, r := range text {
		if r >= '\u2e80' && (unicode.In(r, cjk...) || r <= '\u303f' || '\uff00' <= r && r <= '\uffef') {
			return true
		}
	}
	return false
}

// families are the fonts of the systems for each language, those that its readers know best first. A character that
// Chinese and Japanese write in different ways is drawn as in the language of the font.
var families = map[string][]string{
	"ja": {"Noto Sans CJK JP", "Noto Sans JP", "Source Han Sans JP", "Hiragino Sans", "Yu Gothic UI", "Yu Gothic", "Meiryo UI", "Meiryo", "IPAexGothic", "IPAGothic", "VL Gothic"},
	"zh": {"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei UI", "Microsoft YaHei", "DengXian", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei"},
	"ko": {"Noto Sans CJK KR", "Noto Sans KR", "Source Han Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", "NanumGothic"},
}

// Face is one font in a file of this computer.
type Face struct {
	path  string
	index int
}

// CJKFace returns the font of this computer in which text is drawn that has Chinese, Japanese or Korean, for a user who
// reads lang. Not ok where there is none that is known.
func CJKFace(lang language.Tag, bold bool) (face Face, ok bool) {
	return faceFor(systemFonts(), lang, bold)
}

// faceFor is CJKFace for some fonts.
func faceFor(fonts []fontscan.Footprint, lang language.Tag, bold bool) (face Face, ok bool) {
	for _, known := range preferred(lang) {
		family := font.NormalizeFamily(known)
		var best *fontscan.Footprint
		for i, one := range fonts {
			if one.Family == family && one.Aspect.Style != font.StyleItalic && (best == nil || weightOff(one, bold) < weightOff(*best, bold)) {
				best = &fonts[i]
			}
		}
		if best != nil {
			return Face{best.Location.File, int(best.Location.Index)}, true
		}
	}
	return Face{}, false
}

// preferred returns the families for a language, and behind them those for the others.
func preferred(lang language.Tag) []string {
	base, _ := lang.Base()
	all := slices.Clone(families[base.String()])
	for _, other := range []string{"zh", "ja", "ko"} {
		if other != base.String() {
			all = append(all, families[other]...)
		}
	}
	return all
}

// weightOff returns how far the weight of a font is from the wanted one.
func weightOff(f fontscan.Footprint, bold bool) float64 {
	wanted := font.WeightNormal
	if bold {
		wanted = font.WeightBold
	}
	return math.Abs(float64(f.Aspect.Weight - wanted))
}

// Name returns a name that no other font has.
func (f Face) Name() string { return fmt.Sprintf("%s#%d", f.path, f.index) }

// Data returns the font as a file of its own. It is read each time.
func (f Face) Data() ([]byte, error) {
	data, err := os.ReadFile(f.path)
	if err != nil {
		return nil, err
	}
	return single(data, f.index)
}

// The parts of a font file, in bytes: the header with the number of tables, and the record of each table, with its
// offset; a collection begins with the offsets of its fonts.
const (
	sfntHeader       = 12
	tableRecord      = 16
	tableOffset      = 8
	collectionHeader = 12
)

var errTruncated = errors.New("font file is truncated")

// single returns one font of a file as a file of its own: its head, and the whole of a collection behind that, whose
// tables fonts share.
func single(file []byte, index int) ([]byte, error) {
	if len(file) < collectionHeader || string(file[:4]) != "ttcf" {
		return file, nil
	}
	at := collectionHeader + 4*index
	if at+4 > len(file) {
		return nil, errTruncated
	}
	start := int(binary.BigEndian.Uint32(file[at:]))
	if start < 0 || start+sfntHeader > len(file) {
		return nil, errTruncated
	}
	length := sfntHeader + tableRecord*int(binary.BigEndian.Uint16(file[start+4:]))
	if start+length > len(file) {
		return nil, errTruncated
	}
	head := slices.Clone(file[start : start+length])
	for record := sfntHeader; record < length; record += tableRecord {
		offset := head[record+tableOffset:]
		binary.BigEndian.PutUint32(offset, binary.BigEndian.Uint32(offset)+uint32(length))
	}
	return append(head, file...), nil
}
