package wsl

import "testing"

// WSL is recognized by the release of the kernel.
func TestIsRelease_wsl(t *testing.T) {
	for release, want := range map[string]bool{
		"4.4.0-19041-Microsoft\n": true, "5.15.167.4-microsoft-standard-WSL2\n": true, "6.8.0-45-generic\n": false, "": false,
	} {
		if isRelease(release) != want {
			t.Errorf("%q: %v", release, !want)
		}
	}
}
