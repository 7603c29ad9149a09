package messages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// ownWords are the files, or folders, that use an error's own words, and what for.
var ownWords = map[string]string{
	"app/agent/protocol.go":  "for programs; users have the text by its ID",
	"app/broker/endpoint/":   "for programs over HTTP",
	"app/cli/exec.go":        "quoted: what the system says",
	"app/cli/names.go":       "quoted: what the system says",
	"app/cli/usage.go":       "a message that is recognized",
	"app/clipboard/child.go": "quoted: what another program says",
	"app/connection/":        "quoted: what a parser says",
	"app/doctor/machine.go":  "quoted: what the system says",
	"app/session/words.go":   "quoted, where no words were foreseen",
	"auth/":                  "quoted: what a parser or crypto/x509 says",
	"app/vault/":             "messages that are recognized, or quoted",
	"cmd/daypass-creds/":     "a program that is too small for the catalogue",
	"ui/browser/":            "errors of a location, which are in the language of the user",
	"ui/tools/":              "errors of a location, which are in the language of the user",
}

// rawErrors finds where a file takes an error's own words, which are English, but for what writes them into a log or is
// an error itself.
func rawErrors(positions *token.FileSet, parsed *ast.File) (found []token.Position) {
	ast.PreorderStack(parsed, nil, func(n ast.Node, path []ast.Node) bool {
		path = append(path, n)
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) > 0 || !ofError.MatchString(nameOf(call.Fun)) {
			return true
		}
		if !slices.ContainsFunc(path, isForPrograms) {
			found = append(found, positions.Position(n.Pos()))
		}
		return true
	})
	return found
}

// ofError are calls of an error for its own words.
var ofError = regexp.MustCompile(`(^err|\.Err|\.err|Err)\.Error$`)

// isForPrograms reports whether what is inside of n is for a log, or is itself an error's own words.
func isForPrograms(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Name.Name == "Error"
	case *ast.CallExpr:
		return logs.MatchString(nameOf(n.Fun)) || matches.MatchString(nameOf(n.Fun))
	}
	return false
}

// No user reads an error in its own words where the catalogue has some.
func TestForeign_noRawErrors(t *testing.T) {
	files, positions := productFiles(t)
	used := map[string]bool{}
	for _, f := range files {
		file := inRepository(t, positions.Position(f.Pos()).Filename)
		found := rawErrors(positions, f)
		for excuse := range ownWords {
			if strings.HasPrefix(file, excuse) {
				used[excuse] = used[excuse] || len(found) > 0
				found = nil
			}
		}
		for _, at := range found {
			t.Errorf("%s: an error in its own words; its text is session.ReasonsOf", at)
		}
	}
	for excuse := range ownWords {
		if !used[excuse] {
			t.Errorf("the exception %s is of no use", excuse)
		}
	}
}

// inRepository returns the path of a file in the repository, with slashes.
func inRepository(t *testing.T, path string) string {
	t.Helper()
	file, err := filepath.Rel(filepath.Join("..", ".."), path)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(file)
}

// Each way of taking an error's own words is found, and what is for programs is not.
func TestForeign_findsRawErrors(t *testing.T) {
	for body, want := range map[string]bool{
		`say(err.Error())`: true, `p.Detail = failed.Err.Error()`: true, `return problem.Sentence(readErr.Error())`: true,
		`log.Warn("it failed", "error", err.Error())`: false, `if strings.Contains(err.Error(), "denied") { return }`: false, `say(problem.Text(err))`: false,
	} {
		positions := token.NewFileSet()
		parsed, err := parser.ParseFile(positions, "x.go", "package x\nfunc f() { "+body+" }\n", parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if found := rawErrors(positions, parsed); (len(found) > 0) != want {
			t.Errorf("%s: %v", body, found)
		}
	}
}
