// Package desktop is a user's desk for end-to-end runs of the built programs: a display of its own
// with a window manager, an empty home, and a real browser that the programs open as they would
// open anybody's. What a user does with eyes and hands is done with the window's report of what
// it shows, with xdotool, and with the browser's own debugging interface.
package desktop

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"daypass/sandbox/headless"
)

// Timeout is how long a desk waits for something that must happen.
const Timeout = headless.Timeout

// Desk is one display, one home folder, one keyring and one browser profile.
type Desk struct {
	// Dir holds everything; Close removes it.
	Dir string
	// Display is the X display's name, such as ":7".
	Display string
	// Bin is the folder of daypass and daypass-window.
	Bin string

	env     []string
	procs   []*exec.Cmd
	keyring *headless.Keyring
}

// New sets up a desk whose programs come from bin.
func New(ctx context.Context, bin string) (*Desk, error) {
	bin, err := filepath.Abs(bin)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "desk") // short: a socket's path may have no more than 107 bytes
	if err != nil {
		return nil, err
	}
	d := &Desk{Dir: dir, Bin: bin}
	if err := d.setUp(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *Desk) setUp(ctx context.Context) error {
	for _, sub := range []string{"home", "run", "bin", "config/connections", "screen", "chromium/Default"} {
		if err := os.MkdirAll(d.Path(sub), 0o700); err != nil {
			return err
		}
	}
	if err := os.WriteFile(d.Path("bin", "xdg-open"), []byte(d.browserScript()), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(d.Path("chromium", "Default", "Preferences"), []byte(noPasswordBubble), 0o600); err != nil {
		return err
	}
	if err := d.startDisplay(); err != nil {
		return err
	}
	d.env = d.environment()
	var err error
	if d.keyring, err = headless.StartKeyring(ctx, d.env); err != nil {
		return err
	}
	d.env = append(d.env, d.keyring.Setting())
	if err := d.start("openbox", "--sm-disable"); err != nil {
		return err
	}
	// It announces itself before it has read its fonts, and looks after windows only then: a window
	// shown between the two would wait forever. The list of windows comes last.
	return Until(ctx, "a window manager", func() bool {
		out, err := d.Run(ctx, "xprop", "-root", "_NET_CLIENT_LIST")
		return err == nil && strings.Contains(out, "window id")
	})
}

// Path is a path inside the desk's folder.
func (d *Desk) Path(parts ...string) string {
	return filepath.Join(append([]string{d.Dir}, parts...)...)
}

func (d *Desk) environment() []string {
	keep := []string{"LANG=C.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1"}
	return append(keep,
		"HOME="+d.Path("home"), "XDG_RUNTIME_DIR="+d.Path("run"), "XDG_CONFIG_HOME="+d.Path("home", ".config"),
		"DAYPASS_CONFIG_DIR="+d.Path("config"), "DISPLAY="+d.Display,
		"PATH="+d.Path("bin")+":"+os.Getenv("PATH"),
	)
}

// startDisplay starts Xvfb on a display number that it finds free itself.
func (d *Desk) startDisplay() error {
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer read.Close()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset", "-fbdir", d.Path("screen"))
	cmd.ExtraFiles = []*os.File{write}
	if err := d.keep(cmd); err != nil {
		write.Close()
		return fmt.Errorf("no virtual display: %w", err)
	}
	write.Close()
	_ = read.SetReadDeadline(time.Now().Add(Timeout))
	number, err := io.ReadAll(read)
	if n := strings.TrimSpace(string(number)); n != "" {
		d.Display = ":" + n
		return nil
	}
	return fmt.Errorf("Xvfb gave no display: %w", errors.Join(err, io.ErrUnexpectedEOF))
}

// start runs a program on the desk until Close.
func (d *Desk) start(name string, args ...string) error { return d.keep(d.Command(name, args...)) }

func (d *Desk) keep(cmd *exec.Cmd) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	d.procs = append(d.procs, cmd)
	return nil
}

// Command prepares a program with the desk's environment.
func (d *Desk) Command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = d.env
	return cmd
}

// Setenv changes the environment of programs started from now on.
func (d *Desk) Setenv(name, value string) { d.env = append(d.env, name+"="+value) }

// Run runs a program to its end and gives what it printed on stdout.
func (d *Desk) Run(ctx context.Context, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = d.env
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("%s: %w: %s", filepath.Base(name), err, strings.TrimSpace(errs.String()))
	}
	return out.String(), nil
}

// Daypass runs the command line.
func (d *Desk) Daypass(ctx context.Context, args ...string) (string, error) {
	return d.Run(ctx, filepath.Join(d.Bin, "daypass"), args...)
}

// AddConnection adds a connection file to the desktop, as a colleague would.
func (d *Desk) AddConnection(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return os.WriteFile(d.Path("config", "connections", filepath.Base(file)), data, 0o600)
}

// Session is what `daypass status --json` says of one connection, as far as a desk looks at it.
type Session struct {
	ID, Name, Phase, Identity string
	Renewals, Failures        int
	ExpiresAt                 time.Time `json:"expires_at"`
	Problem                   *struct {
		Code, Title, Detail string
		NextStep            string `json:"next_step"`
	}
}

// Status asks the command line how a connection stands.
func (d *Desk) Status(ctx context.Context, id string) (Session, error) {
	out, err := d.Daypass(ctx, "status", "--json")
	if err != nil {
		return Session{}, err
	}
	var all struct{ Sessions []Session }
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		return Session{}, err
	}
	for _, s := range all.Sessions {
		if s.ID == id {
			return s, nil
		}
	}
	return Session{}, fmt.Errorf("no connection %q in %s", id, out)
}

// Picture writes the whole display to a PNG file.
func (d *Desk) Picture(ctx context.Context, file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	_, err := d.Run(ctx, "import", "-window", "root", file)
	return err
}

// Close ends every program of the desk, the agent among them, and removes its folder.
func (d *Desk) Close() error {
	if d.Display != "" {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		_, _ = d.Daypass(ctx, "quit") // there may be no agent
		cancel()
	}
	d.awaitBrowsers(syscall.SIGTERM)
	if d.keyring != nil {
		d.keyring.Close()
	}
	for i := len(d.procs) - 1; i >= 0; i-- {
		_ = d.procs[i].Process.Kill()
		_ = d.procs[i].Wait()
	}
	return d.remove()
}

// remove removes the desk's folder. A browser's helpers end after the browser, and write until then.
func (d *Desk) remove() error {
	var err error
	for range 25 {
		if err = os.RemoveAll(d.Dir); err == nil {
			return nil
		}
		time.Sleep(200 * time.Millisecond)
	}
	return err
}

// Until is headless.Until, for anyone who has a desk.
func Until(ctx context.Context, what string, ok func() bool) error {
	return headless.Until(ctx, what, ok)
}
