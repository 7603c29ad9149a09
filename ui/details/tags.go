package details

import (
	"fmt"
	"strings"

	"daypass/app/buckets/objects"
)

// TagLines returns tags as lines of "name = value", as they can be edited.
func TagLines(tags []objects.Tag) string {
	var lines []string
	for _, t := range tags {
		lines = append(lines, t.Name+" = "+t.Value)
	}
	return strings.Join(lines, "\n")
}

// maxTags is how many tags an object can have.
const maxTags = 10

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
			return nil, "“" + line + "” has no name before the equals sign."
		case seen[t.Name]:
			return nil, "There are two tags named “" + t.Name + "”."
		case len([]rune(t.Name)) > 128 || len([]rune(t.Value)) > 256:
			return nil, "“" + t.Name + "” is too long: names have at most 128 letters, values 256."
		}
		seen[t.Name] = true
		tags = append(tags, t)
	}
	if len(tags) > maxTags {
		return nil, fmt.Sprintf("An object has at most %d tags; these are %d.", maxTags, len(tags))
	}
	return tags, ""
}
