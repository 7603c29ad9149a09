package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// foldersOfWords are those whose words are checked.
var foldersOfWords = []string{"../app", "../assets", "../auth", "../cmd", "../sandbox", "../stsclient", "../ui"}

// ordinary are the uses of retired words that stay: the paths of the protocol between agents and clients of several versions.
var ordinary = regexp.MustCompile(`(?i)/v1\S*/(?:consumers|handout)\b`)

// docVerb finds the retired verbs with which the doc comment of a function with a result may not begin.
var docVerb = regexp.MustCompile(`^(?:gives|tells|hands)\b`)

// Identifiers and comments do without the words that the glossary retires, and doc comments without retired verbs.
func TestWords_retired(t *testing.T) {
	retired := retiredWords(t)
	for _, folder := range foldersOfWords {
		eachFile(t, folder, ".go", func(path, text string) {
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, text, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			complain := func(pos token.Pos, text string) {
				for _, word := range retired.FindAllString(ordinary.ReplaceAllString(text, ""), -1) {
					t.Errorf("%s: docs/glossary.md retires %q", set.Position(pos), word)
				}
			}
			for _, group := range file.Comments {
				for _, c := range group.List {
					complain(c.Pos(), c.Text)
				}
			}
			for _, name := range declared(file) {
				complain(name.Pos(), spelledOut(name.Name))
			}
			for _, decl := range file.Decls {
				if f, ok := decl.(*ast.FuncDecl); ok && f.Type.Results != nil && docVerb.MatchString(strings.TrimPrefix(f.Doc.Text(), f.Name.Name+" ")) {
					t.Errorf("%s: the doc comment of %s says neither returns nor reports whether", set.Position(f.Pos()), f.Name.Name)
				}
			}
		})
	}
}

// The English texts of the catalogue and the documents do without these words, too.
func TestWords_retiredInTexts(t *testing.T) {
	retired := retiredWords(t)
	check := func(path, text string) {
		if path == "../docs/glossary.md" {
			text, _, _ = strings.Cut(text, retiredTitle)
		}
		for i, line := range strings.Split(text, "\n") {
			for _, word := range retired.FindAllString(line, -1) {
				t.Errorf("%s:%d: docs/glossary.md retires %q", path, i+1, word)
			}
		}
	}
	eachFile(t, "messages/catalog", ".en.json", func(path, text string) { check(path, idOfText.ReplaceAllString(text, "")) })
	eachFile(t, "../docs", ".md", check)
	for _, name := range []string{"README", "CHANGELOG", "CONTRIBUTING", "SECURITY"} {
		check(name+".md", readText(t, "../"+name+".md"))
	}
}

// idOfText finds the IDs of texts: they travel between agents and clients of several versions.
var idOfText = regexp.MustCompile(`(?m)^ *"[^"]+":`)

// retiredTitle begins the glossary's table of retired words.
const retiredTitle = "\n## Retired words\n"

// retiredWords matches the words in the first column of the glossary's table of retired words.
func retiredWords(t *testing.T) *regexp.Regexp {
	t.Helper()
	_, table, _ := strings.Cut(readText(t, "../docs/glossary.md"), retiredTitle)
	table, _, _ = strings.Cut(table, "\n## ")
	var words []string
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) < 3 || strings.TrimSpace(cells[1]) == "not" || strings.Contains(cells[1], "---") {
			continue
		}
		for word := range strings.SplitSeq(cells[1], ",") {
			words = append(words, regexp.QuoteMeta(strings.TrimSpace(word)))
		}
	}
	if len(words) < 20 {
		t.Fatalf("the glossary retires %d words only", len(words))
	}
	return regexp.MustCompile(`(?i)\b(` + strings.Join(words, "|") + `)\b`)
}

// declared returns the names that a file declares: a use of another package's name is not of our making.
func declared(file *ast.File) (names []*ast.Ident) {
	add := func(exprs ...ast.Expr) {
		for _, e := range exprs {
			if name, ok := e.(*ast.Ident); ok {
				names = append(names, name)
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			add(n.Name)
		case *ast.TypeSpec:
			add(n.Name)
		case *ast.ValueSpec:
			names = append(names, n.Names...)
		case *ast.Field:
			names = append(names, n.Names...)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				add(n.Lhs...)
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				add(n.Key, n.Value)
			}
		}
		return true
	})
	return names
}

// spelledOut writes the words of an identifier apart, as in "wire Client Token".
func spelledOut(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		begins := unicode.IsUpper(r) && i > 0 && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if begins || r == '_' {
			b.WriteByte(' ')
		}
		if r != '_' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func TestWords_spelledOut(t *testing.T) {
	for name, want := range map[string]string{"wireClientToken": "wire Client Token", "IDToken": "ID Token", "TestRestore_userWins": "Test Restore user Wins"} {
		if got := spelledOut(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
}
