package connection

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"daypass/app/messages"
)

// NameKey is the same for names that a user takes for one (rule 46): upper and lower case, forms of the
// same characters, letters of other scripts that look like Latin ones, and spaces make no difference.
func NameKey(name string) string {
	folded := cases.Fold().String(norm.NFKC.String(name))
	return lookAlikes.Replace(strings.Join(strings.Fields(norm.NFKC.String(folded)), " "))
}

// lookAlikes puts Latin letters in place of the Cyrillic and Greek ones that have their shape in upper or
// lower case (Unicode Technical Standard 39).
var lookAlikes = strings.NewReplacer(
	"а", "a", "в", "b", "е", "e", "к", "k", "м", "m", "н", "h", "о", "o", "р", "p", "с", "c", "т", "t", "у", "y", "х", "x",
	"і", "i", "ї", "ï", "ј", "j", "ѕ", "s", "һ", "h", "ԁ", "d", "ԛ", "q", "ԝ", "w", "ё", "ë", "ӏ", "l",
	"α", "a", "β", "b", "ε", "e", "ζ", "z", "η", "h", "ι", "i", "κ", "k", "μ", "m", "ν", "v", "ο", "o", "ρ", "p", "τ", "t",
	"υ", "y", "χ", "x", "ϲ", "c", "ϳ", "j", "ı", "i", "ɑ", "a", "ɡ", "g",
)

// NameInUse returns an error where another of the connections is found by the name of d already; nil where none is.
func (d Definition) NameInUse(others []Definition) *FieldError {
	if problem := nameInUseProblem(d, others); problem.ID != "" {
		return &FieldError{"name", problem}
	}
	return nil
}

// nameInUseProblem refuses a name by which another of the connections is found already.
func nameInUseProblem(d Definition, others []Definition) messages.Message {
	key := NameKey(d.Name)
	for _, other := range others {
		switch {
		case d.ID != "" && other.ID == d.ID:
		case NameKey(other.Name) == key:
			return text("name-taken", "Connection", other.Name)
		case NameKey(other.ID) == key:
			return text("name-is-id", "Connection", other.Name)
		}
	}
	return none
}

// FreeName returns name, with a number where one of the connections is found by it already.
func FreeName(name string, others []Definition) string {
	return freeName(name, func(key string) bool {
		return slices.ContainsFunc(others, func(d Definition) bool { return NameKey(d.Name) == key || NameKey(d.ID) == key })
	})
}

func freeName(name string, taken func(key string) bool) string {
	free := name
	for n := 2; taken(NameKey(free)); n++ {
		free = numbered(name, n)
	}
	return free
}

// numbered is name with a number after it, as long as a name may be.
func numbered(name string, n int) string {
	suffix := fmt.Sprintf(" (%d)", n)
	for utf8.RuneCountInString(name)+len(suffix) > maxNameLength {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return strings.TrimSpace(name) + suffix
}

// distinct numbers the names in defs by which another connection is found too: files can be put into the
// folder without Daypass. The order of the IDs decides who keeps a name.
func distinct(defs []Definition) {
	slices.SortFunc(defs, func(a, b Definition) int { return strings.Compare(a.ID, b.ID) })
	ids, names := map[string]string{}, map[string]bool{}
	for _, d := range defs {
		ids[NameKey(d.ID)] = d.ID
	}
	for i, d := range defs {
		defs[i].Name = freeName(d.Name, func(key string) bool {
			id, isID := ids[key]
			return names[key] || isID && id != d.ID
		})
		names[NameKey(defs[i].Name)] = true
	}
}
