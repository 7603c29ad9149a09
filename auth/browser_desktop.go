//go:build unix && !darwin

package auth

import (
	"strings"

	"daypass/auth/wsl"
)

// systemOpeners are the desktop portal, whose callers cannot be watched by other users as the
// arguments of a command can, and then commands. Under WSL the browser is on the Windows side, and
// xdg-open may end well and open nothing.
func systemOpeners(link string) []opener { return desktopOpeners(link, wsl.Here()) }

func desktopOpeners(link string, inWSL bool) []opener {
	all := []opener{func() error { return openByPortal(link) }}
	if inWSL {
		all = windowsOpeners(link)
	}
	for _, program := range []string{"xdg-open", "x-www-browser", "www-browser", "wslview"} {
		all = append(all, commandOpener(program, link))
	}
	return all
}

// windowsOpeners open a link with Windows' own programs.
func windowsOpeners(link string) []opener {
	return []opener{
		commandOpener("wslview", link),
		commandOpener("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", "Start-Process "+powerShellQuoted(link)),
	}
}

// powerShellQuoted writes a link, which has no characters but those of addresses, as a PowerShell
// string in which nothing is expanded.
func powerShellQuoted(link string) string { return "'" + strings.ReplaceAll(link, "'", "''") + "'" }
