package preview

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"testing"
	"time"

	"daypass/app/buckets/objects"
)

// The test program is its own child: what it does then is its second argument.
func TestMain(m *testing.M) {
	if len(os.Args) < 3 || os.Args[1] != "preview-child" {
		os.Exit(m.Run())
	}
	switch os.Args[2] {
	case "serve":
		if err := Serve(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
	case "hog": // takes more memory than a decoder may
		if err := limitProcess(); err != nil {
			os.Exit(0)
		}
		for all := [][]byte{}; len(all) < 4; {
			all = append(all, bytes.Repeat([]byte{1}, maxProcessMemory/2))
		}
	case "spin":
		select {}
	case "babble":
		os.Stdout.WriteString("{}garbage")
	}
	os.Exit(0)
}

func child(how string) Process {
	return Process{Command: []string{os.Args[0], "preview-child", how}, Timeout: 2 * time.Minute}
}

func TestProcess_sameAsInProcess(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, sample(40, 20)); err != nil {
		t.Fatal(err)
	}
	for key, content := range map[string]string{
		"a.txt": "gr\xc3\xbc\xc3\xdfe \u202e", "a.csv": "a,b\n1,2\n", "a.json": `{"a":[1]}`, "a.bin": "\xde\xad\xbe\xef\x80", "a.png": picture.String(),
	} {
		want := whole(key, content)
		got, err := child("serve").Decode(t.Context(), key, []byte(content), int64(len(content)))
		if err != nil || got.Kind != want.Kind || got.Text != want.Text || got.Format != want.Format || len(got.Rows) != len(want.Rows) || got.Whole != want.Whole || got.Width != want.Width {
			t.Errorf("%s: %+v, %v; want %+v", key, got, err, want)
		}
		if want.Picture != nil && (got.Picture.Bounds() != want.Picture.Bounds() || got.Picture.At(3, 3) != want.Picture.At(3, 3)) {
			t.Errorf("%s: another picture", key)
		}
	}
}

func TestProcess_rule44Limits(t *testing.T) {
	decode := func(p Process) error {
		_, err := p.Decode(t.Context(), "a", []byte("x"), 1)
		return err
	}
	if err := decode(child("hog")); !errors.Is(err, ErrTooCostly) {
		t.Errorf("memory: %v", err)
	}
	spin := child("spin")
	spin.Timeout = time.Millisecond
	if err := decode(spin); !errors.Is(err, ErrTooCostly) {
		t.Errorf("time: %v", err)
	}
	if err := decode(child("babble")); err == nil || errors.Is(err, ErrTooCostly) {
		t.Errorf("an answer that is none: %v", err)
	}
	if err := decode(Process{Command: []string{t.TempDir() + "/missing"}}); err == nil || errors.Is(err, ErrTooCostly) {
		t.Errorf("no program: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := child("spin").Decode(ctx, "a", nil, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

// bombs are small files that unpack to huge pictures, one of each format and one whose frame is larger than its
// canvas where the format has both.
func bombs(t *testing.T) map[string][]byte {
	t.Helper()
	var encoded bytes.Buffer
	if err := png.Encode(&encoded, sample(1, 1)); err != nil {
		t.Fatal(err)
	}
	pngBomb := bytes.Clone(encoded.Bytes())
	binary.BigEndian.PutUint32(pngBomb[16:], 30_000)
	binary.BigEndian.PutUint32(pngBomb[20:], 30_000)

	encoded.Reset()
	if err := gif.Encode(&encoded, sample(1, 1), nil); err != nil {
		t.Fatal(err)
	}
	canvas := bytes.Clone(encoded.Bytes())
	binary.LittleEndian.PutUint16(canvas[6:], 0xffff)
	binary.LittleEndian.PutUint16(canvas[8:], 0xffff)
	frame := bytes.Clone(encoded.Bytes())
	at := bytes.LastIndexByte(frame[:len(frame)-4], ',')
	binary.LittleEndian.PutUint16(frame[at+5:], 0xffff)
	binary.LittleEndian.PutUint16(frame[at+7:], 0xffff)

	encoded.Reset()
	if err := jpeg.Encode(&encoded, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	jpegBomb := bytes.Clone(encoded.Bytes())
	sof := bytes.Index(jpegBomb, []byte{0xff, 0xc0})
	jpegBomb[sof+1] = 0xc2 // progressive: all coefficients are kept until the end
	binary.BigEndian.PutUint16(jpegBomb[sof+5:], 0xffff)
	binary.BigEndian.PutUint16(jpegBomb[sof+7:], 0xffff)

	return map[string][]byte{
		"PNG": pngBomb, "GIF canvas": canvas, "GIF frame": frame, "JPEG": jpegBomb,
		"WebP lossless": webpFrame("VP8L", []byte{0x2f, 0xff, 0xff, 0xff, 0x0f, 0x88, 0x88, 0x08, 0, 0}),
		"WebP lossy":    webpFrame("VP8 ", []byte{0x10, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f, 0, 0}),
	}
}

// webpFrame returns a WebP whose canvas is one pixel and whose frame is what it says itself.
func webpFrame(chunk string, frame []byte) []byte {
	var body bytes.Buffer
	body.WriteString("WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	body.WriteString(chunk)
	_ = binary.Write(&body, binary.LittleEndian, uint32(len(frame)))
	body.Write(frame)
	out := []byte("RIFF")
	out = binary.LittleEndian.AppendUint32(out, uint32(body.Len()))
	return append(out, body.Bytes()...)
}

func TestProcess_rule44PictureBombs(t *testing.T) {
	for name, data := range bombs(t) {
		p, err := child("serve").Decode(t.Context(), "a", data, int64(len(data)))
		if err != nil || p.Picture != nil || p.Kind != Hex {
			t.Errorf("%s: %s, %v", name, p.Kind, err)
		}
	}
}

// Nothing of an object is decoded outside of the decoder.
func TestFetch_rule44DecodesInTheDecoder(t *testing.T) {
	var sizes []int
	record := decoderFunc(func(_ context.Context, _ string, head []byte, _ int64) (Preview, error) {
		sizes = append(sizes, len(head))
		return Preview{}, ErrTooCostly
	})
	data := append(bombs(t)["WebP lossless"], strings.Repeat("\x00", HeadSize)...)
	if _, err := Fetch(t.Context(), &object{content: data}, record, objects.Ref{Key: "a.webp"}, int64(len(data))); !errors.Is(err, ErrTooCostly) {
		t.Error(err)
	}
	if len(sizes) != 1 || sizes[0] != len(data) {
		t.Errorf("asked for previews of %v bytes", sizes)
	}
}

type decoderFunc func(ctx context.Context, key string, head []byte, size int64) (Preview, error)

func (f decoderFunc) Decode(ctx context.Context, key string, head []byte, size int64) (Preview, error) {
	return f(ctx, key, head, size)
}
