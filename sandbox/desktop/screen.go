package desktop

import (
	"encoding/binary"
	"os"
)

// Pixel is the color of one point of the display, as the X server keeps it: 0 is black, which is
// what an empty display shows. Reading it costs the programs on the desk nothing.
func (d *Desk) Pixel(x, y int) (uint32, error) {
	f, err := os.Open(d.Path("screen", "Xvfb_screen0"))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	// The file is an X window dump: a header of big-endian words, colors of 12 bytes, then the lines.
	const size, lineBytes, colors = 0, 12, 19
	var header [25 * 4]byte
	if _, err := f.ReadAt(header[:], 0); err != nil {
		return 0, err
	}
	word := func(n int) int64 { return int64(binary.BigEndian.Uint32(header[n*4:])) }
	var pixel [4]byte
	_, err = f.ReadAt(pixel[:], word(size)+word(colors)*12+int64(y)*word(lineBytes)+int64(x)*4)
	return binary.LittleEndian.Uint32(pixel[:]) & 0xffffff, err
}
