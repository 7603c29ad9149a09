package preview

import "testing"

// Files that begin like text are named for what they are, and text that begins like one of them stays text.
func TestFormats_names(t *testing.T) {
	for _, c := range []struct{ key, content, want string }{
		{"report.pdf", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "pdf-document"},
		{"report", "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "pdf-document"},
		{"letter.docx", "PK\x03\x04\x14\x00\x06\x00", "word-document"},
		{"sheet.xlsm", "PK\x03\x04\x14\x00\x06\x00", "excel-workbook-with-macros"},
		{"data.zip", "PK\x05\x06\x00\x00\x00\x00", "zip-archive"},
		{"a.parquet", "PAR1\x15\x04\x15", "parquet-table"},
		{"tool", "\x7fELF\x02\x01\x01\x00", "linux-program"},
		{"clip.mp4", "\x00\x00\x00\x20ftypisom\x00\x00", "mpeg-4-video"},
		{"song.mp3", "ID3\x04\x00\x00\x00\x00", "mp3-audio"},
		{"memo.rtf", "{\\rtf1\\ansi hello}", "rich-text-document"},
		{"a.sqlite", "SQLite format 3\x00\x10\x00", "sqlite-database"},
		{"old.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "office-document"},
		{"notes.txt", "ORC and elf", ""},
		{"notes.txt", "MZ-12,4\nMZ-13,5\n", ""},
		{"notes.txt", "OggScript\n", ""},
		{"notes.txt", "PAR1 ist ein Name", ""},
		{"notes.txt", "{\"rtf\": 1}", ""},
	} {
		p := whole(c.key, c.content)
		if got := map[bool]string{true: p.Format}[p.Kind == File]; got != c.want {
			t.Errorf("%s %q is %q (%s), want %q", c.key, c.content, got, p.Kind, c.want)
		}
	}
}
