package transfer

import "unicode/utf8"

// checkKey refuses names that no bucket takes, before anything is sent.
func checkKey(key string) error {
	switch {
	case !utf8.ValidString(key):
		return &failure{
			code: "name-not-unicode", title: "The name is not Unicode",
			detail: "Names in buckets are Unicode text, and the name of this file on the disk is not.", next: "Rename the file, and resume.",
		}
	case len(key) > 1024:
		return &failure{
			code: "name-too-long", title: "The name is too long",
			detail: "With the folders it lies in, it has more than the 1,024 bytes that a bucket takes.", next: "Choose a shorter folder or name.",
		}
	}
	return nil
}
