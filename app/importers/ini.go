package importers

import (
	"bytes"
	"strings"

	"gopkg.in/ini.v1"
)

// iniFile is a file of sections with names and values, which are as they stand there: no variable and no other value is put
// in, and nothing is a comment but a whole line.
type iniFile struct{ file *ini.File }

// parseINI returns a file; one without sections where it is no such file.
func parseINI(data []byte) iniFile {
	if bytes.IndexByte(data, 0) >= 0 {
		return iniFile{ini.Empty()}
	}
	file, err := ini.LoadSources(ini.LoadOptions{
		IgnoreContinuation: true, IgnoreInlineComment: true, SkipUnrecognizableLines: true, AllowNestedValues: true,
		PreserveSurroundedQuote: true, KeyValueDelimiters: "=",
	}, data)
	if err != nil {
		return iniFile{ini.Empty()}
	}
	return iniFile{file}
}

func (f iniFile) sections() []*ini.Section { return f.file.Sections() }

// value returns a value of a section; empty where there is none.
func value(s *ini.Section, name string) string {
	if !s.HasKey(name) {
		return ""
	}
	return strings.TrimSpace(s.Key(name).Value())
}

// nested returns a value among the indented ones below another.
func nested(s *ini.Section, name, below string) string {
	if !s.HasKey(name) {
		return ""
	}
	for _, line := range s.Key(name).NestedValues() {
		key, text, found := strings.Cut(line, "=")
		if found && strings.TrimSpace(key) == below {
			return strings.TrimSpace(text)
		}
	}
	return ""
}

// named returns the section with a name; nil for none.
func (f iniFile) named(name string) *ini.Section {
	if !f.file.HasSection(name) {
		return nil
	}
	return f.file.Section(name)
}
