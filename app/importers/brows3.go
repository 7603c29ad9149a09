package importers

import (
	"encoding/json"
	"maps"
	"slices"
)

// brows3Config is profiles.json of Brows3, which has its secret keys in the keyring.
type brows3Config struct {
	Profiles map[string]struct {
		Name       string `json:"name"`
		Region     string `json:"region"`
		Credential *struct {
			Type        string `json:"type"`
			EndpointURL string `json:"endpoint_url"`
			AccessKeyID string `json:"access_key_id"`
		} `json:"credential_type"`
	} `json:"profiles"`
}

// brows3 is Brows3.
func brows3() format {
	return format{program: "Brows3", read: readBrows3, places: func(c Computer) []string {
		return []string{c.config("com.brows3", "profiles.json")}
	}}
}

func readBrows3(data []byte) ([]entry, bool) {
	var config brows3Config
	if json.Unmarshal(withoutMark(data), &config) != nil || config.Profiles == nil {
		return nil, false
	}
	var entries []entry
	for _, id := range slices.Sorted(maps.Keys(config.Profiles)) {
		p := config.Profiles[id]
		if p.Credential != nil && p.Credential.Type == "CustomEndpoint" {
			entries = append(entries, entry{name: p.Name, endpoint: p.Credential.EndpointURL, region: p.Region, keys: p.Credential.AccessKeyID != ""})
		}
	}
	return entries, true
}
