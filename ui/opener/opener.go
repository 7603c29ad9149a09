// Package opener opens files and folders with the program that the system has for them.
package opener

import (
	"errors"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// ErrProgram is a file that would be run rather than shown.
var ErrProgram = errors.New("this file is a program")

// programs are the endings, without their dots, of files that systems run when they are opened, or take for an
// instruction: to install, to change a setting, to mount a disk or to go to another computer.
var programs = []string{
	// Windows
	"ade", "adp", "appinstaller", "application", "appref-ms", "appx", "appxbundle", "bat", "chm", "cmd", "com", "cpl",
	"deskthemepack", "diagcab", "diagcfg", "diagpkg", "dll", "exe", "gadget", "hlp", "hta", "img", "inf", "ins", "iqy", "iso",
	"isp", "jar", "jnlp", "js", "jse", "library-ms", "lnk", "mde", "mht", "mhtml", "msc", "msh", "msi", "msix", "msixbundle", "msu",
	"msp", "mst", "ocx", "pcd", "pif", "ppkg", "ps1", "ps1xml", "ps2", "psc1", "psd1", "psm1", "rdp", "reg", "scf", "scr", "sct",
	"search-ms", "searchconnector-ms", "settingcontent-ms", "shb", "shs", "slk", "sys", "theme", "themepack", "udl", "url", "vb",
	"vbe", "vbs", "vhd", "vhdx", "vsto", "website", "ws", "wsc", "wsf", "wsh", "xbap", "xla", "xlam", "xll",
	// macOS
	"action", "afploc", "app", "applescript", "command", "configprofile", "dmg", "fileloc", "ftploc", "inetloc", "kext",
	"mobileconfig", "mpkg", "osax", "pkg", "prefpane", "qlgenerator", "saver", "scpt", "scptd", "shortcut", "terminal", "tool",
	"vncloc", "wdgt", "webloc", "workflow",
	// Linux, and everywhere
	"appimage", "bash", "csh", "deb", "desktop", "fish", "flatpak", "flatpakref", "flatpakrepo", "ksh", "pl", "py", "pyc", "pyw",
	"pyz", "pyzw", "rb", "rbw", "rpm", "run", "sh", "snap", "tcsh", "zsh",
}

// IsProgram reports whether a file of that name would be run when it is opened.
func IsProgram(name string) bool {
	ending := filepath.Ext(strings.TrimRight(name, ". "))
	return slices.Contains(programs, strings.ToLower(strings.TrimPrefix(ending, ".")))
}

// Open opens a file or a folder, as one argument and without a shell, and does not wait for the program. It
// refuses programs with ErrProgram; an error of the system's own means that none could be started.
func Open(path string) error {
	if IsProgram(path) {
		return ErrProgram
	}
	name, args := command(path)
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }()
	return nil
}

func command(path string) (name string, args []string) {
	switch runtime.GOOS {
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler", path}
	case "darwin":
		return "open", []string{path}
	}
	return "xdg-open", []string{path}
}
