package messages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// productFiles parses the source of the programs, without tests.
func productFiles(t *testing.T) (all []*ast.File, positions *token.FileSet) {
	t.Helper()
	positions = token.NewFileSet()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "sandbox" || d.Name() == "uitest" || d.Name() == "build" || d.Name() != "." && d.Name() != ".." && d.Name()[0] == '.'):
			return filepath.SkipDir
		case filepath.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		parsed, err := parser.ParseFile(positions, file, nil, parser.SkipObjectResolution)
		all = append(all, parsed)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, positions
}

// Each text that the code names is in the catalogue and gets the parameters that it has, and each text of the catalogue
// is named by the code: by its ID, or by the beginning of it, up to a dot, where the rest is computed.
func TestUsage_codeAndCatalogueAgree(t *testing.T) {
	source := texts(t, english)
	files, positions := productFiles(t)
	literals := map[string]bool{}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil {
					literals[text] = true
				}
			case *ast.CallExpr:
				id, args, plural, ok := textCall(n)
				if !ok {
					return true
				}
				switch m := source[id]; {
				case m == nil:
					t.Errorf("%s: %q is not in the catalogue", positions.Position(n.Pos()), id)
				case plural != (m.One != ""):
					t.Errorf("%s: %q has plural forms: %v", positions.Position(n.Pos()), id, m.One != "")
				case args != nil && !slices.Equal(args, parameters(m)):
					t.Errorf("%s: %q gets %v and has %v", positions.Position(n.Pos()), id, args, parameters(m))
				}
			}
			return true
		})
	}
	for id := range source {
		if !literals[id] && !computed(id, literals) {
			t.Errorf("no code names %q", id)
		}
	}
}

// computed reports whether the code names the beginning of an ID, up to a dot.
func computed(id string, literals map[string]bool) bool {
	for i := strings.LastIndexByte(id, '.'); i > 0; i = strings.LastIndexByte(id[:i], '.') {
		if literals[id[:i+1]] {
			return true
		}
	}
	return false
}

// textCall reads a call of Text or Plural with an ID that is written out. args are the names of its parameters, in
// order; nil where they are computed.
func textCall(call *ast.CallExpr) (id string, args []string, plural, ok bool) {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
	case *ast.Ident:
		name = f.Name
	}
	if name != "Text" && name != "Plural" || len(call.Args) == 0 {
		return "", nil, false, false
	}
	literal, isLiteral := call.Args[0].(*ast.BasicLit)
	if !isLiteral || literal.Kind != token.STRING {
		return "", nil, false, false
	}
	id, err := strconv.Unquote(literal.Value)
	if err != nil || !strings.Contains(id, ".") || strings.ContainsAny(id, " \n") {
		return "", nil, false, false
	}
	plural = name == "Plural"
	rest := call.Args[1:]
	args = []string{}
	if plural {
		args, rest = append(args, Count), call.Args[min(2, len(call.Args)):]
	}
	for _, arg := range rest {
		composite, written := arg.(*ast.CompositeLit)
		if !written {
			return id, nil, plural, true
		}
		for _, element := range composite.Elts {
			pair, isPair := element.(*ast.KeyValueExpr)
			if !isPair {
				return id, nil, plural, true
			}
			switch key := pair.Key.(type) {
			case *ast.BasicLit:
				text, _ := strconv.Unquote(key.Value)
				args = append(args, text)
			default:
				return id, nil, plural, true
			}
		}
	}
	slices.Sort(args)
	return id, slices.Compact(args), plural, true
}
