package connection

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxIDLength is in bytes, so that ID, temporary suffix and extension stay within any file system's limit.
const maxIDLength = 100

// reservedNames are device names on Windows, with any extension.
var reservedNames = []string{
	"con", "prn", "aux", "nul", "conin$", "conout$",
	"com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "com¹", "com²", "com³",
	"lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³",
}

// ValidID reports whether id can name a connection: a file name on every system, never a path.
func ValidID(id string) bool {
	if id == "" || len(id) > maxIDLength || !utf8.ValidString(id) {
		return false
	}
	if strings.HasPrefix(id, ".") || strings.HasSuffix(id, ".") || strings.TrimSpace(id) != id {
		return false
	}
	odd := func(r rune) bool { return strings.ContainsRune(`/\:*?"<>|`, r) || !unicode.IsPrint(r) }
	return !strings.ContainsFunc(id, odd) && !reserved(id)
}

func reserved(id string) bool {
	base, _, _ := strings.Cut(strings.ToLower(id), ".")
	return slices.Contains(reservedNames, strings.TrimSpace(base))
}

// maxSlugLength keeps an ID that is made from a name short enough to type.
const maxSlugLength = 40

// slug makes an ID from a name: its ASCII letters in lower case and digits, with one hyphen for
// whatever is between them.
func slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case isASCIILetterOrDigit(r):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() == maxSlugLength {
			break
		}
	}
	s := strings.TrimSuffix(b.String(), "-")
	if s == "" || reserved(s) {
		s = strings.TrimPrefix(s+"-connection", "-")
	}
	return s
}

// freeID makes an ID from name that is in use by nobody, also where case does not count.
func freeID(name string, taken []string) string {
	base := slug(name)
	id := base
	for n := 2; slices.ContainsFunc(taken, func(t string) bool { return strings.EqualFold(t, id) }); n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	return id
}
