package browser

import (
	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/messages"
	"daypass/ui/present"
)

// Protected returns how many objects were not moved for nothing else than their protection; zero where something else failed too.
func Protected(r objects.Result) int {
	for _, f := range r.Failed {
		if f.Err.Kind != buckets.Protected {
			return 0
		}
	}
	return r.Failures
}

// AskProtected asks whether n protected objects are moved together with their protection.
func AskProtected(n int) present.Question {
	return present.Question{
		ID: "move-protected", Title: messages.Plural("browser.protected.title", n), Text: messages.Plural("browser.protected.text", n),
		Yes: messages.Text("browser.protected.yes"),
	}
}
