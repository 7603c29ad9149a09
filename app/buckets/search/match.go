package search

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"daypass/app/fold"
)

// Matcher says whether a path is what somebody looks for.
//
// A text with *, ? or [ in it is a glob: * and ? stay within a name, ** goes across folders, and [a-z]
// is one character of a set. Any other text is looked for anywhere in a name. Without a / it is
// the name alone that counts, with one the path below the place searched. Case does not
// matter, nor whether accents are part of their letters.
type Matcher struct {
	text  string
	glob  *regexp.Regexp
	paths bool
}

// NewMatcher makes a matcher. An empty text matches everything.
func NewMatcher(text string) *Matcher {
	m := &Matcher{text: fold.String(text), paths: strings.Contains(strings.TrimSuffix(text, "/"), "/")}
	if strings.ContainsAny(text, "*?[") {
		m.glob = globExpression(strings.TrimPrefix(strings.TrimSuffix(norm.NFC.String(text), "/"), "/"))
	}
	return m
}

// Match reports whether path, which is relative to the place searched and has no / at its end, is
// looked for.
func (m *Matcher) Match(path string) bool {
	if !m.paths {
		path = path[strings.LastIndexByte(path, '/')+1:]
	}
	if m.glob != nil {
		return m.glob.MatchString(norm.NFC.String(path))
	}
	return strings.Contains(fold.String(path), strings.TrimSuffix(m.text, "/"))
}

// globExpression writes a glob as an expression, which takes time in proportion to the path whatever
// the glob is.
func globExpression(glob string) *regexp.Regexp {
	var out strings.Builder
	out.WriteString(`(?is)\A`)
	for i := 0; i < len(glob); {
		n := 1
		switch {
		case strings.HasPrefix(glob[i:], "**/"):
			n = 3
			out.WriteString(`(?:.*/)?`)
		case strings.HasPrefix(glob[i:], "**"):
			n = 2
			out.WriteString(`.*`)
		case glob[i] == '*':
			out.WriteString(`[^/]*`)
		case glob[i] == '?':
			out.WriteString(`[^/]`)
		case glob[i] == '[':
			n = set(&out, glob[i:])
		default:
			if n = strings.IndexAny(glob[i:], "*?["); n < 0 {
				n = len(glob) - i
			}
			out.WriteString(regexp.QuoteMeta(glob[i : i+n]))
		}
		i += n
	}
	out.WriteString(`\z`)
	expression, err := regexp.Compile(out.String())
	if err != nil { // a set such as [z-a], or letters that are no text: look for what is written
		return regexp.MustCompile(`(?is)\A` + regexp.QuoteMeta(strings.ToValidUTF8(glob, "\ufffd")) + `\z`)
	}
	return expression
}

// set writes the set of characters that glob begins with, and returns its length. A [ without an end
// is itself.
func set(out *strings.Builder, glob string) int {
	inside, negated := strings.CutPrefix(glob[1:], "!")
	start := len(glob) - len(inside)
	end := strings.IndexByte(inside[min(1, len(inside)):], ']') + 1
	if end < 1 || len(inside) == 0 {
		out.WriteString(`\[`)
		return 1
	}
	out.WriteByte('[')
	if negated {
		out.WriteString(`^/`)
	}
	for _, r := range inside[:end] {
		if strings.ContainsRune(`\[]^&~`, r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	out.WriteByte(']')
	return start + end + 1
}
