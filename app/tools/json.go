package tools

import (
	"encoding/json"
	"strings"
	"time"

	"daypass/app/credentials"
)

// jsonForScripts is all that there is to know, for scripts.
func jsonForScripts() Definition {
	return Definition{
		ID: "json", NameID: "agent.tools.json", Language: "sh", ValidityID: untilExpiry,
		Snippet: func(s Setup) string { return ShellWord(s.Daypass) + " creds " + s.handle() + " --format json" },
		Formats: []Format{{Name: "json", LabelID: "agent.tools.copy.json", Write: func(a Access, _ Command) ([]byte, error) { return everything(a), nil }}},
	}
}

func everything(a Access) []byte {
	plain := a.Plain()
	plain.ExpiresAt = plain.ExpiresAt.UTC().Truncate(time.Second)
	return encode(struct {
		Connection string `json:"connection"`
		Endpoint   string `json:"endpoint"`
		Region     string `json:"region"`
		CAFile     string `json:"ca_file,omitempty"`
		credentials.Plain
	}{a.Connection, a.Endpoint, a.SigningRegion(), a.CAFile, plain})
}

// encode writes v, a struct of strings and numbers, as a line of JSON.
func encode(v any) []byte {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
	return []byte(b.String())
}
