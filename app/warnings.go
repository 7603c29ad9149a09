package app

// The codes of Session.Warnings that are about the provider.
const (
	// WarnConsentNext: no refresh token came; the next sign-in asks for consent, which may bring one.
	WarnConsentNext = "no-refresh-token-without-consent"
	// WarnNoRefreshToken: no refresh token comes, not even with consent.
	WarnNoRefreshToken = "no-refresh-token"
	// WarnNoIDToken: a refresh brings nothing that the storage server takes.
	WarnNoIDToken = "no-id-token-on-refresh"
)

var warningTexts = map[string]string{
	WarnConsentNext: "The provider gave no refresh token, so this session ends when its keys expire. " +
		"The next sign-in asks for your consent (prompt=consent), which some providers need for one.",
	WarnNoRefreshToken: "The provider gives no refresh token, so this session ends when its keys expire.",
	WarnNoIDToken:      "The provider sends no ID token when a session is renewed, so you sign in again when the keys expire.",
}

// WarningText returns the sentences for one of this package's codes in Session.Warnings; empty for any
// other code.
func WarningText(code string) string { return warningTexts[code] }
