package remote

import "unicode/utf8"

// CheckKey refuses names that no bucket takes, before anything is sent.
func CheckKey(key string) error {
	switch {
	case !utf8.ValidString(key):
		return &Failure{
			Code: "name-not-unicode", Title: "The name is not Unicode",
			Detail: "Names in buckets are Unicode text, and the name of this file on the disk is not.", Next: "Rename the file, and resume.",
		}
	case len(key) > 1024:
		return &Failure{
			Code: "name-too-long", Title: "The name is too long",
			Detail: "With the folders it lies in, it has more than the 1,024 bytes that a bucket takes.", Next: "Choose a shorter folder or name.",
		}
	}
	return nil
}
