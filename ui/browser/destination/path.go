package destination

import (
	"strings"
	"unicode/utf8"

	"daypass/app/location"
)

// path is a typed path: a folder, and what is typed behind its last slash.
type path struct {
	location.Location
	part string
	// invalid is what is wrong with the folder; empty for nothing.
	invalid string
}

// divide reads a typed path, which may leave the scheme out.
func divide(typed string) path {
	rest := strings.TrimPrefix(strings.TrimLeft(typed, " "), location.Scheme)
	end := strings.LastIndexByte(rest, '/')
	if end < 0 {
		return path{part: rest}
	}
	folder, err := location.ParseFolder(location.Scheme + rest[:end+1])
	if err != nil {
		return path{part: rest[end+1:], invalid: err.Error()}
	}
	return path{Location: folder, part: rest[end+1:]}
}

// folder returns the path of the folder.
func (p path) folder() string { return p.URL() }

// up returns the path of the folder above; empty above the buckets.
func (p path) up() string {
	if p.Root() {
		return ""
	}
	return p.Parent().URL()
}

// complete returns the path with what all the names have in common, and with a slash where there is one name; empty
// where that adds nothing.
func (p path) complete(names []string) string {
	if len(names) == 0 {
		return ""
	}
	common := names[0]
	for _, name := range names[1:] {
		for !strings.HasPrefix(name, common) {
			_, size := utf8.DecodeLastRuneInString(common)
			common = common[:len(common)-size]
		}
	}
	if len(names) == 1 {
		common += "/"
	}
	if len(common) <= len(p.part) {
		return ""
	}
	return p.folder() + common
}
