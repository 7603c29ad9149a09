package desktop

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Window is a running daypass-window.
type Window struct {
	desk   *Desk
	cmd    *exec.Cmd
	report string
	errs   safeBuffer
	ended  chan struct{}
}

// StartWindow opens the window program of the folder bin.
func (d *Desk) StartWindow(ctx context.Context, bin string) (*Window, error) {
	w, err := Start(ctx, bin, d.Path("report.json"), d.env)
	if err == nil {
		w.desk = d
	}
	return w, err
}

// Start opens the window program of the folder bin on a display that is no desk's: env names it. Such a window can
// be looked at, but has no keyboard and no pointer.
func Start(ctx context.Context, bin, report string, env []string) (*Window, error) {
	w := &Window{report: report, ended: make(chan struct{})}
	_ = os.Remove(w.report)
	w.cmd = exec.Command(filepath.Join(bin, "daypass-window"))
	w.cmd.Env = append(slices.Clone(env), "DAYPASS_WINDOW_REPORT="+w.report)
	w.cmd.Stdout, w.cmd.Stderr = &w.errs, &w.errs
	if err := w.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { _ = w.cmd.Wait(); close(w.ended) }()
	err := Until(ctx, "the window's first picture", func() bool {
		r, err := w.Report()
		return w.over() || err == nil && len(r.Widgets) > 0
	})
	if w.over() {
		return nil, fmt.Errorf("the window ended at once: %s", w.Output())
	}
	if err != nil {
		return nil, fmt.Errorf("%w; it was doing this:\n%s", err, w.quit())
	}
	return w, nil
}

// quit ends a window that hangs and returns what its goroutines were doing.
func (w *Window) quit() string {
	_ = w.cmd.Process.Signal(syscall.SIGQUIT)
	select {
	case <-w.ended:
	case <-time.After(5 * time.Second):
		_ = w.cmd.Process.Kill()
		<-w.ended
	}
	return w.Output()
}

func (w *Window) over() bool {
	select {
	case <-w.ended:
		return true
	default:
		return false
	}
}

// Pid is the window's process.
func (w *Window) Pid() int { return w.cmd.Process.Pid }

// Output is what the window program printed.
func (w *Window) Output() string { return w.errs.String() }

// Report reads what the window shows now.
func (w *Window) Report() (Report, error) {
	data, err := os.ReadFile(w.report)
	if err != nil {
		return Report{}, err
	}
	var r Report
	err = json.Unmarshal(data, &r)
	return r, err
}

// See waits until the window shows a text.
func (w *Window) See(ctx context.Context, text string) (Widget, error) {
	return w.await(ctx, byText(text))
}

// Control waits until the window shows the control with an ID.
func (w *Window) Control(ctx context.Context, id string) (Widget, error) {
	return w.await(ctx, byID(id))
}

func (w *Window) await(ctx context.Context, f finder) (Widget, error) {
	var seen Widget
	var last Report
	err := Until(ctx, f.what, func() bool {
		r, err := w.Report()
		if err == nil {
			last = r
		}
		var ok bool
		seen, ok = f.find(last)
		return ok || w.over()
	})
	if w.over() {
		return Widget{}, fmt.Errorf("the window ended: %s", w.Output())
	}
	if err != nil {
		return Widget{}, fmt.Errorf("%w; the window shows: %s", err, last.Texts())
	}
	return seen, nil
}

// Click waits for the control with an ID and clicks its middle.
func (w *Window) Click(ctx context.Context, id string) error { return w.click(ctx, byID(id), 1) }

// ClickText waits for a text, such as the name of a row, and clicks its middle.
func (w *Window) ClickText(ctx context.Context, text string) error {
	return w.click(ctx, byText(text), 1)
}

// DoubleClickText waits for a text, such as the name of a row, and clicks it twice.
func (w *Window) DoubleClickText(ctx context.Context, text string) error {
	return w.click(ctx, byText(text), 2)
}

func (w *Window) click(ctx context.Context, f finder, times int) error {
	widget, err := w.settled(ctx, f)
	if err != nil {
		return err
	}
	id, err := w.id(ctx)
	if err != nil {
		return err
	}
	r, err := w.Report()
	if err != nil {
		return err
	}
	at := func(start, size float64) string { return strconv.Itoa(int((start + size/2) * r.Scale)) }
	_, err = w.desk.Run(ctx, "xdotool", "mousemove", "--window", id, at(widget.X, widget.W), at(widget.Y, widget.H),
		"click", "--repeat", strconv.Itoa(times), "--delay", "120", "1")
	return err
}

// settled waits until the widget stays where it is: a click on something that is still moving misses.
func (w *Window) settled(ctx context.Context, f finder) (Widget, error) {
	before, err := w.await(ctx, f)
	if err != nil {
		return Widget{}, err
	}
	for range 20 {
		time.Sleep(250 * time.Millisecond)
		now, err := w.await(ctx, f)
		if err != nil || (now.X == before.X && now.Y == before.Y) {
			return now, err
		}
		before = now
	}
	return Widget{}, fmt.Errorf("%s never stands still", f.what)
}

// id is the window's number at the X server.
func (w *Window) id(ctx context.Context) (string, error) {
	out, err := w.desk.Run(ctx, "xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(w.Pid()))
	ids := strings.Fields(out)
	if err != nil || len(ids) == 0 {
		return "", errors.Join(errors.New("the window program shows no window"), err)
	}
	return ids[len(ids)-1], nil
}

// Front brings the window before the browser's.
func (w *Window) Front(ctx context.Context) error {
	id, err := w.id(ctx)
	if err != nil {
		return err
	}
	_, err = w.desk.Run(ctx, "xdotool", "windowactivate", "--sync", id)
	return err
}

// Wheel turns the wheel down over the right half of the window.
func (w *Window) Wheel(ctx context.Context, turns int) error {
	id, err := w.id(ctx)
	if err != nil {
		return err
	}
	r, err := w.Report()
	if err != nil {
		return err
	}
	at := func(share, size float64) string { return strconv.Itoa(int(share * size * r.Scale)) }
	_, err = w.desk.Run(ctx, "xdotool", "mousemove", "--window", id, at(0.75, r.Size[0]), at(0.6, r.Size[1]),
		"click", "--repeat", strconv.Itoa(turns), "--delay", "60", "5", "sleep", "0.4")
	return err
}

// Type types text into whatever has the focus.
func (w *Window) Type(ctx context.Context, text string) error {
	_, err := w.desk.Run(ctx, "xdotool", "type", "--delay", "20", text)
	return err
}

// Key presses keys by their X names, such as "ctrl+l" or "Return".
func (w *Window) Key(ctx context.Context, keys ...string) error {
	_, err := w.desk.Run(ctx, "xdotool", append([]string{"key", "--delay", "60"}, keys...)...)
	return err
}

// pressAgain is how long a user waits before pressing keys once more.
const pressAgain = 8 * time.Second

// Press presses keys until the window shows a text.
func (w *Window) Press(ctx context.Context, text string, keys ...string) error {
	return w.press(ctx, byText(text), keys)
}

// PressFor presses keys until the window shows the control with an ID.
func (w *Window) PressFor(ctx context.Context, id string, keys ...string) error {
	return w.press(ctx, byID(id), keys)
}

// press presses keys. They get lost while the window manager gives the keyboard to another window, so they are pressed
// again where nothing comes of them.
func (w *Window) press(ctx context.Context, f finder, keys []string) error {
	var pressed time.Time
	err := Until(ctx, f.what, func() bool {
		r, err := w.Report()
		if err != nil || w.over() {
			return w.over()
		}
		if _, shown := f.find(r); shown {
			return true
		}
		if again := !pressed.IsZero(); time.Since(pressed) > pressAgain && (!again || w.Front(ctx) == nil) {
			_ = w.Key(ctx, keys...)
			pressed = time.Now()
		}
		return false
	})
	if err == nil && w.over() {
		err = fmt.Errorf("the window ended: %s", w.Output())
	}
	if err != nil {
		r, _ := w.Report()
		return fmt.Errorf("%v was pressed: %w; the window shows: %s", keys, err, r.Texts())
	}
	return nil
}

// Close closes the window as a user does and waits for the program's end.
func (w *Window) Close(ctx context.Context) error {
	requested, pressed := false, time.Time{}
	return Until(ctx, "the window's end", func() bool {
		if w.over() || requested {
			return w.over()
		}
		if r, err := w.Report(); err == nil {
			if _, requested = r.Control(confirmClose); requested {
				_ = w.Click(ctx, confirmClose) // it may have closed in the meantime
				return w.over()
			}
		}
		if time.Since(pressed) > pressAgain && w.Front(ctx) == nil {
			_ = w.Key(ctx, "alt+F4")
			pressed = time.Now()
		}
		return w.over()
	})
}

// confirmClose is the button of the question that the window asks the first time.
const confirmClose = "confirm.close-window"

// Kill ends the window at once.
func (w *Window) Kill() {
	if !w.over() {
		_ = w.cmd.Process.Kill()
		<-w.ended
	}
}

// safeBuffer is a buffer that one goroutine fills while another reads.
type safeBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
