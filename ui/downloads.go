package ui

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
)

// DownloadsFolder returns the user's folder for downloads: the one that the desktop has noted, or Downloads in the home
// folder. It need not be there; it is empty where there is no home folder.
func DownloadsFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if config, err := os.UserConfigDir(); err == nil {
		if folder := notedDownloads(filepath.Join(config, "user-dirs.dirs"), home); folder != "" {
			return folder
		}
	}
	return filepath.Join(home, "Downloads")
}

// notedDownloads reads the line XDG_DOWNLOAD_DIR="$HOME/..." of the file in which Linux desktops note such folders.
func notedDownloads(file, home string) string {
	f, err := os.Open(file)
	if err != nil {
		return ""
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		value, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "XDG_DOWNLOAD_DIR=")
		if !ok {
			continue
		}
		folder := strings.Replace(strings.Trim(value, `"`), "$HOME", home, 1)
		if filepath.IsAbs(folder) && filepath.Clean(folder) != filepath.Clean(home) { // which means: none
			return folder
		}
	}
	return ""
}
