package details

import (
	"time"

	"daypass/app/buckets/objects"
	"daypass/ui/present"
)

// Group is what the server knows of an object under one heading.
type Group struct {
	Title string
	Pairs []Pair
	// None is said where there are no pairs.
	None string
	// Tags is true for the tags, which can be edited.
	Tags bool
}

// Pair is a name and its value.
type Pair struct{ Name, Value string }

func (m *Model) info(s State, now time.Time) {
	i := s.Info
	if i == nil {
		m.loading(s, "what it knows of the file")
		return
	}
	m.CanTag, m.TagHint = s.HasTags, s.denial(SaveTags)
	general := []Pair{
		{"Size", present.Bytes(i.Size) + exact(i.Size)}, {"Modified", present.Moment(i.Modified, now)}, {"Type", i.ContentType}, {"Storage class", i.StorageClass},
	}
	tags := Group{Title: "Tags", None: "No tags", Tags: true}
	for _, t := range s.Tags {
		tags.Pairs = append(tags.Pairs, Pair{present.Visible(t.Name), present.Visible(t.Value)})
	}
	if !s.HasTags {
		tags.None = "Not known"
	}
	m.Groups = []Group{
		{Title: "File", Pairs: withValue(append(general, pairs(i.Headers)...))},
		tags,
		{Title: "Metadata", Pairs: pairs(i.Metadata), None: "Nothing was noted on it"},
		{Title: "Checksums", Pairs: withValue(append([]Pair{{"ETag", i.ETag}}, pairs(i.Checksums)...))},
	}
}

// exact returns the number of bytes where the rounded size does not say it.
func exact(n int64) string {
	if n < 1000 {
		return ""
	}
	return " (" + present.Grouped(int(n)) + " bytes)"
}

// withValue returns the pairs that have a value.
func withValue(all []Pair) []Pair {
	var some []Pair
	for _, p := range all {
		if p.Value != "" {
			some = append(some, p)
		}
	}
	return some
}

func pairs(all []objects.Field) []Pair {
	var out []Pair
	for _, f := range all {
		out = append(out, Pair{present.Visible(f.Name), present.Visible(f.Value)})
	}
	return out
}
