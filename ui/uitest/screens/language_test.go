package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"golang.org/x/text/language"

	"daypass/app/messages"
	"daypass/app/tools"
)

// drawn is what a scene shows in a language, with text of a size. It is in a bubble.
func (s scene) drawn(t *testing.T, tag language.Tag, textSize int) widgets {
	t.Helper()
	messages.Use(tag)
	defer messages.Use(language.English)
	stage := newStage(test.NewTempApp(t), s, textSize)
	defer stage.window.Close()
	stage.window.Window().Resize(s.size)
	if s.act != nil {
		s.act(stage)
	}
	stage.rest()
	return stage.report(t)
}

// withoutRaceDetector skips a test of words under the race detector, which has the scenes in English; make unit runs it
// without.
func withoutRaceDetector(t *testing.T) {
	t.Helper()
	if underRaceDetector {
		t.Skip("runs without the race detector")
	}
}

// letters are what a text is made of that did not come from the catalogue.
var letters = regexp.MustCompile(`\p{L}{2,}`)

// Everything that is on screen came from the catalogue, or is the user's: names, addresses, what servers say.
func TestScenes_pseudoLanguage(t *testing.T) {
	withoutRaceDetector(t)
	for _, s := range scenes() {
		t.Run(s.name, inBubble(func(t *testing.T) {
			known := s.foreign(t)
			shown := s.drawn(t, messages.Pseudo, ordinarySize)
			shown.check(t)
			shown.checkWhole(t, s)
			for _, w := range shown.Widgets {
				for _, text := range []string{w.Text, w.Name} {
					for _, word := range letters.FindAllString(messages.WithoutPseudo(text), -1) {
						if w.Visible && !known[word] && !json.Valid([]byte(text)) {
							t.Errorf("%q in %q did not come from the catalogue", word, text)
						}
					}
				}
			}
		}))
	}
}

// foreign are the words of a scene that are not the program's: those of the fixtures, of tools, of formatted times and
// sizes.
func (s scene) foreign(t *testing.T) map[string]bool {
	t.Helper()
	data, err := json.Marshal(s.snapshot)
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{string(data), "Daypass kB MB GB TB min today yesterday tomorrow", "JSON ETag UTF nbreak daypass exec --only"}
	for m := time.January; m <= time.December; m++ {
		texts = append(texts, m.String(), m.String()[:3])
	}
	for _, d := range tools.All() {
		texts = append(texts, d.Name)
	}
	known := map[string]bool{}
	for _, text := range append(texts, fixtures()...) {
		for _, word := range letters.FindAllString(text, -1) {
			known[word] = true
		}
	}
	return known
}

// fixtures returns the strings in the source of the fixtures and scenes.
var fixtures = sync.OnceValue(func() (all []string) {
	for _, folder := range []string{".", ".."} {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			panic(err)
		}
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				panic(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					if text, err := strconv.Unquote(literal.Value); err == nil {
						all = append(all, text)
					}
				}
				return true
			})
		}
	}
	return all
})

// In no language do controls lie on each other or stick out of the window, and words are shown as a whole where the
// window has its ordinary size, but for those with a name in them.
func TestScenes_languages(t *testing.T) {
	withoutRaceDetector(t)
	for _, tag := range []language.Tag{language.German, language.Japanese} {
		for _, s := range scenes() {
			t.Run(tag.String()+"/"+s.name, inBubble(func(t *testing.T) {
				shown := s.drawn(t, tag, ordinarySize)
				shown.check(t)
				shown.checkWhole(t, s)
			}))
		}
	}
}

// checkWhole fails for words that are shown in part where the window has its ordinary size, but for those with a name in
// them.
func (w widgets) checkWhole(t *testing.T, s scene) {
	t.Helper()
	for _, one := range w.Widgets {
		if one.Cut && s.size == full && !strings.ContainsAny(one.Text, "@/-") {
			t.Errorf("%s %q %s is cut: it is at %v,%v and has %v x %v", one.Kind, one.Text, one.ID, one.X, one.Y, one.W, one.H)
		}
	}
}

// Text of the largest size has room in a window of the ordinary size: what is longer goes on below, and is scrolled.
func TestScenes_largeText(t *testing.T) {
	withoutRaceDetector(t)
	for _, tag := range []language.Tag{language.English, language.German} {
		for _, s := range scenes() {
			t.Run(tag.String()+"/"+s.name, inBubble(func(t *testing.T) {
				shown := s.drawn(t, tag, largestSize)
				shown.check(t)
				shown.checkWhole(t, s)
			}))
		}
	}
}

// In a small window text of the largest size goes on below, too: rows of transfers and sheets do not lie on each other.
func TestScenes_largeTextInSmallWindow(t *testing.T) {
	withoutRaceDetector(t)
	for _, s := range scenes() {
		if !strings.HasPrefix(s.name, "transfers-open") && !strings.HasPrefix(s.name, "share") {
			continue
		}
		s.size = fyne.NewSize(640, 480)
		t.Run(s.name, inBubble(func(t *testing.T) {
			shown := s.drawn(t, language.German, largestSize)
			shown.check(t)
			shown.checkLabels(t)
		}))
	}
}

// checkLabels fails for words of transfers or of a sheet that lie on each other.
func (w widgets) checkLabels(t *testing.T) {
	t.Helper()
	var labels []reportedWidget
	for _, one := range w.Widgets {
		if one.Kind == "label" && one.Visible && one.Text != "" {
			labels = append(labels, one)
		}
	}
	for i, a := range labels {
		for _, b := range labels[:i] {
			if a.X+1 < b.X+b.W && b.X+1 < a.X+a.W && a.Y+1 < b.Y+b.H && b.Y+1 < a.Y+a.H {
				t.Errorf("%q and %q lie on each other", a.Text, b.Text)
			}
		}
	}
}
