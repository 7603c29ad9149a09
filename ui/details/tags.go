package details

import (
	"strings"
	"unicode/utf8"

	"daypass/app/buckets/objects"
	"daypass/app/messages"
	"daypass/ui/present"
)

// TagLines returns tags as lines of "name = value", as they can be edited.
func TagLines(tags []objects.Tag) string {
	var lines []string
	for _, t := range tags {
		lines = append(lines, t.Name+" = "+t.Value)
	}
	return strings.Join(lines, "\n")
}

// What the tags of an object can be: their number, and the length of their names and values in characters.
const (
	maxTags     = 10
	maxTagName  = 128
	maxTagValue = 256
)

// TagsHelp says how tags are written.
func TagsHelp() string { return messages.Plural("details.tags.help", maxTags) }

// ParseTags reads what TagLines returns; invalid says what is wrong with it.
func ParseTags(text string) (tags []objects.Tag, invalid string) {
	seen := map[string]bool{}
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, value, _ := strings.Cut(line, "=")
		t := objects.Tag{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)}
		switch {
		case t.Name == "":
			return nil, messages.Text("details.tags.no-name", messages.Args{"Line": line})
		case seen[t.Name]:
			return nil, messages.Text("details.tags.twice", messages.Args{"Name": t.Name})
		case utf8.RuneCountInString(t.Name) > maxTagName || utf8.RuneCountInString(t.Value) > maxTagValue:
			return nil, messages.Text("details.tags.too-long", messages.Args{"Name": t.Name, "MaxName": present.Grouped(maxTagName), "MaxValue": present.Grouped(maxTagValue)})
		}
		seen[t.Name] = true
		tags = append(tags, t)
	}
	if len(tags) > maxTags {
		return nil, messages.Text("details.tags.too-many", messages.Args{"Max": present.Grouped(maxTags), "Number": present.Grouped(len(tags))})
	}
	return tags, ""
}
