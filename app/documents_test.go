package app_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	listedRule = regexp.MustCompile(`(?m)^\| (\d+) \|`)
	// citedRules finds the name of a test, as in TestRule23 or TestRules34And46, and "rules 24 and 45" in a comment.
	citedRules = regexp.MustCompile(`TestRules?\d+(?:And\d+)*|\b[Rr]ules? \d+(?:(?:, | and )\d+)*`)
	number     = regexp.MustCompile(`\d+`)
	link       = regexp.MustCompile(`\]\(([^)#:\s]+)(?:#[^)]*)?\)`)
)

// Every security rule that a test cites is in the page of rules, where a reader can look it up.
func TestDocuments_listCitedRules(t *testing.T) {
	listed := map[string]bool{}
	for _, m := range listedRule.FindAllStringSubmatch(readText(t, "../docs/security-rules.md"), -1) {
		if listed[m[1]] {
			t.Errorf("rule %s is listed twice", m[1])
		}
		listed[m[1]] = true
	}
	cited := 0
	eachFile(t, "..", "_test.go", func(path, text string) {
		for _, citation := range citedRules.FindAllString(text, -1) {
			for _, n := range number.FindAllString(citation, -1) {
				cited++
				if !listed[strings.TrimLeft(n, "0")] {
					t.Errorf("%s cites rule %s, which docs/security-rules.md does not list", path, n)
				}
			}
		}
	})
	if cited < 100 {
		t.Errorf("found %d citations of rules only", cited)
	}
}

// Links from one document to another, and to files of the repository, lead somewhere.
func TestDocuments_linksLeadSomewhere(t *testing.T) {
	eachFile(t, "..", ".md", func(path, text string) {
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s links to %s: %v", path, m[1], err)
			}
		}
	})
}

// Packages and files that the documents name exist: a path in backquotes with a slash, below a folder of the repository.
func TestDocuments_namedPathsExist(t *testing.T) {
	named := regexp.MustCompile("`((?:app|auth|stsclient|ui|cmd|assets|sandbox|docs)/[A-Za-z0-9_./-]+)`")
	eachFile(t, "../docs", ".md", func(path, text string) {
		for _, m := range named.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join("..", m[1])); err != nil {
				t.Errorf("%s names %s: %v", path, m[1], err)
			}
		}
	})
}

// Every package has a comment, and a row in the page on the architecture; a view has that of its screen.
func TestDocuments_listEveryPackage(t *testing.T) {
	page := readText(t, "../docs/architecture.md")
	for _, folder := range []string{"app", "auth", "stsclient", "ui"} {
		for path, documented := range packagesBelow(t, folder) {
			if !documented {
				t.Errorf("package %s has no comment", path)
			}
			screen := filepath.Dir(path)
			listed := path
			if filepath.Base(path) == filepath.Base(screen)+"view" {
				listed = screen
			}
			if !strings.Contains(page, "`"+listed+"`") {
				t.Errorf("docs/architecture.md does not list %s", listed)
			}
		}
	}
}

// packagesBelow returns the packages below a folder of the repository that are more than tests, and whether each has a comment.
func packagesBelow(t *testing.T, folder string) map[string]bool {
	t.Helper()
	comment := regexp.MustCompile(`(?m)^(?://.*|\*/)\npackage `)
	packages := map[string]bool{}
	eachFile(t, filepath.Join("..", folder), ".go", func(path, text string) {
		if !strings.HasSuffix(path, "_test.go") {
			at := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), ".."+string(filepath.Separator)))
			packages[at] = packages[at] || comment.MatchString(text)
		}
	})
	return packages
}

func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// eachFile calls visit with every file below a folder whose name ends in suffix, without what is built.
func eachFile(t *testing.T, folder, suffix string, visit func(path, text string)) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "build" || entry.Name() == ".git" || entry.Name() == "testdata"):
			return filepath.SkipDir
		case !entry.IsDir() && strings.HasSuffix(path, suffix):
			visit(path, readText(t, path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The tests that the page of foreign fields names exist, and each of its rows names one.
func TestDocuments_foreignFieldsAreTested(t *testing.T) {
	named := regexp.MustCompile("`([a-z/]+)`: (`Test[^|]*`) \\|$")
	rows := 0
	for line := range strings.Lines(readText(t, "../docs/foreign-fields.md")) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| field ") || strings.HasPrefix(line, "| --- ") {
			continue
		}
		rows++
		m := named.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("%s: names no test", line)
			continue
		}
		tests := testsOf(t, m[1])
		for _, test := range strings.Split(m[2], ", ") {
			if !strings.Contains(tests, "\nfunc "+strings.Trim(test, "`")+"(t *testing.T)") {
				t.Errorf("%s has no test %s", m[1], test)
			}
		}
	}
	if rows < 40 {
		t.Errorf("%d rows only", rows)
	}
}

// testsOf returns the text of all tests of a package.
func testsOf(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(folder), "*_test.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no tests, %v", folder, err)
	}
	var all strings.Builder
	for _, file := range files {
		all.WriteString(readText(t, file))
	}
	return all.String()
}
