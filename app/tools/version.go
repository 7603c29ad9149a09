package tools

import "strings"

// Version is how a program is asked for its version.
type Version struct {
	// Name is what is asked about; empty for the tool by its own name.
	Name string
	Args []string
	// Pattern matches the answer; its group is the version. A program of another kind with the same name does not
	// answer what is expected.
	Pattern string
	// Optional is true where the program may be there without what is asked about.
	Optional bool
	// EndpointSince are the first releases, one for each major version, that read the endpoint from a profile or
	// the environment. Empty: all do.
	EndpointSince []Release
}

// Release is a version without its last part.
type Release struct{ Major, Minor int }

// IgnoresEndpoint reports whether a version reads no endpoint from a profile or the environment. It is false for
// what is no version.
func (v Version) IgnoresEndpoint(version string) bool {
	for i, since := range v.EndpointSince {
		if before(version, since.Major, since.Minor) && (i == 0 || !before(version, since.Major, 0)) {
			return true
		}
	}
	return false
}

// before reports whether a version is older than major.minor.
func before(version string, major, minor int) bool {
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		return false
	}
	a, b := number(parts[0]), number(parts[1])
	return a < major || a == major && b < minor
}

// number returns the number that s begins with; zero for none.
func number(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' {
			break
		}
		n = n*10 + int(r-'0')
	}
	return n
}
