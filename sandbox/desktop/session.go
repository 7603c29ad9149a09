package desktop

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// The desktop's services that a desk's session bus may start, as they are installed.
var services = []string{"org.xfce.Xfconf.service", "org.xfce.xfce4-notifyd.Notifications.service"}

const busConfiguration = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <servicedir>%s</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// panelConfiguration is one panel along the top edge, with a tray at its right end.
const panelConfiguration = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array"><value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="%v"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="28"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/><value type="int" value="2"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="separator"><property name="expand" type="bool" value="true"/></property>
    <property name="plugin-2" type="string" value="systray"/>
  </property>
</channel>
`

// StartSession starts what a desktop has besides a window manager: a session bus, the panel of Xfce with
// a tray, light or dark, and the notifications of Xfce, which come when they are called. Programs started before
// know nothing of it.
func (d *Desk) StartSession(ctx context.Context, dark bool) error {
	if err := d.startBus(); err != nil {
		return err
	}
	file := d.Path("home", ".config", "xfce4", "xfconf", "xfce-perchannel-xml", "xfce4-panel.xml")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(file, fmt.Appendf(nil, panelConfiguration, dark), 0o600); err != nil {
		return err
	}
	if err := d.start("xfce4-panel", "--disable-wm-check"); err != nil {
		return err
	}
	return Until(ctx, "the panel's tray", func() bool {
		out, err := d.Run(ctx, "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.ListNames")
		return err == nil && strings.Contains(out, "org.kde.StatusNotifierWatcher")
	})
}

func (d *Desk) startBus() error {
	dir, socket := d.Path("services"), d.Path("bus")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, name := range services {
		if err := os.Symlink(filepath.Join("/usr/share/dbus-1/services", name), filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	if err := os.WriteFile(d.Path("bus.conf"), fmt.Appendf(nil, busConfiguration, socket, dir), 0o600); err != nil {
		return err
	}
	cmd := d.Command("dbus-daemon", "--config-file="+d.Path("bus.conf"), "--nofork", "--nopidfile", "--print-address")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := d.keep(cmd); err != nil {
		return err
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return fmt.Errorf("no session bus: %w", err)
	}
	d.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))
	return nil
}

// screenWidth is that of the desk's display; the tray's last icon is at its right end.
const screenWidth, panelMiddle, iconMiddle = 1440, 14, 11

// OpenTrayMenu clicks on the one icon in the tray.
func (d *Desk) OpenTrayMenu(ctx context.Context) error {
	_, err := d.Run(ctx, "xdotool", "mousemove", strconv.Itoa(screenWidth-iconMiddle), strconv.Itoa(panelMiddle), "sleep", "0.5", "click", "1", "sleep", "1.5")
	return err
}

// Keys presses keys by their X names, wherever the focus is.
func (d *Desk) Keys(ctx context.Context, keys ...string) error {
	_, err := d.Run(ctx, "xdotool", append([]string{"key", "--delay", "150"}, keys...)...)
	return err
}

// Windows counts the visible windows of Daypass.
func (d *Desk) Windows(ctx context.Context) int {
	out, err := d.Run(ctx, "xdotool", "search", "--onlyvisible", "--name", "Daypass")
	if err != nil {
		return 0 // xdotool's way to say none
	}
	return len(strings.Fields(out))
}

// ActivePid is the process of the window that has the focus; zero for none.
func (d *Desk) ActivePid(ctx context.Context) int {
	out, err := d.Run(ctx, "xdotool", "getactivewindow", "getwindowpid")
	if err != nil {
		return 0
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(out))
	return pid
}
