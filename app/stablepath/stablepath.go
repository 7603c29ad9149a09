// Package stablepath finds the path of a program that the next update leaves as it is. What other
// programs are told to run (at login, in the profiles of tools) must not name one version's folder.
package stablepath

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// maxSiblings bounds how many entries of a folder are looked at for links.
const maxSiblings = 500

// Finder finds stable paths. Its fields are the parts of the system that it asks.
type Finder struct {
	// Getenv is os.Getenv.
	Getenv func(name string) string
	// Home is the user's home folder; empty where there is none.
	Home string
}

// System is the Finder of this process.
func System() Finder {
	home, _ := os.UserHomeDir()
	return Finder{Getenv: os.Getenv, Home: home}
}

// Find returns the command that runs program, an absolute path, also after an update: the image of an
// AppImage, the command of a snap or a flatpak, a path on the PATH or in one of the folders of package managers
// that leads to the same file, a link to the folder of its version; else program itself.
func (f Finder) Find(program string) []string {
	if command := f.packaged(program); command != nil {
		return command
	}
	for _, path := range f.candidates(program) {
		if filepath.IsAbs(path) && path != program && !versioned(path) && sameFile(path, program) {
			return []string{path}
		}
	}
	if path := linkedVersion(program); path != "" {
		return []string{path}
	}
	return []string{program}
}

// packaged returns the command for a program inside a package that the system mounts.
func (f Finder) packaged(program string) []string {
	if image, dir := f.Getenv("APPIMAGE"), f.Getenv("APPDIR"); filepath.IsAbs(image) && within(program, dir) && isFile(image) {
		return []string{image}
	}
	if name, dir := f.Getenv("SNAP_INSTANCE_NAME"), f.Getenv("SNAP"); name != "" && within(program, dir) {
		return []string{"/snap/bin/" + name}
	}
	if id := f.Getenv("FLATPAK_ID"); id != "" && within(program, "/app") {
		return []string{"flatpak", "run", "--command=" + filepath.Base(program), id}
	}
	return nil
}

// candidates are the paths at which the PATH and package managers put programs of this name.
func (f Finder) candidates(program string) []string {
	name := filepath.Base(program)
	dirs := filepath.SplitList(f.Getenv("PATH"))
	if prefix, rest, brewed := strings.Cut(filepath.ToSlash(program), "/Cellar/"); brewed {
		formula, _, _ := strings.Cut(rest, "/")
		dirs = append(dirs, prefix+"/bin", prefix+"/opt/"+formula+"/bin")
	}
	if f.Home != "" {
		dirs = append(dirs, filepath.Join(f.Home, ".nix-profile", "bin"), filepath.Join(f.Home, ".local", "state", "nix", "profile", "bin"))
		dirs = append(dirs, "/etc/profiles/per-user/"+filepath.Base(f.Home)+"/bin")
		dirs = append(dirs, filepath.Join(f.Home, ".local", "bin"), filepath.Join(f.Home, "bin"))
	}
	dirs = append(dirs, "/run/current-system/sw/bin", "/nix/var/nix/profiles/default/bin",
		"/usr/local/bin", "/usr/bin", "/opt/homebrew/bin", "/home/linuxbrew/.linuxbrew/bin")
	for i, dir := range dirs {
		dirs[i] = filepath.Join(dir, name)
	}
	return dirs
}

// versioned reports whether a path goes through the folder of one version.
func versioned(path string) bool {
	slashed := filepath.ToSlash(path)
	if strings.HasPrefix(slashed, "/nix/store/") || strings.Contains(slashed, "/Cellar/") {
		return true
	}
	return slices.ContainsFunc(strings.Split(filepath.ToSlash(filepath.Dir(path)), "/"), isVersion)
}

// isVersion reports whether the name of a folder ends in a version with a dot: 1.2, v1.2.3, daypass-1.0.
func isVersion(name string) bool {
	tail := name[strings.LastIndexAny(name, "-_")+1:]
	tail = strings.TrimPrefix(tail, "v")
	return strings.Contains(tail, ".") && unicode.IsDigit(rune(tail[0])) &&
		!strings.ContainsFunc(tail, func(r rune) bool {
			return !unicode.IsDigit(r) && !unicode.IsLetter(r) && !strings.ContainsRune(".+~", r)
		})
}

// linkedVersion returns the path of program through a link beside the folder of its version, such as
// current; empty where there is none.
func linkedVersion(program string) string {
	for dir, rest := filepath.Dir(program), filepath.Base(program); filepath.Dir(dir) != dir; dir, rest = filepath.Dir(dir), filepath.Join(filepath.Base(dir), rest) {
		if !isVersion(filepath.Base(dir)) {
			continue
		}
		for _, link := range links(filepath.Dir(dir)) {
			if path := filepath.Join(link, rest); !versioned(path) && sameFile(path, program) {
				return path
			}
		}
	}
	return ""
}

// links are the links in a folder.
func links(dir string) []string {
	folder, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer folder.Close()
	entries, _ := folder.ReadDir(maxSiblings)
	var found []string
	for _, e := range entries {
		if e.Type()&(os.ModeSymlink|os.ModeIrregular) != 0 { // the latter are the junctions of Windows
			found = append(found, filepath.Join(dir, e.Name()))
		}
	}
	slices.Sort(found)
	return found
}

func within(path, dir string) bool {
	return filepath.IsAbs(dir) && strings.HasPrefix(path, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}
