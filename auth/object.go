package auth

import (
	"bytes"
	"encoding/json"
	"strings"
)

// object is a JSON object from outside, read member by member: one that is not needed, or of a type
// that nobody expects, spoils no other. Names are compared exactly, which encoding/json does not do
// for structs: to it, a claim "SUB" would be the "sub".
type object map[string]json.RawMessage

// parseObject reports whether b is a JSON object. A byte order mark before it does no harm.
func parseObject(b []byte) (object, bool) {
	var o object
	err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\ufeff")), &o)
	return o, err == nil && o != nil
}

// has reports whether there is a member that is not null.
func (o object) has(name string) bool {
	raw, there := o[name]
	return there && string(raw) != "null"
}

// text returns a member that is a string; of any other type it is empty.
func (o object) text(name string) string {
	var s string
	if json.Unmarshal(o[name], &s) != nil {
		return ""
	}
	return s
}

// firstText returns a member that is a string, or the first element of an array if that is one.
func (o object) firstText(name string) string {
	var elements []json.RawMessage
	if json.Unmarshal(o[name], &elements) != nil || len(elements) == 0 {
		return o.text(name)
	}
	return object{name: elements[0]}.text(name)
}

// list returns the strings of an array, or the one string that stands in place of an array.
func (o object) list(name string) []string {
	var elements []json.RawMessage
	if json.Unmarshal(o[name], &elements) != nil {
		elements = []json.RawMessage{o[name]}
	}
	var list []string
	for _, e := range elements {
		if s := (object{name: e}).text(name); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// words returns the words of a string, or of the strings of an array.
func (o object) words(name string) []string { return strings.Fields(strings.Join(o.list(name), " ")) }

// flag reports whether a member is true, or says so in a string.
func (o object) flag(name string) bool {
	var is bool
	return json.Unmarshal(o[name], &is) == nil && is || strings.EqualFold(o.text(name), "true")
}

// number returns a member that is a number, or a string that holds one.
func (o object) number(name string) (float64, bool) {
	var n json.Number
	if !o.has(name) || json.Unmarshal(o[name], &n) != nil {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

// object returns a member that is itself an object; of any other type it is empty.
func (o object) object(name string) object {
	inner, _ := parseObject(o[name])
	return inner
}
