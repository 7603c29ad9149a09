// Package tools sets other tools up by their own files, and takes that out again.
package tools

import (
	"os"
	"path/filepath"
	"runtime"
)

// Places are the files of other tools, absolute paths.
type Places struct {
	AWSConfig, AWSCredentials string
	Rclone                    string
	// MCEnv is the file that mc reads its aliases from where MC_CONFIG_ENV_FILE names it.
	MCEnv string
	// MCEnvOurs is true where that file is Daypass's own, so that the user must name it to mc.
	MCEnvOurs bool
}

// FindPlaces returns the files of the user with this environment and home folder. own is Daypass's
// configuration folder.
func FindPlaces(getenv func(string) string, home, own string) Places {
	or := func(variable string, fallback ...string) string {
		if path := getenv(variable); path != "" {
			return absolute(path, home)
		}
		return filepath.Join(fallback...)
	}
	p := Places{
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

// rcloneDefault is the first of rclone's own places that is there, else where rclone makes its file.
func rcloneDefault(getenv func(string) string, home string) string {
	var places []string
	if runtime.GOOS == "windows" {
		places = append(places, filepath.Join(getenv("APPDATA"), "rclone", "rclone.conf"))
	}
	if xdg := getenv("XDG_CONFIG_HOME"); xdg != "" {
		places = append(places, filepath.Join(xdg, "rclone", "rclone.conf"))
	}
	places = append(places, filepath.Join(home, ".config", "rclone", "rclone.conf"), filepath.Join(home, ".rclone.conf"))
	for _, path := range places {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return places[0]
}
