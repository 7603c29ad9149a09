package headless

import (
	"encoding/json"

	"daypass/sandbox/faults"
)

// Refresh is a refresh request as a proxy before Dex saw it.
type Refresh struct {
	// Sent is the refresh token in the request, and Got the one in the answer; empty where the answer
	// was not passed on, or was an error.
	Sent, Got string
}

// Refreshes are the refresh requests that came to a proxy, but for the first since ones.
func Refreshes(p *faults.Proxy, since int) []Refresh {
	var all []Refresh
	for _, r := range p.Requests(TokenPath) {
		if r.Form.Get("grant_type") != "refresh_token" {
			continue
		}
		var answer struct {
			RefreshToken string `json:"refresh_token"`
		}
		if r.Answered {
			_ = json.Unmarshal(r.Answer, &answer)
		}
		all = append(all, Refresh{Sent: r.Form.Get("refresh_token"), Got: answer.RefreshToken})
	}
	return all[min(since, len(all)):]
}
