package preferences

import (
	"context"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// Where Windows has the size of text, in percent.
const (
	accessibility   = `Software\Microsoft\Accessibility`
	textScaleFactor = "TextScaleFactor"
)

const (
	spiGetHighContrast = 0x0042
	hcfHighContrastOn  = 0x00000001
)

// highContrast is HIGHCONTRASTW.
type highContrast struct {
	size   uint32
	flags  uint32
	scheme *uint16
}

var systemParametersInfo = windows.NewLazySystemDLL("user32.dll").NewProc("SystemParametersInfoW")

// Watch calls changed with the desktop's preferences, and again whenever they are others, until ctx ends. It is called
// from a goroutine of its own.
func Watch(ctx context.Context, changed func(Preferences)) {
	changed(Preferences{TextSize: scaleOfText(), HighContrast: contrastIsHigh()})
	<-ctx.Done()
}

func scaleOfText() float32 {
	key, err := registry.OpenKey(registry.CURRENT_USER, accessibility, registry.QUERY_VALUE)
	if err != nil {
		return 0
	}
	defer key.Close()
	percent, _, err := key.GetIntegerValue(textScaleFactor)
	if err != nil {
		return 0
	}
	return textSize(float64(percent) / 100)
}

func contrastIsHigh() bool {
	info := highContrast{size: uint32(unsafe.Sizeof(highContrast{}))}
	ok, _, _ := systemParametersInfo.Call(spiGetHighContrast, uintptr(info.size), uintptr(unsafe.Pointer(&info)), 0)
	return ok != 0 && info.flags&hcfHighContrastOn != 0
}
