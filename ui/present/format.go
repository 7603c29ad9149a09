package present

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"daypass/auth/safetext"
)

// Visible returns a foreign name as it may be shown: what cannot be seen, or would turn the direction of writing, as
// escapes.
func Visible(name string) string { return safetext.Name(name) }

// Grouped returns a number with commas between the thousands.
func Grouped(n int) string {
	s := itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Counted returns a number with its noun.
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Grouped(n) + " " + many
}

// Bytes returns a size in the units of storage, a thousand each.
func Bytes(n int64) string {
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	value, unit := float64(n), 0
	for value >= 999.95 && unit < 6 {
		value, unit = value/1000, unit+1
	}
	return fmt.Sprintf("%.1f %cB", value, " kMGTPE"[unit])
}

// Day returns a moment as one looks for it: the time for today and yesterday, the date otherwise; empty for no moment.
func Day(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(now.Location())
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch {
	case !t.Before(midnight) && t.Before(midnight.AddDate(0, 0, 1)):
		return "today " + t.Format("15:04")
	case !t.Before(midnight.AddDate(0, 0, -1)) && t.Before(midnight):
		return "yesterday " + t.Format("15:04")
	}
	return t.Format("2 Jan 2006")
}

// Moment returns a moment to come, or gone by, with the hour.
func Moment(t, now time.Time) string {
	t = t.In(now.Location())
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch days := t.Sub(midnight); {
	case days >= 0 && days < 24*time.Hour:
		return "today " + t.Format("15:04")
	case days >= 24*time.Hour && days < 48*time.Hour:
		return "tomorrow " + t.Format("15:04")
	case days < 0 && days >= -24*time.Hour:
		return "yesterday " + t.Format("15:04")
	}
	return t.Format("2 Jan 2006 15:04")
}

// Sentence joins a title without a full stop and a sentence, which may be empty.
func Sentence(title, detail string) string {
	if detail == "" {
		return title + "."
	}
	return title + ". " + detail
}

func itoa(n int) string { return strconv.Itoa(n) }

// Listed returns names as a sentence lists them.
func Listed(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
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
