//go:build cgo

package native

import "github.com/go-gl/glfw/v3.4/glfw"

// WatchMouse has back and forward called, on the UI thread, when the buttons of a mouse that go back and forward are
// pressed in w. The toolkit's driver (internal/driver/glfw, convertMouseButton) makes one and the same button, 0, of
// all beyond the third, so this puts itself before the toolkit's own callback.
func WatchMouse(w *glfw.Window, back, forward func()) {
	toolkit := w.SetMouseButtonCallback(nil)
	w.SetMouseButtonCallback(func(w *glfw.Window, b glfw.MouseButton, a glfw.Action, m glfw.ModifierKey) {
		switch {
		case b == glfw.MouseButton4 && a == glfw.Press:
			back()
		case b == glfw.MouseButton5 && a == glfw.Press:
			forward()
		case b != glfw.MouseButton4 && b != glfw.MouseButton5 && toolkit != nil:
			toolkit(w, b, a, m)
		}
	})
}
