//go:build race

package main

// underRaceDetector is true where each scene takes a second and its memory is kept.
const underRaceDetector = true
