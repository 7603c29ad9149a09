//go:build unix && !darwin

package clipboard

import (
	"encoding/binary"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// wire is a connection to a Wayland compositor: messages as in "The Wayland Protocol", chapter 4.
type wire struct {
	conn *net.UnixConn
	in   []byte
	fds  []int
}

// message is a request or an event of an object.
type message struct {
	object uint32
	opcode uint16
	args   arguments
}

func dialWayland() (*wire, error) {
	name := os.Getenv("WAYLAND_DISPLAY")
	if !filepath.IsAbs(name) {
		name = filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), name)
	}
	conn, err := net.DialUnix("unix", nil, &net.UnixAddr{Name: name, Net: "unix"})
	if err != nil {
		return nil, err
	}
	return &wire{conn: conn}, nil
}

// send sends a request, with the descriptors it hands over.
func (w *wire) send(m message, fds ...int) error {
	data := binary.NativeEndian.AppendUint32(nil, m.object)
	data = binary.NativeEndian.AppendUint32(data, uint32(headerSize+len(m.args))<<16|uint32(m.opcode))
	var rights []byte
	if len(fds) > 0 {
		rights = syscall.UnixRights(fds...)
	}
	_, _, err := w.conn.WriteMsgUnix(append(data, m.args...), rights, nil)
	return err
}

const headerSize = 8

var errWire = errors.New("the compositor is not understood")

// next waits for an event.
func (w *wire) next() (message, error) {
	for {
		if len(w.in) >= headerSize {
			head := binary.NativeEndian.Uint32(w.in[4:])
			size := int(head >> 16)
			if size < headerSize {
				return message{}, errWire
			}
			if len(w.in) >= size {
				m := message{binary.NativeEndian.Uint32(w.in), uint16(head), w.in[headerSize:size]}
				w.in = w.in[size:]
				return m, nil
			}
		}
		if err := w.read(); err != nil {
			return message{}, err
		}
	}
}

// The most that comes at once: libwayland sends no more.
const maxBytes, maxFDs = 4096, 28

func (w *wire) read() error {
	data, rights := make([]byte, maxBytes), make([]byte, syscall.CmsgSpace(4*maxFDs))
	n, nr, _, _, err := w.conn.ReadMsgUnix(data, rights)
	if err != nil {
		return err
	}
	if n == 0 {
		return net.ErrClosed
	}
	w.in = append(w.in, data[:n]...)
	controls, err := syscall.ParseSocketControlMessage(rights[:nr])
	if err != nil {
		return err
	}
	for _, c := range controls {
		if fds, err := syscall.ParseUnixRights(&c); err == nil {
			w.fds = append(w.fds, fds...)
		}
	}
	return nil
}

// file takes the descriptor that came with an event; nil where none did.
func (w *wire) file() *os.File {
	if len(w.fds) == 0 {
		return nil
	}
	fd := w.fds[0]
	w.fds = w.fds[1:]
	syscall.CloseOnExec(fd)
	return os.NewFile(uintptr(fd), "clipboard")
}

// arguments are those of a message, written and read one after the other.
type arguments []byte

func (a arguments) number(n uint32) arguments { return binary.NativeEndian.AppendUint32(a, n) }

func (a arguments) text(s string) arguments {
	a = append(a.number(uint32(len(s)+1)), s...)
	return append(a, make([]byte, padded(len(s)+1)-len(s))...)
}

// takeNumber returns zero where there is no more.
func (a *arguments) takeNumber() uint32 {
	if len(*a) < 4 {
		return 0
	}
	n := binary.NativeEndian.Uint32(*a)
	*a = (*a)[4:]
	return n
}

func (a *arguments) takeText() string {
	n := int(a.takeNumber())
	if n < 1 || n > len(*a) {
		return ""
	}
	s := strings.TrimSuffix(string((*a)[:n]), "\x00")
	*a = (*a)[min(padded(n), len(*a)):]
	return s
}

// padded is n rounded up to whole words.
func padded(n int) int { return (n + 3) &^ 3 }
