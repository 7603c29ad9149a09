package disk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"daypass/auth/safetext"
)

// The local name of a key (rules 34 and 46). Each part between slashes becomes one file name that is safe on
// the system of the target:
//
//   - what cannot stand in a name, cannot be seen, would end the line or turns the direction of writing becomes %XX,
//     byte by byte; a % that would be read as such an escape becomes %25
//   - "." and ".." become %2E and %2E%2E, a part that is empty becomes %2F
//   - the names of devices, and of this package's temporary files, get their first letter escaped
//   - a name too long for a file system is cut and ends in ~ and a hash
//
// All but the last can be read back by keyPart. The same key has the same name each time.

const (
	// maxName is the length of a local name in bytes; file systems take 255, and keeping both of two
	// files needs room for a number.
	maxName = 240
	// maxExt is how long an ending may be to survive the cut.
	maxExt = 16
	// noName stands for an empty part: no real part decodes to a slash.
	noName = "%2F"
)

// localPart returns the file name for one part of a key.
func localPart(part string, windows bool) string {
	switch part {
	case "":
		return noName
	case ".":
		return "%2E"
	case "..":
		return "%2E%2E"
	}
	name := part
	if !plainPart(part) {
		name = escapePart(part, windows)
	}
	if isDevice(name) || IsTemp(name) {
		name = escapeFirst(name)
	}
	return shorten(name, part)
}

// plainPart reports whether part is of the common kind that is a name everywhere as it is.
func plainPart(part string) bool {
	for i := range len(part) {
		c := part[i]
		if c <= ' ' || c > '~' || strings.IndexByte(`<>:"|?*\%`, c) >= 0 {
			return false
		}
	}
	return part[len(part)-1] != '.'
}

func escapePart(part string, windows bool) string {
	var out strings.Builder
	before := rune(-1)
	for i := 0; i < len(part); {
		r, size := utf8.DecodeRuneInString(part[i:])
		last := i+size == len(part)
		switch {
		case r == utf8.RuneError && size == 1, unsafeRune(before, r, part[i+size:]),
			r == '%' && isEscape(part[i:]),
			windows && strings.ContainsRune(`<>:"|?*`, r),
			windows && last && (r == '.' || r == ' '):
			escapeBytes(&out, part[i:i+size])
		default:
			out.WriteString(part[i : i+size])
		}
		before, i = r, i+size
	}
	return out.String()
}

// unsafeRune reports whether r, between before and after, has no place in a file name of ours on any
// system (rule 46): it cannot be seen, turns the direction of writing, or separates folders elsewhere.
func unsafeRune(before, r rune, after string) bool {
	return r == '\\' || safetext.Invisible(r) && !safetext.Joins(before, r, after)
}

func escapeBytes(out *strings.Builder, s string) {
	for i := range len(s) {
		fmt.Fprintf(out, "%%%02X", s[i])
	}
}

// escapeFirst escapes the first letter of a name.
func escapeFirst(name string) string {
	_, size := utf8.DecodeRuneInString(name)
	var out strings.Builder
	escapeBytes(&out, name[:size])
	return out.String() + name[size:]
}

// isEscape reports whether s begins with % and two hexadecimal digits.
func isEscape(s string) bool {
	return len(s) >= 3 && s[0] == '%' && isHex(s[1]) && isHex(s[2])
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// isDevice reports whether Windows takes name for a device, whatever its ending.
func isDevice(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	base = strings.ToUpper(strings.TrimRight(base, " "))
	switch base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	number, port := strings.CutPrefix(base, "COM")
	if !port {
		number, port = strings.CutPrefix(base, "LPT")
	}
	return port && utf8.RuneCountInString(number) == 1 && strings.ContainsAny(number, "0123456789¹²³")
}

// shorten cuts a name that no file system takes. What it loses is in the hash of the whole part.
func shorten(name, part string) string { return shortenTo(name, part, maxName) }

// shortenTo is shorten for a file system that takes fewer bytes than others.
func shortenTo(name, part string, limit int) string {
	if len(name) <= limit {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > maxExt || strings.Contains(ext, "%") {
		ext = ""
	}
	sum := sha256.Sum256([]byte(part))
	end := "~" + hex.EncodeToString(sum[:8]) + ext
	cut := limit - len(end)
	for !utf8.RuneStart(name[cut]) {
		cut--
	}
	if at := strings.LastIndexByte(name[:cut], '%'); at >= 0 && cut-at < 3 && isEscape(name[at:]) {
		cut = at
	}
	return name[:cut] + end
}

// Namer maps the keys of one download to local paths, in the order of the listing. It sees to it
// that two keys never get the same one.
type Namer struct {
	windows bool
	// max is how long a name may be in bytes.
	max int
	// inUse has, on a target where names that differ only in case are one, whose each folded name is.
	inUse map[string]string
	// files are the keys so far that the current key continues: they are files, so they cannot be
	// folders as well. Keys in order make this a stack.
	files []string
}

// newNamer returns a namer for a target: windows for its rules on letters, folds where it takes names
// that differ only in case for one.
func newNamer(windows, folds bool) *Namer {
	n := &Namer{windows: windows, max: maxName}
	if folds {
		n.inUse = map[string]string{}
	}
	return n
}

// Local returns the path for a file's key relative to the folder of the download, with "/" between its
// parts.
func (n *Namer) Local(rel string) string {
	n.reach(rel)
	parts := strings.Split(rel, "/")
	out := n.folders(rel, parts[:len(parts)-1])
	out = path.Join(out, n.own(out, n.Part(parts[len(parts)-1])))
	n.files = append(n.files, rel)
	return out
}

// Folder returns the path for a folder of which only its own mark is known, without the "/" at its end.
func (n *Namer) Folder(rel string) string {
	n.reach(rel)
	return n.folders(rel, strings.Split(rel, "/"))
}

// Part is localPart for the target of the namer.
func (n *Namer) Part(part string) string { return shortenTo(localPart(part, n.windows), part, n.max) }

// reach forgets the files that no later key continues.
func (n *Namer) reach(rel string) {
	for len(n.files) > 0 && !strings.HasPrefix(rel, n.files[len(n.files)-1]) {
		n.files = n.files[:len(n.files)-1]
	}
}

// folders returns the path of the folders that are the first parts of rel.
func (n *Namer) folders(rel string, parts []string) (out string) {
	at := 0
	for _, part := range parts {
		name := n.Part(part)
		at += len(part)
		if n.isFile(rel[:at]) {
			name += noName // "a" is a file here, so "a/b" lies in "a%2F"
		}
		at++
		out = path.Join(out, n.own(out, name))
	}
	return out
}

func (n *Namer) isFile(rel string) bool {
	for _, f := range n.files {
		if f == rel {
			return true
		}
	}
	return false
}

// own returns name, or where the target would take it for another's, one with more letters escaped.
func (n *Namer) own(dir, name string) string {
	if n.inUse == nil {
		return name
	}
	variant := name
	for i := 0; ; i++ {
		folded := dir + "/" + fold(variant)
		owner, inUse := n.inUse[folded]
		if !inUse || owner == name {
			n.inUse[folded] = name
			return variant
		}
		if variant = escapeLetters(name, i+1); len(variant) > n.max {
			sum := sha256.Sum256([]byte(name + strings.Repeat("/", i)))
			variant = shortenTo(fmt.Sprintf("~%x", sum[:8])+name, name, n.max)
		}
	}
}

// fold returns what names have in common that a target with no regard for case takes for one.
func fold(name string) string {
	return norm.NFC.String(strings.ToLower(strings.ToUpper(name)))
}

// escapeLetters escapes the first count letters of a name that are not escapes already. A name that
// has no letters left gets a number.
func escapeLetters(name string, count int) string {
	var out strings.Builder
	remaining := count
	for i := 0; i < len(name); {
		if isEscape(name[i:]) {
			out.WriteString(name[i : i+3])
			i += 3
			continue
		}
		_, size := utf8.DecodeRuneInString(name[i:])
		if remaining > 0 {
			escapeBytes(&out, name[i:i+size])
			remaining--
		} else {
			out.WriteString(name[i : i+size])
		}
		i += size
	}
	if remaining > 0 || out.Len() > maxName {
		sum := sha256.Sum256([]byte(name))
		return fmt.Sprintf("%s~%x", shorten(name, name)[:min(len(name), maxName-40)], sum[:8])
	}
	return out.String()
}
