package ui

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"

	"daypass/app"
	"daypass/app/location"
)

// toFolder calls done with the folder on this computer that a download goes to: the one for downloads, or the one that
// the user chooses.
func (u *Window) toFolder(done func(folder string)) {
	if info, err := os.Stat(u.Downloads); err == nil && info.IsDir() && !u.input.Snapshot.Settings.AskDownloads {
		done(u.Downloads)
		return
	}
	u.Chooser.Folder("Download here", u.downloadFolder(), done)
}

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

// download downloads objects and folders of a location of a connection to a folder of this computer, which is
// remembered.
func (u *Window) download(id string, at location.Location, objects []app.TransferObject, folder string) {
	if len(objects) > 0 && folder != "" {
		u.book.SetFolder(id, folder)
		u.transfers.Download(id, at.Bucket, at.Prefix, objects, folder)
	}
}
