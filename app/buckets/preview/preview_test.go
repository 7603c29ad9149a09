package preview

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"daypass/app/buckets/objects"
)

func whole(key, content string) Preview { return Of(key, []byte(content), int64(len(content))) }

func cut(key, content string) Preview { return Of(key, []byte(content), int64(len(content))+1000) }

func zipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, text)
	w.Close()
	return b.String()
}

func TestWords_encodings(t *testing.T) {
	for _, c := range []struct {
		name         string
		p            Preview
		kind         Kind
		text, format string
	}{
		{"nothing", whole("a", ""), Empty, "", ""},
		{"text", whole("a", "grüße\r\nzwei\n"), Text, "grüße\nzwei\n", "UTF-8"},
		{"a mark", whole("a", "\xef\xbb\xbfgrüße"), Text, "grüße", "UTF-8"},
		{"cut inside a letter", cut("a", "gr\xc3\xbc\xc3"), Text, "grü", "UTF-8"},
		{"little", whole("a", "\xff\xfeg\x00r\x00\xfc\x00"), Text, "grü", "UTF-16"},
		{"big", whole("a", "\xfe\xff\x00g\x00r\x00\xfc"), Text, "grü", "UTF-16BE"},
		{"little without a mark", whole("a", "h\x00e\x00l\x00l\x00o\x00"), Text, "hello", "UTF-16"},
		{"western", whole("a", "Gr\xfc\xdfe aus K\xf6ln"), Text, "Grüße aus Köln", "Windows-1252"},
		{"packed", whole("a.log.gz", zipped("line\n")), Text, "line\n", "gzip, UTF-8"},
		{"control", whole("a", "red\x1b[31m \u202eevil\u200b"), Text, `red\x1b[31m \u202eevil\u200b`, "UTF-8"},
		{"json", whole("a.json", `{"a":[1,{"b":"x{\"y"}],"c":{},"d":[]}`), JSON, "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x{\\\"y\"\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}", "JSON"},
		{"json by its looks", whole("noname", ` [1, 2]`), JSON, "[\n  1,\n  2\n]", "JSON"},
		{"json cut off", cut("a.json", `{"a":[1,2,{"b":"unfin`), JSON, "{\n  \"a\": [\n    1,\n    2,\n    {\n      \"b\": \"unfin", "JSON"},
		{"no json", whole("a.json", `{a: 1}`), Text, `{a: 1}`, "UTF-8"},
		{"lines of json", whole("a.ndjson", "{\"a\":1}\n{\"a\":2}\n"), Text, "{\"a\":1}\n{\"a\":2}\n", "UTF-8"},
		{"hostile json", whole("a.json", "{\"a\":\"\u202e\"}"), JSON, "{\n  \"a\": \"\\u202e\"\n}", "JSON"},
		{"html stays text", whole("a.html", "<script>alert(1)</script>"), Text, "<script>alert(1)</script>", "UTF-8"},
		{"no table", whole("a.csv", "just a line\nand another\n"), Text, "just a line\nand another\n", "UTF-8"},
	} {
		if c.p.Kind != c.kind || c.p.Text != c.text || c.p.Format != c.format {
			t.Errorf("%s: %s %q as %s; want %s %q as %s", c.name, c.p.Kind, c.p.Text, c.p.Format, c.kind, c.text, c.format)
		}
	}
}

// An HTML page says in its head which encoding it has. What it says is not believed against its bytes.
func TestWords_declaredEncoding(t *testing.T) {
	const head = "<html><meta charset="
	for _, c := range []struct{ name, content, text, format string }{
		{"Japanese", head + "shift_jis>\x8b\x43\x89\xb7", head + "shift_jis>気温", "Shift_JIS"},
		{"cut inside a letter", head + "shift_jis>\x8b\x43\x89", head + "shift_jis>気\ufffd", "Shift_JIS"},
		{"Cyrillic", head + "windows-1251>\xd1\xed\xe5\xe3", head + "windows-1251>Снег", "Windows-1251"},
		{"by an older tag", `<meta http-equiv=Content-Type content="text/html; charset=koi8-r">` + "\xd3\xce\xc5\xc7", `<meta http-equiv=Content-Type content="text/html; charset=koi8-r">снег`, "KOI8-R"},
		{"it is UTF-8 all the same", head + "shift_jis>気温", head + "shift_jis>気温", "UTF-8"},
		{"none that is decoded", head + "iso-2022-kr>Gr\xfc\xdfe", head + "iso-2022-kr>Grüße", "Windows-1252"},
		{"it is something else", head + "euc-kr>Gr\xfc\xdfe aus K\xf6ln, sch\xf6n und gr\xfcn", head + "euc-kr>Grüße aus Köln, schön und grün", "Windows-1252"},
	} {
		if p := whole("a.html", c.content); p.Kind != Text || p.Text != c.text || p.Format != c.format {
			t.Errorf("%s: %s %q as %s; want %q as %s", c.name, p.Kind, p.Text, p.Format, c.text, c.format)
		}
	}
	if p := whole("a.html", head+"shift_jis>\x00\x01\x8b\x43"); p.Kind != Hex {
		t.Errorf("bytes that say to be text are shown as %s %q", p.Kind, p.Text)
	}
}

func TestHex_binaryFiles(t *testing.T) {
	for _, content := range []string{"\xca\xff\x15\x04\x15", "\xde\xad\xbe\xef\x80\x81\x82\x83", "\x1f\x8b\x08broken\x00"} {
		p := whole("a.bin", content)
		if p.Kind != Hex || !strings.HasPrefix(p.Text, "00000000  ") || !p.Whole {
			t.Errorf("%q: %+v", content, p)
		}
	}
	if p := whole("a", strings.Repeat("\x00\x01", 5000)); p.Whole || len(p.Text) > hexBytes*6 {
		t.Errorf("%d letters, whole %v", len(p.Text), p.Whole)
	}
}

func TestTables_separators(t *testing.T) {
	for _, c := range []struct{ key, text, format, last string }{
		{"a.csv", "a,b\n1,\"x,\"\"y\"\"\"\n", "UTF-8, CSV", `x,"y"`},
		{"a.csv", "a;b\n1;2,5\n", "UTF-8, CSV (;)", "2,5"},
		{"a.csv", "a|b\n1|2\n", "UTF-8, CSV (|)", "2"},
		{"a.tsv", "a\tb,c\n1\t2\n", "UTF-8, TSV", "2"},
		{"a.csv.gz", zipped("a,b\n1,2\n"), "gzip, UTF-8, CSV", "2"},
	} {
		p := whole(c.key, c.text)
		if p.Kind != Table || len(p.Rows) != 2 || p.Rows[1][1] != c.last || p.Format != c.format || !p.Whole {
			t.Errorf("%s %q: %+v", c.key, c.text, p)
		}
	}
	p := cut("a.csv", "a,b,c\n1,2,3\n4,5\n7,8,9\n1,1,1\n2,2,2\n1,unfin")
	if len(p.Rows) != 6 || p.Rows[2][2] != "" || p.Whole {
		t.Errorf("a cut table: %q", p.Rows)
	}
	p = whole("a.csv", strings.Repeat("x,y,"+strings.Repeat("long ", 100)+"\n", 1000))
	if len(p.Rows) != maxRows || p.Whole || len([]rune(p.Rows[0][2])) != maxCell+1 {
		t.Errorf("a long table has %d rows, whole %v", len(p.Rows), p.Whole)
	}
}

func sample(w, h int) image.Image {
	m := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Black, color.RGBA{255, 0, 0, 255}})
	for i := range m.Pix {
		m.Pix[i] = 1
	}
	return m
}

func TestPictures_formats(t *testing.T) {
	for format, encode := range map[string]func(io.Writer) error{
		"PNG":  func(w io.Writer) error { return png.Encode(w, sample(40, 20)) },
		"JPEG": func(w io.Writer) error { return jpeg.Encode(w, sample(40, 20), nil) },
		"GIF":  func(w io.Writer) error { return gif.Encode(w, sample(40, 20), nil) },
		"WEBP": func(w io.Writer) error { _, err := io.WriteString(w, webp); return err },
	} {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		p := whole("anything.txt", b.String())
		if p.Kind != Picture || p.Format != format || p.Picture == nil || p.Width == 0 {
			t.Errorf("%s: %+v", format, p)
		}
	}
	var b bytes.Buffer
	png.Encode(&b, sample(3000, 1500))
	p := whole("a.png", b.String())
	if size := p.Picture.Bounds().Size(); size != image.Pt(1024, 512) || p.Width != 3000 || p.Height != 1500 {
		t.Errorf("a large picture is kept as %v", size)
	}
	if r, _, _, _ := p.Picture.At(500, 200).RGBA(); r != 0xffff {
		t.Error("it is not red any more")
	}
}

// webp is a picture of one pixel.
const webp = "RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

// A small file that claims to be a huge picture is not unpacked.
func TestRule36_hugePictures(t *testing.T) {
	var b bytes.Buffer
	png.Encode(&b, sample(8000, 6000))
	if p := whole("a.png", b.String()); p.Kind != Hex || p.Picture != nil || p.Width != 8000 {
		t.Errorf("%s %d x %d", p.Kind, p.Width, p.Height)
	}
	bomb := zipped(strings.Repeat("0", 50<<20))
	if p := whole("a.gz", bomb); len(p.Text) > HeadSize || p.Whole {
		t.Errorf("a packed object became %d bytes", len(p.Text))
	}
}

// What unpacking takes counts, not the number of pixels alone.
func TestRule36_memoryOfPictures(t *testing.T) {
	// The heads of JPEGs of 6000 by 6000 pixels, baseline and progressive, with a comment before the frame.
	frame := func(marker byte, channels int) []byte {
		head := []byte{0xff, 0xd8, 0xff, 0xfe, 0, 6, 0xff, 0xc0, 0xff, 0xc0, 0xff, marker, 0, byte(8 + 3*channels), 8, 0x17, 0x70, 0x17, 0x70, byte(channels)}
		for n := range channels {
			head = append(head, byte(n+1), 0x11, 0)
		}
		return append(head, 0xff, 0xda, 0, 8)
	}
	for name, c := range map[string]struct {
		data   []byte
		memory int64
	}{
		"baseline":         {frame(0xc0, 3), 4},
		"progressive":      {frame(0xc2, 3), 16},
		"progressive CMYK": {frame(0xc2, 4), 24},
		"cut before it":    {frame(0xc2, 3)[:10], 16},
	} {
		config, _ := measure(c.data)
		if got := perPixel(config, c.data); got != c.memory {
			t.Errorf("%s: %d bytes a pixel, want %d", name, got, c.memory)
		}
	}
	data := string(frame(0xc2, 3))
	if p := whole("a.jpg", data); p.Kind != Hex || p.Width != 6000 {
		t.Errorf("%s %d", p.Kind, p.Width)
	}
}

// Previews are made one after the other, and who has gone waits for none.
func TestRule36_onePictureAtATime(t *testing.T) {
	turn <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() {
		_, err := Fetch(ctx, &object{content: []byte("x")}, InProcess{}, objects.Ref{Key: "a"}, 1)
		left <- err
	}()
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	<-turn
	if p, err := Fetch(t.Context(), &object{content: []byte("x")}, InProcess{}, objects.Ref{Key: "a"}, 1); err != nil || p.Kind != Text {
		t.Error(p.Kind, err)
	}
}

// An SVG is text: to draw one is to run what it says.
func TestRule36_svgIsText(t *testing.T) {
	if p := whole("a.svg", svg(`<script>alert(1)</script>`)); p.Kind != Text || !strings.Contains(p.Text, "alert(1)") {
		t.Errorf("%s %q", p.Kind, p.Text)
	}
}

func svg(inside string) string {
	return `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">` + inside + `</svg>`
}

func FuzzOf(f *testing.F) {
	for _, s := range []string{svg("<g/>"), webp, zipped("a,b\n1,2"), `{"a":[1]}`, "a,b\n1,2\n", "\xff\xfea\x00"} {
		for _, key := range []string{"a.csv", "a.json", "a"} {
			f.Add(key, []byte(s), int64(0))
		}
	}
	f.Fuzz(func(t *testing.T, key string, head []byte, more int64) {
		if len(head) > HeadSize {
			return
		}
		p := Of(key, head, int64(len(head))+max(0, more%1000))
		if !utf8.ValidString(p.Text) && p.Kind != JSON || strings.ContainsAny(p.Text, "\u202e\x1b\x00") {
			t.Fatalf("%s %q", p.Kind, p.Text)
		}
	})
}

// object is a source of one object.
type object struct {
	content []byte
	changed bool
	reads   []string
}

func (o *object) Open(ctx context.Context, _ objects.Ref, etag string, from, limit int64) (*objects.Content, error) {
	o.reads = append(o.reads, fmt.Sprint(etag, " ", from, " ", limit))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if o.changed && etag != "" {
		return nil, errors.New("changed")
	}
	// A server that ignores the range at the end sends more than was asked for.
	return &objects.Content{ReadCloser: io.NopCloser(bytes.NewReader(o.content[from:])), Size: int64(len(o.content)), ETag: "tag"}, nil
}

// No more of an object is read than the limit.
func TestRule36_limitsRead(t *testing.T) {
	var large bytes.Buffer
	noise := image.NewNRGBA(image.Rect(0, 0, 300, 300))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = byte(random.Uint32())
	}
	png.Encode(&large, noise)
	for _, c := range []struct {
		key     string
		content []byte
		reads   []string
		kind    Kind
		read    int
	}{
		{"a.txt", []byte("short"), []string{" 0 65536"}, Text, 5},
		{"a.txt", bytes.Repeat([]byte("long\n"), 1e6), []string{" 0 65536"}, Text, HeadSize},
		{"a.json", []byte(`[` + strings.Repeat("1,", 100_000) + `1]`), []string{" 0 65536", fmt.Sprint("tag 65536 ", 200_003-65536)}, JSON, 200_003},
		{"a.json", []byte(`[` + strings.Repeat("1,", 1_000_000) + `1]`), []string{" 0 65536"}, JSON, HeadSize},
		{"a.png", large.Bytes(), []string{" 0 65536", fmt.Sprint("tag 65536 ", large.Len()-65536)}, Picture, large.Len()},
	} {
		o := &object{content: c.content}
		p, err := Fetch(t.Context(), o, InProcess{}, objects.Ref{Key: c.key}, int64(len(c.content)))
		if err != nil || p.Kind != c.kind || p.Read != int64(c.read) || strings.Join(o.reads, ",") != strings.Join(c.reads, ",") {
			t.Errorf("%s of %d: %s, %d read, asked %q, %v", c.key, len(c.content), p.Kind, p.Read, o.reads, err)
		}
	}
	if p, err := Fetch(t.Context(), nil, nil, objects.Ref{}, 0); err != nil || p.Kind != Empty {
		t.Errorf("an empty object: %+v, %v", p, err)
	}
}

// A preview shows one version of an object only.
func TestPreview_ofOneObject(t *testing.T) {
	o := &object{content: []byte(`[` + strings.Repeat("1,", 100_000) + `1]`), changed: true}
	if p, err := Fetch(t.Context(), o, InProcess{}, objects.Ref{Key: "a.json"}, int64(len(o.content))); err == nil {
		t.Errorf("%s of two objects", p.Kind)
	}
}

func TestPreview_cancel(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	<-ctx.Done()
	if _, err := Fetch(ctx, &object{content: []byte("x")}, InProcess{}, objects.Ref{Key: "a"}, 1); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}
