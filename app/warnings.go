package app

import "daypass/app/messages"

// The codes of Session.Warnings that are about the provider.
const (
	// WarnConsentNext: no refresh token came; the next sign-in asks for consent, which may bring one.
	WarnConsentNext = "no-refresh-token-without-consent"
	// WarnNoRefreshToken: no refresh token comes, not even with consent.
	WarnNoRefreshToken = "no-refresh-token"
	// WarnNoIDToken: a refresh brings nothing that the storage server takes.
	WarnNoIDToken = "no-id-token-on-refresh"
)

// textOfWarning begins the IDs of the texts of warnings.
const textOfWarning = "agent.warning."

// WarningText returns the sentences for one of this package's codes in Session.Warnings; empty for any
// other code.
func WarningText(code string) string {
	if id := textOfWarning + code; messages.Has(id) {
		return messages.Text(id)
	}
	return ""
}
