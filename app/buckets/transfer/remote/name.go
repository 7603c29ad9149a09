package remote

import "unicode/utf8"

// CheckKey refuses names that no bucket takes, before anything is sent.
func CheckKey(key string) error {
	switch {
	case !utf8.ValidString(key):
		return &Failure{Code: "name-not-unicode"}
	case len(key) > 1024:
		return &Failure{Code: "name-too-long", Variant: "key"}
	}
	return nil
}
