package importers

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"

	"daypass/app/tools/install"
)

// maxFiles bounds how many files a program's folder may bring.
const maxFiles = 100

// Computer is where the programs of a user have their files.
type Computer struct {
	// Getenv returns variables of the environment, by which some programs are told of other places.
	Getenv func(string) string
	// Home is the user's home folder, and Config the folder for the settings of programs.
	Home, Config string
}

// ThisComputer returns the places of the user of this process. What the system does not tell stays empty.
func ThisComputer() Computer {
	home, _ := os.UserHomeDir()
	config, _ := os.UserConfigDir()
	return Computer{Getenv: os.Getenv, Home: home, Config: config}
}

// home returns a path below the home folder, and config one below the folder for settings; empty where there is none.
func (c Computer) home(path ...string) string { return below(c.Home, path) }

func (c Computer) config(path ...string) string { return below(c.Config, path) }

func below(folder string, path []string) string {
	if folder == "" {
		return ""
	}
	return filepath.Join(append([]string{folder}, path...)...)
}

// named returns the path in a variable of the environment, or another one.
func (c Computer) named(variable, otherwise string) string {
	return cmp.Or(c.Getenv(variable), otherwise)
}

// aws and rclone return where the files of these two are, as for the tools that Daypass sets up in them.
func (c Computer) aws() string { return install.FindPaths(c.Getenv, c.Home, c.Config).AWSConfig }

func (c Computer) rclone() string { return install.FindPaths(c.Getenv, c.Home, c.Config).Rclone }

// files returns the files at patterns, in their order. An asterisk stands for any letters of a file's name.
func (c Computer) files(patterns []string) []string {
	var all []string
	for _, pattern := range patterns {
		if !filepath.IsAbs(pattern) {
			continue
		}
		for _, path := range matching(filepath.Dir(pattern), filepath.Base(pattern)) {
			if len(all) < maxFiles && !slices.Contains(all, path) {
				all = append(all, path)
			}
		}
	}
	return all
}

func matching(folder, pattern string) (paths []string) {
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		if matches, _ := filepath.Match(pattern, e.Name()); matches {
			paths = append(paths, filepath.Join(folder, e.Name()))
		}
	}
	return paths
}
