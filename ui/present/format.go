package present

import (
	"path"
	"strings"
	"time"

	"daypass/app/format"
	"daypass/app/messages"
	"daypass/auth/safetext"
)

// Visible returns a foreign name as it may be shown: what cannot be seen, or would turn the direction of writing, as
// escapes.
func Visible(name string) string { return safetext.Name(name) }

// formatter writes in the language of the window.
func formatter() format.Formatter { return messages.Current().Format() }

// Grouped returns a number with its digits in groups.
func Grouped(n int) string { return formatter().Number(n) }

// Counted returns a number with its noun.
func Counted(n int, one, many string) string { return formatter().Counted(n, one, many) }

// Bytes returns a size in the units of storage.
func Bytes(n int64) string { return formatter().Bytes(n) }

// Rate returns a speed, given in bytes a second.
func Rate(speed float64) string { return formatter().Rate(speed) }

// Percent returns a share of one.
func Percent(share float64) string { return formatter().Percent(share) }

// Span returns a duration in its two largest units.
func Span(d time.Duration) string { return formatter().Span(d) }

// Lifetime returns a duration in words, in the largest unit of which it is a multiple.
func Lifetime(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d%day == 0:
		return messages.Plural("common.days", int(d/day))
	case d%time.Hour == 0:
		return messages.Plural("common.hours", int(d/time.Hour))
	}
	return messages.Plural("common.minutes", int(d/time.Minute))
}

// Day returns a past instant as one looks for it: the time for today and yesterday, the date otherwise; empty for none.
func Day(t, now time.Time) string { return formatter().Day(t, now) }

// Moment returns an instant with the hour, past or to come.
func Moment(t, now time.Time) string { return formatter().Moment(t, now) }

// TimeOfDay returns a time of day, given from midnight.
func TimeOfDay(d time.Duration) string { return formatter().TimeOfDay(time.Time{}.Add(d)) }

// Listed returns names as a sentence lists them.
func Listed(names []string) string { return formatter().List(names) }

// Sentence joins a title without a full stop and a sentence, which may be empty.
func Sentence(title, detail string) string {
	if detail == "" {
		return messages.Text("common.title-alone", messages.Args{"Title": title})
	}
	return messages.Text("common.sentence", messages.Args{"Title": title, "Detail": detail})
}

// Facts returns short texts about one thing, one after the other; empty ones are left out.
func Facts(all ...string) string {
	text := ""
	for _, one := range all {
		switch {
		case text == "":
			text = one
		case one != "":
			text = messages.Text("common.facts", messages.Args{"First": text, "Second": one})
		}
	}
	return text
}

// fileIcons are the icons of files by the endings of their names.
var fileIcons = map[string]string{
	".csv": "file-table", ".tsv": "file-table", ".parquet": "file-table", ".xlsx": "file-table", ".arrow": "file-table",
	".png": "file-image", ".jpg": "file-image", ".jpeg": "file-image", ".gif": "file-image", ".tif": "file-image", ".tiff": "file-image", ".svg": "file-image",
	".txt": "file-text", ".md": "file-text", ".json": "file-text", ".yaml": "file-text", ".yml": "file-text", ".log": "file-text", ".xml": "file-text", ".py": "file-text",
	".zip": "file-archive", ".gz": "file-archive", ".tar": "file-archive", ".zst": "file-archive", ".xz": "file-archive", ".bz2": "file-archive",
}

// FileIcon returns the icon of a file by the ending of its name.
func FileIcon(name string) string {
	if kind := fileIcons[strings.ToLower(path.Ext(name))]; kind != "" {
		return kind
	}
	return "file"
}
