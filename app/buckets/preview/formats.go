package preview

import (
	"bytes"
	"strings"
)

// format is a kind of file by its first bytes.
type format struct {
	// name is the end of the ID of its text, "details.format.NAME".
	name string
	// at is where the bytes stand.
	at    int
	magic string
}

// formats are files of which there is nothing to look at here, and which are not to be taken for text: some begin
// like it. The first that fits counts.
var formats = []format{
	{"pdf-document", 0, "%PDF-"},
	{"postscript-document", 0, "%!PS"},
	{"rich-text-document", 0, "{\\rtf"},
	{"7-zip-archive", 0, "7z\xbc\xaf\x27\x1c"},
	{"rar-archive", 0, "Rar!\x1a\x07"},
	{"xz-archive", 0, "\xfd7zXZ\x00"},
	{"zstandard-archive", 0, "\x28\xb5\x2f\xfd"},
	{"bzip2-archive", 0, "BZh"},
	{"lz4-archive", 0, "\x04\x22\x4d\x18"},
	{"tar-archive", 257, "ustar"},
	{"parquet-table", 0, "PAR1"},
	{"parquet-table", 0, "PARE"},
	{"orc-table", 0, "ORC"},
	{"avro-data", 0, "Obj\x01"},
	{"arrow-data", 0, "ARROW1"},
	{"sqlite-database", 0, "SQLite format 3\x00"},
	{"hdf5-data", 0, "\x89HDF\r\n\x1a\n"},
	{"netcdf-data", 0, "CDF\x01"},
	{"netcdf-data", 0, "CDF\x02"},
	{"numpy-array", 0, "\x93NUMPY"},
	{"linux-program", 0, "\x7fELF"},
	{"macos-program", 0, "\xcf\xfa\xed\xfe"},
	{"macos-program", 0, "\xca\xfe\xba\xbe"},
	{"windows-program", 0, "MZ"},
	{"webassembly-module", 0, "\x00asm"},
	{"office-document", 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
	{"tiff-image", 0, "II*\x00"},
	{"tiff-image", 0, "MM\x00*"},
	{"photoshop-image", 0, "8BPS"},
	{"jpeg-2000-image", 0, "\x00\x00\x00\x0cjP  "},
	{"heif-image", 4, "ftyphei"},
	{"heif-image", 4, "ftypmif1"},
	{"avif-image", 4, "ftypavi"},
	{"mpeg-4-audio", 4, "ftypM4A"},
	{"quicktime-video", 4, "ftypqt"},
	{"mpeg-4-video", 4, "ftyp"},
	{"matroska-video", 0, "\x1a\x45\xdf\xa3"},
	{"avi-video", 8, "AVI LIST"},
	{"wave-audio", 8, "WAVEfmt "},
	{"mp3-audio", 0, "ID3"},
	{"flac-audio", 0, "fLaC"},
	{"ogg-audio-or-video", 0, "OggS"},
	{"opentype-font", 0, "OTTO\x00"},
	{"truetype-font", 0, "\x00\x01\x00\x00\x00"},
	{"web-font", 0, "wOF2"},
	{"web-font", 0, "wOFF"},
	{"disk-image", 0x8001, "CD001"},
}

// inZIP are formats that are ZIP archives inside, by their extension.
var inZIP = map[string]string{
	".docx": "word-document", ".docm": "word-document-with-macros", ".xlsx": "excel-workbook", ".xlsm": "excel-workbook-with-macros",
	".pptx": "powerpoint-presentation", ".pptm": "powerpoint-presentation-with-macros", ".odt": "opendocument-text",
	".ods": "opendocument-spreadsheet", ".odp": "opendocument-presentation", ".epub": "epub-book", ".jar": "java-archive",
	".apk": "android-package", ".kmz": "map-data", ".npz": "numpy-arrays", ".whl": "python-package", ".vsix": "editor-extension",
}

// recognize returns the format of a file that begins with head, where it is one that has no preview; empty for any
// other.
func recognize(extension string, head []byte) string {
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		if name := inZIP[extension]; name != "" {
			return name
		}
		return "zip-archive"
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
