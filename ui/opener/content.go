package opener

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
)

const (
	// headSize is how much of the beginning of a file tells what it is, in bytes.
	headSize = 4096
	// discSize is where the mark of a disk image ends.
	discSize = 0x8006
	// windowSize is how much of a file is searched at once.
	windowSize = 1 << 20
)

// Inspect returns what a file is, by its name and by its content: a program stays one whatever it is called. Nothing
// is decoded.
func Inspect(path string) (Kind, error) {
	f, err := os.Open(path)
	if err != nil {
		return Harmless, err
	}
	defer f.Close()
	named := KindOf(path)
	found, err := kindOfContent(f)
	return worse(named, found), err
}

// order is the kinds from the most dangerous one on.
var order = append(slices.Clone(refused), Macros, Page, Query, Archive, Harmless)

func worse(a, b Kind) Kind { return order[min(slices.Index(order, a), slices.Index(order, b))] }

func kindOfContent(f io.ReadSeeker) (Kind, error) {
	start := make([]byte, discSize)
	n, err := io.ReadFull(f, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return Harmless, err
	}
	start = start[:n]
	if n == discSize && string(start[discSize-5:]) == "CD001" {
		return Disk, nil
	}
	kind := kindOfHead(start[:min(n, headSize)])
	if kind != packed {
		return kind, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Harmless, err
	}
	return kindOfPacked(f)
}

// packed is a file of which more than its head must be read.
const packed Kind = "packed"

// signatures are how files begin.
var signatures = []struct {
	begin string
	kind  Kind
}{
	{"\x7fELF", Program},
	{"\xfe\xed\xfa\xce", Program},
	{"\xfe\xed\xfa\xcf", Program},
	{"\xce\xfa\xed\xfe", Program},
	{"\xcf\xfa\xed\xfe", Program},               // Mach-O
	{"\xca\xfe\xba\xbe", Program},               // Java's classes, and Mach-O for several processors
	{"L\x00\x00\x00\x01\x14\x02\x00", Shortcut}, // Windows
	{"#!", Script},
	{"!<arch>\ndebian", Installer},
	{"\xed\xab\xee\xdb", Installer}, // Debian's packages, and RPM's
	{"MSCF", Installer},
	{"ITSF", Program}, // cabinets, and compiled help
	{"xar!", Installer},
	{"hsqs", Disk},
	{"conectix", Disk},
	{"vhdxfile", Disk},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Macros}, // Office's binary documents
	{"Rar!", Archive},
	{"7z\xbc\xaf\x27\x1c", Archive},
	{"{\\rtf", packed},
	{"PK\x03\x04", packed},
	{"<?xml", packed},
}

func kindOfHead(head []byte) Kind {
	if bytes.HasPrefix(head, []byte("MZ")) && bytes.IndexByte(head, 0) >= 0 { // and not a text
		return Program
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.begin)) {
			return s.kind
		}
	}
	return kindOfText(head)
}

// kindOfText looks for what tells texts that are more than that, behind marks, spaces and comments.
func kindOfText(head []byte) Kind {
	text := bytes.ToLower(plain(head))
	switch {
	case bytes.HasPrefix(text, []byte("#!")):
		return Script
	case startsSection(text, "[desktop entry]"), startsSection(text, "[internetshortcut"):
		return Shortcut
	case bytes.HasPrefix(text, []byte("<?xml")):
		return packed
	}
	for _, tag := range []string{"<!doctype html", "<html", "<script", "<svg", "<head", "<body", "<iframe", "<meta", "<hta:"} {
		if bytes.HasPrefix(afterComments(text), []byte(tag)) {
			return Page
		}
	}
	return Harmless
}

// plain returns a text without the mark of its encoding and the spaces before it, UTF-16 as ASCII.
func plain(head []byte) []byte {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		head = bytes.ReplaceAll(head[2:], []byte{0}, nil)
	}
	return bytes.TrimSpace(head)
}

// startsSection reports whether a file of settings begins with a section; comments may come before.
func startsSection(text []byte, section string) bool {
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		switch {
		case bytes.HasPrefix(line, []byte(section)):
			return true
		case len(line) > 0 && line[0] != '#' && line[0] != ';':
			return false
		}
	}
	return false
}

// afterComments returns what follows the comments of a web page.
func afterComments(text []byte) []byte {
	for bytes.HasPrefix(text, []byte("<!--")) {
		_, rest, ended := bytes.Cut(text, []byte("-->"))
		if !ended {
			return nil
		}
		text = bytes.TrimSpace(rest)
	}
	return text
}

// innerMarks are what stands somewhere in documents that bring code: names of the files that they are packed of, which are
// not compressed, and elements of XML.
var innerMarks = []struct {
	text string
	kind Kind
}{
	{"vbaProject.bin", Macros},
	{"xl/macrosheets/", Macros},
	{"Basic/script-lb.xml", Macros},
	{"Scripts/", Macros},
	{"<ooo:module", Macros},
	{"<script:module", Macros},
	{"<?mso-application", Macros},
	{"\\objdata", Macros},
	{"META-INF/MANIFEST.MF", Program},
	{"AppxManifest.xml", Installer},
	{"AndroidManifest.xml", Installer},
	{"http://www.w3.org/1999/xhtml", Page},
	{"http://www.w3.org/2000/svg", Page},
	{"<?xml-stylesheet", Page},
}

// maxMark is the length of the longest of them.
const maxMark = 32

// kindOfPacked searches all of a file for them.
func kindOfPacked(f io.Reader) (Kind, error) {
	kind := Harmless
	window := make([]byte, 0, windowSize+maxMark)
	for {
		n, err := io.ReadFull(f, window[len(window):len(window)+windowSize])
		window = window[:len(window)+n]
		for _, m := range innerMarks {
			if bytes.Contains(window, []byte(m.text)) {
				kind = worse(kind, m.kind)
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return kind, nil
		case err != nil:
			return kind, err
		}
		window = append(window[:0], window[len(window)-maxMark:]...)
	}
}
