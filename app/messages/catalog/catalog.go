// Package catalog has the files of the catalogue. It is a package of its own so that a text that changes has nothing
// compiled again but this.
package catalog

import "embed"

// Files are the texts: AREA.LANGUAGE.json, in the format of go-i18n.
//
//go:embed *.json
var Files embed.FS
