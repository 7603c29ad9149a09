package browser

import (
	"daypass/app/buckets"
	"daypass/app/buckets/objects"
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
		ID: "move-protected", Title: "Move " + present.Counted(n, "protected object", "protected objects") + "?", Yes: "Move with protection",
		Text: "A retention period or a legal hold protects " + present.Counted(n, "object", "objects") + ". The copy gets the same protection, " +
			"and the original stays on the server as an earlier version until its protection ends. Nothing of it was moved so far.",
	}
}
