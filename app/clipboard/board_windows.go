package clipboard

import (
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"daypass/app/messages"
)

// open returns the clipboard of Windows, which keeps what is on it when the program that put it there ends.
func open() (board, error) { return &win32{}, nil }

type win32 struct{ text string }

var (
	user32   = windows.NewLazySystemDLL("user32.dll")
	kernel32 = windows.NewLazySystemDLL("kernel32.dll")

	openClipboard    = user32.NewProc("OpenClipboard")
	closeClipboard   = user32.NewProc("CloseClipboard")
	emptyClipboard   = user32.NewProc("EmptyClipboard")
	getClipboardData = user32.NewProc("GetClipboardData")
	setClipboardData = user32.NewProc("SetClipboardData")
	registerFormat   = user32.NewProc("RegisterClipboardFormatW")

	globalAlloc  = kernel32.NewProc("GlobalAlloc")
	globalFree   = kernel32.NewProc("GlobalFree")
	globalLock   = kernel32.NewProc("GlobalLock")
	globalUnlock = kernel32.NewProc("GlobalUnlock")
	globalSize   = kernel32.NewProc("GlobalSize")
)

const (
	formatText     = 13 // CF_UNICODETEXT
	memoryMoveable = 2  // GMEM_MOVEABLE
)

// secretFormats are what the clipboard's history, its synchronisation and other programs look for: a
// secret is not theirs to keep. Each holds the number zero.
var secretFormats = []string{
	"ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory", "CanUploadToCloudClipboard",
}

func (b *win32) put(text string) error {
	text16, err := windows.UTF16FromString(text)
	if err != nil {
		return err
	}
	b.text = text
	return opened(func() error {
		if ok, _, err := emptyClipboard.Call(); ok == 0 {
			return err
		}
		for _, name := range secretFormats {
			name16, err := windows.UTF16PtrFromString(name)
			if err != nil {
				return err
			}
			if format, _, _ := registerFormat.Call(uintptr(unsafe.Pointer(name16))); format != 0 {
				_ = provide(format, make([]uint16, 2))
			}
		}
		return provide(formatText, text16)
	})
}

func (b *win32) clear() error {
	return opened(func() error {
		if current() != b.text {
			return nil
		}
		if ok, _, err := emptyClipboard.Call(); ok == 0 {
			return err
		}
		return nil
	})
}

func (b *win32) lost() <-chan struct{} { return nil }

func (b *win32) close() {}

// Another program may have the clipboard open for a moment.
const (
	openTries = 20
	openPause = 50 * time.Millisecond
)

// opened calls do with the clipboard open, which belongs to one thread then.
func opened(do func() error) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for range openTries {
		if ok, _, _ := openClipboard.Call(0); ok != 0 {
			defer closeClipboard.Call() //nolint:errcheck // there is nothing to do about it
			return do()
		}
		time.Sleep(openPause)
	}
	return messages.NewError(nil, "agent.clipboard.busy")
}

// provide puts data on the open clipboard, which owns its memory from then on.
func provide(format uintptr, data []uint16) error {
	size := uintptr(len(data)) * 2
	memory, _, err := globalAlloc.Call(memoryMoveable, size)
	if memory == 0 {
		return err
	}
	if err := fill(memory, data); err != nil {
		globalFree.Call(memory) //nolint:errcheck // as above
		return err
	}
	if ok, _, err := setClipboardData.Call(format, memory); ok == 0 {
		globalFree.Call(memory) //nolint:errcheck // as above
		return err
	}
	return nil
}

func fill(memory uintptr, data []uint16) error {
	at, _, err := globalLock.Call(memory)
	if at == 0 {
		return err
	}
	copy(unsafe.Slice((*uint16)(pointer(at)), len(data)), data)
	globalUnlock.Call(memory) //nolint:errcheck // its error says that the memory is no longer locked
	return nil
}

// current is the text on the open clipboard; empty for none.
func current() string {
	memory, _, _ := getClipboardData.Call(formatText)
	if memory == 0 {
		return ""
	}
	at, _, _ := globalLock.Call(memory)
	if at == 0 {
		return ""
	}
	defer globalUnlock.Call(memory) //nolint:errcheck // as above
	size, _, _ := globalSize.Call(memory)
	return windows.UTF16ToString(unsafe.Slice((*uint16)(pointer(at)), size/2))
}

// pointer makes a pointer of an address that Windows gave. The memory is not the garbage collector's.
func pointer(address uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&address)) }
