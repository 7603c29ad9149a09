package destination

import (
	"strings"
	"unicode/utf8"

	"daypass/app/buckets"
)

// scheme begins a path as it is shown.
const scheme = "s3://"

// path is a typed path: a folder, and what is typed behind its last slash.
type path struct {
	bucket, prefix, part string
	// fault is what is wrong with the folder; empty for nothing.
	fault string
}

// divide reads a typed path, which may leave the scheme out.
func divide(typed string) path {
	rest := strings.TrimPrefix(strings.TrimLeft(typed, " "), scheme)
	end := strings.LastIndexByte(rest, '/')
	if end < 0 {
		return path{part: rest}
	}
	bucket, prefix, err := buckets.ParsePath(scheme + rest[:end+1])
	if err != nil {
		return path{part: rest[end+1:], fault: err.Error()}
	}
	return path{bucket: bucket, prefix: prefix, part: rest[end+1:]}
}

// folder returns the path of the folder.
func (p path) folder() string {
	if p.bucket == "" {
		return scheme
	}
	return scheme + p.bucket + "/" + p.prefix
}

// up returns the path of the folder above; empty above the buckets.
func (p path) up() string {
	if p.bucket == "" {
		return ""
	}
	folder := strings.TrimSuffix(strings.TrimPrefix(p.folder(), scheme), "/")
	return scheme + folder[:strings.LastIndexByte(folder, '/')+1]
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
