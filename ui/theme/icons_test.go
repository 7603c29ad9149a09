package theme

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"image"
	"image/color"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"daypass/assets/icons"
)

func advance(t *testing.T, font fyne.Resource, r rune) fixed.Int26_6 {
	t.Helper()
	f, err := opentype.Parse(font.Content())
	if err != nil {
		t.Fatal(err)
	}
	var buf sfnt.Buffer
	glyph, err := f.GlyphIndex(&buf, r)
	if err != nil || glyph == 0 {
		t.Fatalf("%s has no %q: %v", font.Name(), r, err)
	}
	width, err := f.GlyphAdvance(&buf, glyph, fixed.I(1000), 0)
	if err != nil {
		t.Fatal(err)
	}
	return width
}

// Every icon is one color, which is replaced, on one grid.
func TestIcons_oneColorAndGrid(t *testing.T) {
	colors := regexp.MustCompile(`(?:fill|stroke)="([^"]*)"`)
	names, err := fs.Glob(icons.Files, "*.svg")
	if err != nil || len(names) == 0 {
		t.Fatalf("no icons: %v", err)
	}
	for _, name := range names {
		svg, err := icons.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(svg, []byte(`viewBox="0 0 20 20"`)) {
			t.Errorf("%s is off the grid of 20", name)
		}
		for _, m := range colors.FindAllSubmatch(svg, -1) {
			if c := string(m[1]); c != "none" && c != "#000000" {
				t.Errorf("%s has the colour %s of its own", name, c)
			}
		}
		p := DrawIcon(IconName(strings.TrimSuffix(name, ".svg")), inked, image.Pt(20, 20), 1)
		if n := inkOf(p); n == 0 {
			t.Errorf("%s is not drawn in the color that it should have", name)
		}
	}
}

// inked is a color that no icon has by itself.
var inked = color.NRGBA{R: 0x12, G: 0xab, B: 0xef, A: 0xff}

// inkOf returns how much of p has the color, in points.
func inkOf(p image.Image) (points float64) {
	for y := range p.Bounds().Dy() {
		for x := range p.Bounds().Dx() {
			c := color.NRGBAModel.Convert(p.At(x, y)).(color.NRGBA)
			if c.A == 0xff && !(near(c.R, inked.R) && near(c.G, inked.G) && near(c.B, inked.B)) {
				return 0
			}
			points += float64(c.A) / 0xff
		}
	}
	return points
}

// near allows for the rounding where a line lies on what it is around.
func near(a, b uint8) bool { return max(a, b)-min(a, b) <= 2 }

// With twice the points in each direction, the lines of an icon are twice as wide.
func TestDrawIcon_linesGrow(t *testing.T) {
	for _, name := range []IconName{"check", "folder", "search"} {
		small, large := inkOf(DrawIcon(name, inked, image.Pt(18, 18), 1)), inkOf(DrawIcon(name, inked, image.Pt(36, 36), 2))
		if share := large / small; share < 3.6 || share > 4.4 {
			t.Errorf("%s has %.1f times the ink", name, share)
		}
	}
}

// iconArgument is where the calls that take an icon's name have it.
var iconArgument = map[string]int{"IconButton": 1, "Button": 2, "NewIcon": 0, "way": 1}

// Every icon that the window names is there: a missing one would end the program when it is drawn.
func TestIcons_exist(t *testing.T) {
	found := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, name := range iconsIn(n) {
				found++
				if _, err := icons.Files.ReadFile(name + ".svg"); err != nil {
					t.Errorf("%s names the icon %q, which is not there", path, name)
				}
			}
			return true
		})
		return nil
	})
	if err != nil || found < 20 {
		t.Errorf("found %d names, %v", found, err)
	}
}

// iconsIn returns the icons that a node names: as an argument, in a conversion, or in a table of them.
func iconsIn(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.SelectorExpr:
			name = f.Sel.Name
		case *ast.Ident:
			name = f.Name
		}
		if at, ok := iconArgument[name]; ok && at < len(n.Args) {
			return literals(n.Args[at])
		}
		if name == "IconName" {
			return literals(n.Args[0])
		}
	case *ast.ValueSpec:
		if name := n.Names[0].Name; (name == "kinds" || name == "marks") && len(n.Values) == 1 {
			return tableOf(n.Values[0])
		}
	}
	return nil
}

// tableOf returns the values of a map of names, or the first fields of a map of structs.
func tableOf(e ast.Expr) []string {
	var out []string
	table, _ := e.(*ast.CompositeLit)
	for _, item := range table.Elts {
		value := item.(*ast.KeyValueExpr).Value
		if row, ok := value.(*ast.CompositeLit); ok {
			value = row.Elts[0]
		}
		out = append(out, literals(value)...)
	}
	return out
}

func literals(e ast.Expr) []string {
	if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
		if s, err := strconv.Unquote(lit.Value); err == nil && s != "" {
			return []string{s}
		}
	}
	return nil
}
