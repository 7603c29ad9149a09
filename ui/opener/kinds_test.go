package opener_test

import (
	"archive/zip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daypass/ui/opener"
)

func write(t *testing.T, dir, name, content string) (path string) {
	t.Helper()
	path = filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A name is read as the most careless system reads it.
func TestRule34_kindsByName(t *testing.T) {
	for kind, names := range map[opener.Kind][]string{
		opener.Program: {
			"a.exe", "a.EXE", "a.exe ", "a.exe.", "a.exe. . ", "a.exe\u00a0", "a.exe::$DATA", "a.txt:b.exe", "report.pdf.exe", "a.ex\u200be", "a.\u202eexe", "a.exe\u3164",
			"a.ｅｘｅ", "a\u2024exe", "help.chm", "a.hta", "a.jar", "a.xll", "a.xlam", "x.AppImage", "a.appref-ms", "a.scr", "a.cpl", "a.dll", "tool.app",
			"a.{3050F4D8-98B5-11CF-BB82-00AA00BDCE0B}",
		},
		opener.Script:    {"run.sh", "a.vb", "a.pyzw", "a.ps1", "a.py", "a.bat", "a.cmd", "a.js", "a.wsf", "a.fish", "a.AppleScript"},
		opener.Installer: {"a.msi", "a.msu", "a.deb", "a.rpm", "x.flatpakref", "a.pkg", "a.apk", "a.snap", "a.appinstaller"},
		opener.Shortcut:  {"x.desktop", "a.lnk", "a.url", "a.scf", "a.inetloc", "a.fileloc", "server.rdp", "found.search-ms", "a.webloc", "a.terminal"},
		opener.Setting:   {"a.reg", "a.inf", "a.SettingContent-ms", "a.mobileconfig", "a.theme"},
		opener.Disk:      {"x.iso", "a.img", "a.vhd", "a.VHDX", "a.dmg", "a.udf"},
		opener.Macros:    {"a.docm", "a.DOCM.", "a.xlsm", "a.pptm", "a.dotm", "a.xlsb", "a.doc", "a.xls", "a.ppt", "a.rtf", "a.accdb", "a.one"},
		opener.Page:      {"a.html", "a.htm", "a.xhtml", "a.svg", "a.svgz", "a.mht", "a.mhtml", "a.swf"},
		opener.Query:     {"a.iqy", "a.dqy", "a.oqy", "a.rqy", "a.odc", "a.slk"},
		opener.Archive:   {"a.zip", "a.tar.gz", "a.tgz", "a.7z", "a.rar", "a.csv.gz", "a.eml"},
		opener.Harmless:  {"a.csv", "exe", "a.exe.txt", "photo.jpg", "report.pdf", "a.docx", "a.xlsx", "a.parquet", "exe.d/a", "Makefile", "", ".", "a.", "job.out"},
	} {
		for _, name := range names {
			if got := opener.KindOf(name); got != kind {
				t.Errorf("%q is %q, want %q", name, got, kind)
			}
		}
	}
}

func packed(t *testing.T, names ...string) string {
	t.Helper()
	var b strings.Builder
	w := zip.NewWriter(&b)
	for _, name := range names {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(strings.Repeat(name, 100))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Content says what a file is where its name does not.
func TestRule34_kindsByContent(t *testing.T) {
	far := strings.Repeat("<row>1</row>\n", 1<<17)
	for name, file := range map[string]struct {
		content string
		kind    opener.Kind
	}{
		"report.pdf":    {"MZ\x90\x00\x03\x00\x00\x00", opener.Program},
		"photo.jpg":     {"\x7fELF\x02\x01", opener.Program},
		"notes":         {"\xcf\xfa\xed\xfe\x07", opener.Program},
		"Main.txt":      {"\xca\xfe\xba\xbe\x00", opener.Program},
		"lib.dat":       {packed(t, "META-INF/MANIFEST.MF", "a/B.class"), opener.Program},
		"notes.txt":     {"#!/bin/sh\necho\n", opener.Script},
		"bom.txt":       {"\xef\xbb\xbf#!/bin/sh\n", opener.Script},
		"package":       {"!<arch>\ndebian-binary   ", opener.Installer},
		"readme.md":     {"# a comment\n\n[Desktop Entry]\nType=Application\n", opener.Shortcut},
		"link.txt":      {"\ufeff[InternetShortcut]\r\nURL=file://x", opener.Shortcut},
		"link":          {"L\x00\x00\x00\x01\x14\x02\x00\x00", opener.Shortcut},
		"disk":          {strings.Repeat("\x00", 0x8001) + "CD001" + "\x01", opener.Disk},
		"a.docx":        {packed(t, "[Content_Types].xml", "word/vbaProject.bin"), opener.Macros},
		"a.xlsx":        {packed(t, "xl/macrosheets/sheet1.xml"), opener.Macros},
		"a.odt":         {packed(t, "mimetype", "Basic/script-lb.xml"), opener.Macros},
		"b.docx":        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", opener.Macros},
		"flat.fodt":     {"<?xml version='1.0'?>" + far + "<ooo:module ooo:name='A'>", opener.Macros},
		"page.csv":      {"\n <!-- a --> <!DOCTYPE HTML>", opener.Page},
		"wide":          {"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", opener.Page},
		"picture.xml":   {"<?xml version='1.0'?><a xmlns='http://www.w3.org/2000/svg'/>", opener.Page},
		"photo.png":     {"Rar!\x1a\x07", opener.Archive},
		"data.csv":      {"MZ,MX\n1,2\n", opener.Harmless},
		"plain.docx":    {packed(t, "[Content_Types].xml", "word/document.xml"), opener.Harmless},
		"plain.xml":     {"<?xml version='1.0'?>" + far, opener.Harmless},
		"settings.ini":  {"; [Desktop Entry]\n[main]\n[Desktop Entry]\n", opener.Harmless},
		"empty.txt":     {"", opener.Harmless},
		"page.html.txt": {"see <html> for more", opener.Harmless},
		"script.sh":     {"echo\n", opener.Script},
		"macro.zip":     {packed(t, "word/vbaProject.bin"), opener.Macros},
	} {
		if got, err := opener.Inspect(write(t, t.TempDir(), name, file.content)); err != nil || got != file.kind {
			t.Errorf("%q is %q, want %q (%v)", name, got, file.kind, err)
		}
	}
}

// A mark may lie across the pieces in which a file is read.
func TestRule34_markAcrossReads(t *testing.T) {
	const mark = "<ooo:module"
	for at := 1<<20 - len(mark) - 1; at <= 1<<20+1; at++ {
		content := "<?xml" + strings.Repeat(" ", at-5) + mark + strings.Repeat(" ", 100)
		if got, err := opener.Inspect(write(t, t.TempDir(), "a.fodt", content)); err != nil || got != opener.Macros {
			t.Fatalf("at %d: %q, %v", at, got, err)
		}
	}
}

// What can run is not started, whatever was asked before.
func TestRule34_noProgramIsOpened(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for _, path := range []string{
		write(t, t.TempDir(), "a.exe", ""), write(t, t.TempDir(), "run.sh", ""), write(t, t.TempDir(), "x.desktop", ""), write(t, t.TempDir(), "x.iso", ""),
		write(t, t.TempDir(), "report.pdf", "\x7fELF"), write(t, t.TempDir(), "notes.txt", "#!/bin/sh\n"),
	} {
		err := opener.Open(path)
		if refused, ok := errors.AsType[*opener.RefusedError](err); !ok || !refused.Kind.Refused() {
			t.Errorf("%q: %v", path, err)
		}
	}
}
