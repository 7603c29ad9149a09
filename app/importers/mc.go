package importers

import (
	"bytes"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
)

// mcConfig is config.json of the MinIO client: since version 10 with aliases, before with hosts.
type mcConfig struct {
	Version string             `json:"version"`
	Aliases map[string]mcAlias `json:"aliases"`
	Hosts   map[string]mcAlias `json:"hosts"`
}

type mcAlias struct {
	URL       string `json:"url"`
	AccessKey string `json:"accessKey"`
}

// mc is the MinIO client.
func mc() format {
	return format{program: "MinIO Client", read: readMC, places: func(c Computer) []string {
		return []string{filepath.Join(c.named("MC_CONFIG_DIR", c.home(".mc")), "config.json"), c.home(".mcli", "config.json"), c.home("mc", "config.json")}
	}}
}

// mcPreset are the entries that mc makes by itself.
var mcPreset = map[string]string{
	"local": "http://localhost:9000", "gcs": "https://storage.googleapis.com", "s3": "https://s3.amazonaws.com",
}

func readMC(data []byte) ([]entry, bool) {
	var config mcConfig
	if json.Unmarshal(withoutMark(data), &config) != nil || config.Aliases == nil && config.Hosts == nil {
		return nil, false
	}
	aliases := config.Aliases
	if aliases == nil {
		aliases = config.Hosts
	}
	var entries []entry
	for _, name := range slices.Sorted(maps.Keys(aliases)) {
		alias := aliases[name]
		if unset := alias.AccessKey == "" || alias.AccessKey == "YOUR-ACCESS-KEY-HERE"; !unset || mcPreset[name] != alias.URL {
			entries = append(entries, entry{name: name, endpoint: alias.URL, keys: !unset})
		}
	}
	return entries, true
}

// withoutMark returns a text without the byte order mark that some editors put before it.
func withoutMark(data []byte) []byte { return bytes.TrimPrefix(data, []byte("\ufeff")) }
