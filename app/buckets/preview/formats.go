package preview

import (
	"bytes"
	"strings"
)

// format is a kind of file by its first bytes.
type format struct {
	name string
	// at is where the bytes stand.
	at    int
	magic string
}

// formats are files of which there is nothing to look at here, and which are not to be taken for text: some begin
// like it. The first that fits counts.
var formats = []format{
	{"PDF document", 0, "%PDF-"},
	{"PostScript document", 0, "%!PS"},
	{"Rich Text document", 0, "{\\rtf"},
	{"7-Zip archive", 0, "7z\xbc\xaf\x27\x1c"},
	{"RAR archive", 0, "Rar!\x1a\x07"},
	{"xz archive", 0, "\xfd7zXZ\x00"},
	{"Zstandard archive", 0, "\x28\xb5\x2f\xfd"},
	{"bzip2 archive", 0, "BZh"},
	{"LZ4 archive", 0, "\x04\x22\x4d\x18"},
	{"tar archive", 257, "ustar"},
	{"Parquet table", 0, "PAR1"},
	{"Parquet table", 0, "PARE"},
	{"ORC table", 0, "ORC"},
	{"Avro data", 0, "Obj\x01"},
	{"Arrow data", 0, "ARROW1"},
	{"SQLite database", 0, "SQLite format 3\x00"},
	{"HDF5 data", 0, "\x89HDF\r\n\x1a\n"},
	{"NetCDF data", 0, "CDF\x01"},
	{"NetCDF data", 0, "CDF\x02"},
	{"NumPy array", 0, "\x93NUMPY"},
	{"Linux program", 0, "\x7fELF"},
	{"macOS program", 0, "\xcf\xfa\xed\xfe"},
	{"macOS program", 0, "\xca\xfe\xba\xbe"},
	{"Windows program", 0, "MZ"},
	{"WebAssembly module", 0, "\x00asm"},
	{"Office document", 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
	{"TIFF picture", 0, "II*\x00"},
	{"TIFF picture", 0, "MM\x00*"},
	{"Photoshop picture", 0, "8BPS"},
	{"JPEG 2000 picture", 0, "\x00\x00\x00\x0cjP  "},
	{"HEIF picture", 4, "ftyphei"},
	{"HEIF picture", 4, "ftypmif1"},
	{"AVIF picture", 4, "ftypavi"},
	{"MPEG-4 audio", 4, "ftypM4A"},
	{"QuickTime video", 4, "ftypqt"},
	{"MPEG-4 video", 4, "ftyp"},
	{"Matroska video", 0, "\x1a\x45\xdf\xa3"},
	{"AVI video", 8, "AVI LIST"},
	{"WAVE audio", 8, "WAVEfmt "},
	{"MP3 audio", 0, "ID3"},
	{"FLAC audio", 0, "fLaC"},
	{"Ogg audio or video", 0, "OggS"},
	{"OpenType font", 0, "OTTO\x00"},
	{"TrueType font", 0, "\x00\x01\x00\x00\x00"},
	{"Web font", 0, "wOF2"},
	{"Web font", 0, "wOFF"},
	{"disk image", 0x8001, "CD001"},
}

// inZIP are formats that are ZIP archives inside, by their extension.
var inZIP = map[string]string{
	".docx": "Word document", ".docm": "Word document with macros", ".xlsx": "Excel workbook", ".xlsm": "Excel workbook with macros",
	".pptx": "PowerPoint presentation", ".pptm": "PowerPoint presentation with macros", ".odt": "OpenDocument text",
	".ods": "OpenDocument spreadsheet", ".odp": "OpenDocument presentation", ".epub": "EPUB book", ".jar": "Java archive",
	".apk": "Android package", ".kmz": "map data", ".npz": "NumPy arrays", ".whl": "Python package", ".vsix": "editor extension",
}

// recognize returns what kind of file begins with head, where it is one that has no preview; empty for any other.
func recognize(extension string, head []byte) string {
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		if name := inZIP[extension]; name != "" {
			return name
		}
		return "ZIP archive"
	}
	for _, f := range formats {
		if len(head) >= f.at+len(f.magic) && string(head[f.at:f.at+len(f.magic)]) == f.magic && !looksWritten(f, head) {
			return f.name
		}
	}
	return ""
}

// looksWritten reports whether text only happens to begin with the letters of a short mark: "ORC and elf",
// "MZ-12,...", "BZhang".
func looksWritten(f format, head []byte) bool {
	return len(f.magic) <= 4 && f.at == 0 && !strings.HasPrefix(f.magic, "%") && !strings.ContainsFunc(f.magic, func(r rune) bool { return r < ' ' || r > '~' }) &&
		binaryShare(head) == 0
}
