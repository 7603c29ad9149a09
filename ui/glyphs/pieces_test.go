package glyphs

import (
	"strings"
	"testing"
)

func TestPieces_words(t *testing.T) {
	for word, want := range map[string]string{
		"plain":           "plain",
		"a-long/path.txt": "a-long/path.txt",
		"設定。":             "設|定。",
		"「設定」を開く":         "「設|定」|を|開|く",
		"Daypassは更新":      "Daypass|は|更|新",
		"要删除4个项目吗？":       "要|删|除|4|个|项|目|吗？",
	} {
		if got := strings.Join(Pieces(word), "|"); got != want {
			t.Errorf("%q is divided into %q, want %q", word, got, want)
		}
	}
}
