package engine

import (
	"daypass/app"
	"daypass/auth"
)

// tokenWarnings are the codes for the tokens of a session.
func tokenWarnings(t auth.Tokens) []string {
	var codes []string
	switch t.Consent {
	case auth.ConsentNext:
		codes = append(codes, app.WarnConsentNext)
	case auth.ConsentUseless:
		codes = append(codes, app.WarnNoRefreshToken)
	}
	if t.NoIDTokenOnRefresh {
		codes = append(codes, app.WarnNoIDToken)
	}
	return codes
}
