package details

import (
	"time"

	"daypass/app/buckets/objects"
	"daypass/app/messages"
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
		m.loading(s, "details.loading.info")
		return
	}
	m.CanTag, m.TagHint = s.HasTags, s.denial(SaveTags)
	general := []Pair{
		{messages.Text("details.info.size"), exactSize(i.Size)},
		{messages.Text("details.info.modified"), present.Moment(i.Modified, now)},
		{messages.Text("details.info.type"), i.ContentType},
		{messages.Text("details.info.storage-class"), i.StorageClass},
	}
	tags := Group{Title: messages.Text("details.info.tags"), None: messages.Text("details.info.no-tags"), Tags: true}
	for _, t := range s.Tags {
		tags.Pairs = append(tags.Pairs, Pair{present.Visible(t.Name), present.Visible(t.Value)})
	}
	if !s.HasTags {
		tags.None = messages.Text("details.info.unknown-tags")
	}
	m.Groups = []Group{
		{Title: messages.Text("details.info.file"), Pairs: withValue(append(general, pairs(i.Headers)...))},
		tags,
		{Title: messages.Text("details.info.metadata"), Pairs: pairs(i.Metadata), None: messages.Text("details.info.no-metadata")},
		{Title: messages.Text("details.info.checksums"), Pairs: withValue(append([]Pair{{"ETag", i.ETag}}, pairs(i.Checksums)...))},
	}
}

// exactSize returns a size, with the number of bytes where the rounded size does not say it.
func exactSize(n int64) string {
	if n < 1000 {
		return present.Bytes(n)
	}
	return messages.Plural("details.size-exact", int(n), messages.Args{"Size": present.Bytes(n)})
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
		name := present.Visible(f.Name)
		if f.Composite {
			name = messages.Text("details.info.checksum-of-parts", messages.Args{"Name": name})
		}
		out = append(out, Pair{name, present.Visible(f.Value)})
	}
	return out
}
