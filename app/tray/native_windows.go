package tray

import (
	"context"
	"encoding/binary"
	"errors"
	"runtime"
	"time"

	"fyne.io/systray"
)

// mnemonic marks the keyboard letter in a label.
const mnemonic = "&"

// nativeIcon wraps a PNG into an ICO file, which has held PNGs since Windows Vista.
func nativeIcon(png []byte) []byte {
	const header, side = 22, 48
	ico := []byte{0, 0, 1, 0, 1, 0, side, side, 0, 0, 1, 0, 32, 0}
	ico = binary.LittleEndian.AppendUint32(ico, uint32(len(png)))
	ico = binary.LittleEndian.AppendUint32(ico, header)
	return append(ico, png...)
}

// startTimeout is how long Windows may take to make the icon.
const startTimeout = 10 * time.Second

// native is the notification area.
type native struct{ ended bool }

// start shows the icon; fill fills the menu. The messages of its hidden window come to one thread.
func (n *native) start(fill func()) error {
	if n.ended {
		return errors.New("the icon comes back when Daypass starts again")
	}
	filled := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		systray.Run(func() { fill(); close(filled) }, nil)
	}()
	select {
	case <-filled:
		return nil
	case <-time.After(startTimeout):
		return errors.New("the notification area does not take an icon")
	}
}

// stop takes the icon away, which systray can do once in a process.
func (n *native) stop() {
	n.ended = true
	systray.Quit()
}

// presence is certain: Windows always has a notification area.
func (n *native) presence(context.Context) <-chan bool {
	there := make(chan bool, 1)
	there <- true
	return there
}
