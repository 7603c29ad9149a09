package glyphs

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/language"
)

func TestIsCJK_scripts(t *testing.T) {
	for text, want := range map[string]bool{
		"plain": false, "Übergröße": false, "αρχείο": false, "данные": false, "日本語": true, "ひらがな": true, "カタカナ": true,
		"한국어": true, "简体": true, "（12）": true, "a漢": true, "👍🏽": false, "हिन्दी": false,
	} {
		if got := IsCJK(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// The font is the one for the language, bold where there is a bold one.
func TestFaceFor_language(t *testing.T) {
	footprint := func(family string, index uint16, weight font.Weight) fontscan.Footprint {
		return fontscan.Footprint{
			Family: font.NormalizeFamily(family), Aspect: font.Aspect{Weight: weight},
			Location: fontscan.Location{File: "cjk", Index: index},
		}
	}
	fonts := []fontscan.Footprint{
		footprint("Noto Sans CJK JP", 0, font.WeightNormal), footprint("Noto Sans CJK SC", 1, font.WeightNormal),
		footprint("Noto Sans CJK JP", 2, font.WeightBold), footprint("Noto Serif CJK SC", 3, font.WeightBold),
		footprint("WenQuanYi Micro Hei", 4, font.WeightBold),
	}
	for _, tt := range []struct {
		lang string
		bold bool
		want int
	}{{"ja", false, 0}, {"ja", true, 2}, {"ja-JP", true, 2}, {"zh-Hans", false, 1}, {"zh-Hans", true, 1}, {"zh-CN", false, 1}, {"en", false, 1}} {
		face, ok := faceFor(fonts, language.MustParse(tt.lang), tt.bold)
		if !ok || face.index != tt.want {
			t.Errorf("%s, bold %v: font %d, want %d", tt.lang, tt.bold, face.index, tt.want)
		}
	}
	if _, ok := faceFor(fonts[3:4], language.Japanese, false); ok {
		t.Error("an unknown font is taken")
	}
}

// Each font of a collection can be read by itself.
func TestSingle_collection(t *testing.T) {
	collection := collect(goregular.TTF, gobold.TTF)
	for i, want := range []string{"Go Regular", "Go Bold"} {
		data, err := single(collection, i)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := parsed.Name(nil, sfnt.NameIDFull); err != nil || got != want {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
	if alone, err := single(goregular.TTF, 0); err != nil || !bytes.Equal(alone, goregular.TTF) {
		t.Error("a file with one font is changed")
	}
	for _, short := range []int{12, 16, 20, 30} {
		if _, err := single(collection[:short], 1); err == nil {
			t.Errorf("%d bytes are taken for a collection", short)
		}
	}
}

// collect returns a collection of fonts.
func collect(fonts ...[]byte) []byte {
	head := binary.BigEndian.AppendUint32([]byte("ttcf\x00\x01\x00\x00"), uint32(len(fonts)))
	at := len(head) + 4*len(fonts)
	var body []byte
	for _, one := range fonts {
		head = binary.BigEndian.AppendUint32(head, uint32(at+len(body)))
		moved := bytes.Clone(one)
		for table := range int(binary.BigEndian.Uint16(one[4:])) {
			offset := moved[sfntHeader+table*tableRecord+tableOffset:]
			binary.BigEndian.PutUint32(offset, binary.BigEndian.Uint32(offset)+uint32(at+len(body)))
		}
		body = append(body, moved...)
	}
	return append(head, body...)
}
