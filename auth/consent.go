package auth

import (
	"slices"
	"strings"
)

const (
	promptParam   = "prompt"
	promptConsent = "consent"
	promptNone    = "none"
	maxAgeParam   = "max_age"
)

// NoteConsent sets what an earlier sign-in, perhaps of another run, has found out; see
// Tokens.Consent.
func (c *Client) NoteConsent(k Consent) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.consent = k
}

func (c *Client) knownConsent() Consent {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.consent
}

// prompt is the prompt parameter of the next authorization request: the connection's own, and with it
// "consent" where the provider issues a refresh token only then. A connection with prompt=none wants
// nobody to be asked.
func (c *Client) prompt() string {
	words := strings.Fields(c.cfg.ExtraParams[promptParam])
	consent := c.knownConsent()
	known := consent == ConsentNext || consent == ConsentRequested
	if c.cfg.Offline && known && !slices.Contains(words, promptNone) && !slices.Contains(words, promptConsent) {
		words = append(words, promptConsent)
	}
	return strings.Join(words, " ")
}

// consentAfter returns what a sign-in with this prompt has found out, in addition to what was known before.
func consentAfter(known Consent, prompt string, offline, gotRefreshToken bool) Consent {
	words := strings.Fields(prompt)
	requested := slices.Contains(words, promptConsent)
	switch {
	case !offline, gotRefreshToken && !requested:
		return ConsentNotRequested
	case gotRefreshToken:
		return ConsentRequested
	case requested, slices.Contains(words, promptNone), known == ConsentUseless:
		return ConsentUseless
	}
	return ConsentNext
}
