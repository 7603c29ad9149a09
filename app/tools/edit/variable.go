package edit

import (
	"bytes"
	"strings"
)

// Variable is a line NAME=VALUE in a file of such lines, which has no comments: its name is all
// that shows whose it is, so the name must be one that is ours alone.
type Variable struct{ Name, Value string }

// Has reports whether the file sets the variable.
func (v Variable) Has(file []byte) (bool, error) {
	at, err := v.find(file)
	return at.end > at.start, err
}

// Put returns the file with v in it: in place of an older value, else at the end. A file without a
// line end at its end gets none.
func (v Variable) Put(file []byte) ([]byte, error) {
	at, err := v.find(file)
	if err != nil {
		return nil, err
	}
	text, eol := v.Name+"="+v.Value, eolOf(file)
	switch {
	case at.end > at.start:
		_, next := line(file, at.start)
		old := strings.TrimRight(string(file[at.start:next]), "\r\n")
		return splice(file, span{at.start, at.start + len(old)}, text), nil
	case len(file) == 0 || bytes.HasSuffix(file, []byte("\n")):
		return splice(file, span{len(file), len(file)}, text+eol), nil
	}
	return splice(file, span{len(file), len(file)}, eol+text), nil
}

// Remove returns the file without v.
func (v Variable) Remove(file []byte) ([]byte, error) {
	at, err := v.find(file)
	if err != nil || at.end == at.start {
		return file, err
	}
	if !bytes.HasSuffix(file[at.start:at.end], []byte("\n")) && at.start > 0 {
		// It is the last line and has no end, as the one above had none before it came.
		at.start--
		if eolOf(file[:at.start]) == "\r\n" && file[at.start-1] == '\r' {
			at.start--
		}
	}
	return splice(file, at, ""), nil
}

// Replace returns the file with the values of the variables that change returns another one for. Their names
// begin with prefix.
func Replace(file []byte, prefix string, change func(v Variable) string) []byte {
	var out bytes.Buffer
	for text := range bytes.Lines(file) {
		content, _ := line(text, 0)
		name, value, set := strings.Cut(content, "=")
		if !set || !strings.HasPrefix(name, prefix) {
			out.Write(text)
			continue
		}
		out.WriteString(name + "=" + change(Variable{name, value}))
		out.Write(text[len(content):])
	}
	return out.Bytes()
}

func (v Variable) find(file []byte) (span, error) {
	if bytes.IndexByte(file, 0) >= 0 {
		return span{}, ErrNotText
	}
	var found span
	for at := 0; at < len(file); {
		content, next := line(file, at)
		if strings.HasPrefix(content, v.Name+"=") {
			if found.end > 0 {
				return span{}, ErrForeign
			}
			found = span{at, next}
		}
		at = next
	}
	return found, nil
}
