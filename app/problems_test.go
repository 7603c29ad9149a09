package app_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// problemTexts are the IDs of the English texts of problems.
func problemTexts(t *testing.T) map[string]json.RawMessage {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("messages", "catalog", "problem.en.json"))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

// A problem has a title and a next step; its cause is a text of its own, or reasons.
func TestProblems_eachHasATitleAndANextStep(t *testing.T) {
	texts := problemTexts(t)
	for id := range texts {
		if code, is := strings.CutSuffix(id, ".title"); is && texts[code+".next"] == nil && texts[code[:strings.LastIndexByte(code, '.')]+".next"] == nil {
			t.Errorf("%s has no next step", code)
		}
		code, is := strings.CutSuffix(id, ".next")
		if is && texts[code+".title"] == nil && texts[code[:strings.LastIndexByte(code, '.')]+".title"] == nil {
			t.Errorf("%s has no title", code)
		}
	}
}

// Each code that the code names is in the catalogue: in Problem{Code: ...}, in the tables of errors (a field code), and
// the kinds of errors of an STS.
func TestProblems_codesHaveTexts(t *testing.T) {
	texts := problemTexts(t)
	n := 0
	check := func(code string) {
		n++
		if texts["problem."+code+".title"] == nil || texts["problem."+code+".next"] == nil {
			t.Errorf("%s has no title or no next step", code)
		}
	}
	positions := token.NewFileSet()
	parse := func(file string) *ast.File {
		f, err := parser.ParseFile(positions, file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	for _, root := range []string{".", filepath.Join("..", "ui")} {
		err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			switch {
			case err != nil || d.Name() == "uitest" || d.Name() == "doctor":
				if d.IsDir() {
					return fs.SkipDir
				}
				return err
			case filepath.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go"):
				return nil
			}
			for _, code := range codesIn(parse(file)) {
				if filepath.ToSlash(file) == "buckets/words.go" {
					code = "storage-" + code
				}
				check(code)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range constantsOf(parse(filepath.Join("..", "stsclient", "errors.go")), "Kind") {
		check("sts-" + kind)
	}
	if n < 60 {
		t.Errorf("%d codes were found", n)
	}
}

// codesIn are the literal codes of the composite literals of problems in a file.
func codesIn(f *ast.File) (codes []string) {
	ast.Inspect(f, func(n ast.Node) bool {
		literal, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if slices.ContainsFunc(literal.Elts, isTitle) {
			return true // it has words of its own
		}
		isProblem := strings.HasSuffix(typeName(literal.Type), "Problem") || typeName(literal.Type) == "Failure"
		for _, element := range literal.Elts {
			pair, ok := element.(*ast.KeyValueExpr)
			switch {
			case !ok:
			case isProblem && typeName(pair.Key) == "Code", (literal.Type == nil || typeName(literal.Type) == "words") && typeName(pair.Key) == "code":
				codes = append(codes, texts(pair.Value)...)
			}
		}
		return true
	})
	return codes
}

// constantsOf are the values of the constants of a type in a file.
func constantsOf(f *ast.File, name string) (values []string) {
	ast.Inspect(f, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && typeName(spec.Type) == name {
			for _, value := range spec.Values {
				values = append(values, texts(value)...)
			}
		}
		return true
	})
	return values
}

func isTitle(element ast.Expr) bool {
	pair, ok := element.(*ast.KeyValueExpr)
	return ok && strings.EqualFold(typeName(pair.Key), "title")
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func texts(e ast.Expr) []string {
	if literal, ok := e.(*ast.BasicLit); ok && literal.Kind == token.STRING {
		if text, err := strconv.Unquote(literal.Value); err == nil {
			return []string{text}
		}
	}
	return nil
}
