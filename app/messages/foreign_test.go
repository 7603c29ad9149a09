package messages

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// notForUsers are the files, or folders, whose words are not written for users of Daypass.
var notForUsers = map[string]string{
	"app/importers/":                 "what other programs are called, and what they call things in their files",
	"app/agent/rundir/running.go":    "the form of a file",
	"app/agent/quick/quick.go":       "the name of a program that is not known, see clients.ShownName",
	"app/autostart/":                 "the forms of files of the desktops",
	"app/broker/endpoint/":           "answers to programs over HTTP",
	"app/buckets/objects/objects.go": "answers as a server has them",
	"app/buckets/page.go":            "errors in XML, which become a problem by their type",
	"app/buckets/preview/formats.go": "the beginnings of files",
	"app/buckets/scanner.go":         "errors in XML, which become a problem by their type",
	"app/buckets/words.go":           "messages of servers that are recognized",
	"app/clipboard/board_darwin.go":  "a script",
	"app/connection/file.go":         "comments in a file that users pass on",
	"app/failure/provider.go":        "names of scopes",
	"app/format/language.go":         "layouts of dates",
	"app/gateway/":                   "answers to programs over S3",
	"app/messages/messages.go":       "what a template writes",
	"app/notify/desktop_":            "scripts and XML",
	"app/presets/":                   "names of products, and of settings in their consoles",
	"app/tools/":                     "names of tools, commands and snippets",
	"app/vault/box.go":               "the form of a file",
	"app/vault/keyring.go":           "messages of keyrings that are recognized",
	"assets/signin/":                 "English for other programs; app/cli translates the pages",
	"auth/":                          "names of requests, for logs; what a user reads has the code of a Reason",
	"cmd/daypass-creds/":             "a program that is too small for the catalogue, about itself",
	"stsclient/":                     "messages of servers that are recognized, and causes for logs; what a user reads has the code of a Kind",
	"ui/opener/":                     "endings and beginnings of files",
	"ui/glyphs/cjk.go":               "names of fonts",
	"ui/toolkitwords.go":             "the toolkit's keys of texts that are in the catalogue",
	"app/sessionbus/bustest/":        "a bus for tests",
	"app/cli/manual/":                "a program of the build",
	"app/fleet/report/":              "a program for the documentation",
}

// errorsForLogs are the files, or folders, whose errors no user reads in their own words.
var errorsForLogs = map[string]string{
	"app/agent/rundir/owner_unix.go": "causes; a user reads the words of the folder",
	"app/buckets/list.go":            "answers of a server, which become a problem by their type",
	"app/buckets/preview/":           "what the child that decodes says to its parent",
	"app/buckets/transfer/disk/":     "errors of the system, which become a problem by their type",
	"app/buckets/transfer/journal/":  "for the log",
	"app/clipboard/child.go":         "a command that users do not run",
	"app/engine/engine.go":           "a mistake of the program",
	"app/logfile/":                   "for the log",
	"app/tray/":                      "for the log",
	"app/trust/":                     "for the log: the user is asked again",
	"app/vault/child.go":             "a command that users do not run",
	"ui/glyphs/":                     "fonts that are passed over",
}

var (
	// sentence is a text of more than one word, and word a single one.
	sentence = regexp.MustCompile(`(\pL{2,}[,;:.!?…]?|\b[Aa]) \pL`)
	word     = regexp.MustCompile(`^\p{Lu}\p{Ll}{2,}[.…!?:]?$`)
	// logs are calls that write into a log, and matches those that compare or compile.
	logs    = regexp.MustCompile(`(?i)(log|logger|slog)(\(\))?\.(Debug|Info|Warn|Error|With|Log)(Context)?$|^fyne\.LogError$`)
	matches = regexp.MustCompile(`^(strings|bytes|regexp)\.`)
	// shownBy are calls and fields by which a single word is shown.
	shownBy     = regexp.MustCompile(`^(fmt\.(Fp|P)rint|widget\.New|canvas\.NewText|dialog\.)|\.(say|SetText|SetTitle|Button|AddText|NewSheet)$`)
	shownFields = regexp.MustCompile(`(?i)^(title|text|detail|label|body|message|nextstep|yes|no|note|placeholder|tooltip|hint|summary|short|long)$`)
)

// foreign is a text in the code that a user may read and that is not from the catalogue.
type foreign struct {
	at   token.Position
	text string
}

// foreignTexts finds the texts of a file that look like words for users and are not excused. file is its path in the
// repository.
func foreignTexts(positions *token.FileSet, file string, parsed *ast.File) (found []foreign) {
	ast.PreorderStack(parsed, nil, func(n ast.Node, path []ast.Node) bool {
		path = append(path, n)
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		text, err := strconv.Unquote(literal.Value)
		isWords := sentence.MatchString(text) || word.MatchString(text) && text != "Daypass" && isShown(path)
		if err == nil && isWords && !excused(file, path) {
			found = append(found, foreign{positions.Position(literal.Pos()), text})
		}
		return true
	})
	return found
}

// excused reports whether the text at the end of a path in the syntax tree is none that a user reads.
func excused(file string, path []ast.Node) bool {
	for i := len(path) - 1; i >= 0; i-- {
		switch n := path[i].(type) {
		case *ast.Field, *ast.ImportSpec:
			return true // tags of fields
		case *ast.ValueSpec:
			if name, ok := n.Type.(*ast.Ident); ok && name.Name != "string" {
				return true // a value of an enumeration
			}
		case *ast.KeyValueExpr:
			if key := nameOf(n.Key); key == "Use" || key == "Example" {
				return true // the syntax of a command
			}
		case *ast.FuncDecl:
			if n.Name.Name == "Error" || n.Name.Name == "String" {
				return true // for logs: what a user reads of an error is its Message
			}
		case *ast.CallExpr:
			if excusedCall(file, nameOf(n.Fun), path[:i]) {
				return true
			}
		}
	}
	return false
}

// excusedCall reports whether the arguments of a call are not for users. path leads to the call.
func excusedCall(file, call string, path []ast.Node) bool {
	switch {
	case logs.MatchString(call), matches.MatchString(call), call == "panic":
		return true
	case call == "errors.New", call == "fmt.Errorf":
		// What is a value of the package is known by its identity. Any other error may end where a user reads it, and
		// has words of the catalogue: see Error.
		return !slices.ContainsFunc(path, isFunction) || isIn(errorsForLogs, file)
	case call == "refuse", call == "taking":
		return strings.HasPrefix(file, "app/agent/") // requests that no program of Daypass sends
	case call == "key":
		return file == "ui/browser/shortcuts.go" // names of keys, see present.Keys
	}
	return false
}

// isIn reports whether file is one of the files, or in one of the folders, of a list.
func isIn(list map[string]string, file string) bool {
	for prefix := range list {
		if strings.HasPrefix(file, prefix) {
			return true
		}
	}
	return false
}

func isFunction(n ast.Node) bool {
	_, is := n.(*ast.FuncDecl)
	return is
}

// isShown reports whether the text at the end of a path is given to what shows it.
func isShown(path []ast.Node) bool {
	for i := len(path) - 2; i >= 0; i-- {
		switch n := path[i].(type) {
		case *ast.KeyValueExpr:
			return path[i+1] == n.Value && shownFields.MatchString(nameOf(n.Key))
		case *ast.CallExpr:
			return shownBy.MatchString(nameOf(n.Fun))
		case *ast.AssignStmt:
			return slices.ContainsFunc(n.Lhs, func(to ast.Expr) bool {
				field, ok := to.(*ast.SelectorExpr)
				return ok && shownFields.MatchString(field.Sel.Name)
			})
		case ast.Stmt:
			return false
		}
	}
	return false
}

// nameOf returns the name of a function or field as the code has it.
func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return nameOf(e.X) + "." + e.Sel.Name
	case *ast.CallExpr:
		return nameOf(e.Fun) + "()"
	}
	return ""
}

// No text that a user reads is outside the catalogue.
func TestForeign_noTextsOutsideCatalogue(t *testing.T) {
	files, positions := productFiles(t)
	used := map[string]bool{}
	for _, f := range files {
		file := inRepository(t, positions.Position(f.Pos()).Filename)
		found := foreignTexts(positions, file, f)
		for excuse := range notForUsers {
			if strings.HasPrefix(file, excuse) {
				used[excuse] = used[excuse] || len(found) > 0
				found = nil
			}
		}
		for _, one := range found {
			t.Errorf("%s: %q is not in the catalogue", one.at, one.text)
		}
	}
	for excuse := range notForUsers {
		if !used[excuse] {
			t.Errorf("the exception %s is of no use", excuse)
		}
	}
}

// Each way of showing a text is found, and what is not for users is not.
func TestForeign_findsTexts(t *testing.T) {
	for _, c := range []struct {
		file, body string
		found      bool
	}{
		{"app/cli/logout.go", `fmt.Fprintln(out, "Signed out of the company")`, true},
		{"app/cli/logout.go", `p.say("Done.")`, true},
		{"app/cli/logout.go", `return errors.New("the session has ended")`, true},
		{"app/notify/decide.go", `return note{title: "Expired", body: "Sign in again to continue."}`, true},
		{"app/notify/decide.go", `n.body = "Expired"`, true},
		{"ui/view/frame.go", `widget.NewLabel("Cancel")`, true},
		{"ui/view/frame.go", `x := "Signed in" + name`, true},
		{"app/broker/serve.go", `return fmt.Errorf("read the token: %w", err)`, true},
		{"app/clipboard/board.go", `return errors.New("the display does not answer")`, true},
		{"app/trust/trust.go", `return errors.New("it is not valid JSON")`, false},
		{"app/agent/quick/quick.go", `const unnamed = "a tool"`, true},
		{"app/broker/serve.go", `b.log.Warn("the token cannot be read", "error", err)`, false},
		{"app/cli/logout.go", `if strings.Contains(text, "no such object") { return }`, false},
		{"app/cli/logout.go", `c := &cobra.Command{Use: "logout NAME"}`, false},
		{"app/cli/logout.go", `p.say(messages.Text("cli.logout.done"))`, false},
		{"ui/view/frame.go", `k := kit.Key{ID: "sign-in"}`, false},
	} {
		positions := token.NewFileSet()
		parsed, err := parser.ParseFile(positions, c.file, fmt.Sprintf("package x\nfunc f() error { %s\nreturn nil }\n", c.body), parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if found := foreignTexts(positions, c.file, parsed); (len(found) > 0) != c.found {
			t.Errorf("%s: %s: %v", c.file, c.body, found)
		}
	}
}
