// Package tools sets other tools up by their own files, and takes that out again.
package install

import (
	"os"
	"path/filepath"
	"runtime"

	"daypass/app/tools"
)

// FindPaths returns the files of the user with this environment and home folder. own is Daypass's
// configuration folder.
func FindPaths(getenv func(string) string, home, own string) tools.Paths {
	or := func(variable string, fallback ...string) string {
		if path := getenv(variable); path != "" {
			return absolute(path, home)
		}
		return filepath.Join(fallback...)
	}
	p := tools.Paths{
		AWSConfig:      or("AWS_CONFIG_FILE", home, ".aws", "config"),
		AWSCredentials: or("AWS_SHARED_CREDENTIALS_FILE", home, ".aws", "credentials"),
		Rclone:         or("RCLONE_CONFIG", rcloneDefault(getenv, home)),
		MCEnv:          or("MC_CONFIG_ENV_FILE", own, "mc.env"),
	}
	p.MCEnvOurs = p.MCEnv == filepath.Join(own, "mc.env")
	return p
}

func absolute(path, home string) string {
	if rest, found := cutHome(path); found {
		return filepath.Join(home, rest)
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

func cutHome(path string) (string, bool) {
	if len(path) > 1 && path[0] == '~' && os.IsPathSeparator(path[1]) {
		return path[2:], true
	}
	return path, path == "~"
}

// rcloneDefault is the first of rclone's own paths that is there, else where rclone makes its file.
func rcloneDefault(getenv func(string) string, home string) string {
	var paths []string
	if runtime.GOOS == "windows" {
		paths = append(paths, filepath.Join(getenv("APPDATA"), "rclone", "rclone.conf"))
	}
	if xdg := getenv("XDG_CONFIG_HOME"); xdg != "" {
		paths = append(paths, filepath.Join(xdg, "rclone", "rclone.conf"))
	}
	paths = append(paths, filepath.Join(home, ".config", "rclone", "rclone.conf"), filepath.Join(home, ".rclone.conf"))
	for _, path := range paths {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return paths[0]
}
