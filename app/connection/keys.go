package connection

import (
	"reflect"
	"strings"
)

// sameMeaning are names that other programs use for our keys.
var sameMeaning = map[string]string{
	"config_url": "login.issuer", "issuer_url": "login.issuer", "url": "endpoint", "server": "endpoint",
	"role_policy": "keys.role_arn", "duration_seconds": "keys.duration", "ca": "ca_file", "ca_bundle": "ca_file",
	"redirect_port": "login.redirect_ports", "scope": "login.scopes", "offline": "login.stay_signed_in",
}

// nearestKey returns the known key that the unknown one may have been meant as, or "".
func nearestKey(field string) string {
	last := field[strings.LastIndex(field, ".")+1:]
	if meant := sameMeaning[strings.ToLower(last)]; meant != "" {
		return meant
	}
	best, distance := "", 3
	for _, known := range knownKeys(reflect.TypeFor[file](), "") {
		name := known[strings.LastIndex(known, ".")+1:]
		if d := editDistance(strings.ToLower(last), name); d < distance {
			best, distance = known, d
		}
	}
	return best
}

// knownKeys lists the keys of the file format with their tables.
func knownKeys(t reflect.Type, table string) []string {
	var keys []string
	for f := range t.Fields() {
		name := table + f.Tag.Get("toml")
		if f.Type.Kind() == reflect.Struct {
			keys = append(keys, knownKeys(f.Type, name+".")...)
		} else {
			keys = append(keys, name)
		}
	}
	return keys
}

// editDistance counts the letters to insert, delete or replace to get from a to b (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
