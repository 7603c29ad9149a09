package auth

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"daypass/auth/secret"
)

// providerError is the error in an answer, or nil. Some providers send one with status 200.
func (a *answer) providerError(sent []secret.Secret) error {
	o, err := a.decode()
	code, description := o.errorText()
	failed := a.status < 200 || a.status > 299
	switch {
	case !failed && code == "":
		return nil // an empty body is how revocation succeeds; a token answer is decoded by who reads it
	case code != "":
		e := providerError(code, description, sent...)
		e.Status = a.status
		return e
	case err != nil && a.isWebPage():
		return a.unusable(ReasonRefusedWebPage)
	}
	return a.vagueDenial(foreign(description, sent...), foreign(a.plainText(), sent...))
}

// vagueDenial is a status without an error code. What the answer says instead of one is a message that is meant to be
// shown, or else plain text; empty for neither.
func (a *answer) vagueDenial(message, plainText string) error {
	e := a.unusable(ReasonRefused)
	if message != "" {
		e = a.unusable(ReasonRefusedMessage, "Message", message)
	}
	e.said, e.vague = firstOf(message, plainText), a.status == http.StatusBadRequest || a.status == http.StatusUnauthorized
	return e
}

// plainText is a body that is text for a reader, or a string of JSON; empty for other JSON, a web page and anything
// that is not text.
func (a *answer) plainText() string {
	var text string
	if json.Unmarshal(a.body, &text) == nil {
		return text
	}
	if json.Valid(a.body) || a.isWebPage() || !utf8.Valid(a.body) {
		return ""
	}
	return strings.TrimSpace(string(a.body))
}

// errorText returns the error of an answer: in the members of RFC 6749 section 5.2, or in those that
// Okta (errorCode, errorSummary), Google's other interfaces (an object) and gateways (message) send.
func (o object) errorText() (code, description string) {
	inner := o.object("error")
	code = firstOf(o.firstText("error"), inner.text("code"), inner.text("error"), inner.text("status"), inner.text("type"), o.text("errorCode"))
	description = firstOf(o.firstText("error_description"), inner.text("message"), inner.text("description"),
		o.text("errorSummary"), o.text("message"), o.text("detail"))
	return code, description
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// providerError is an error in the provider's words.
func providerError(code, description string, sent ...secret.Secret) *ProviderError {
	e := &ProviderError{Code: foreign(code, sent...), Description: foreign(description, sent...), kind: ErrRefusedByProvider}
	if kind := kinds[e.Code]; kind != nil {
		e.kind = kind
	}
	return e
}

// explain adds to an error what only the client can know: what it asked for.
func (c *Client) explain(err error) error {
	var e *ProviderError
	if !errors.As(err, &e) {
		return err
	}
	description := letters(e.Description)
	switch {
	case c.cfg.Offline && e.Code != "invalid_grant" && (strings.Contains(description, "offlineaccess") || strings.Contains(description, "offlinetoken")):
		e.kind = ErrOfflineRefused
	case strings.Contains(description, "aadsts65001"), strings.Contains(description, "aadsts90094"):
		e.kind = ErrConsentRequired
	case errors.Is(e.kind, ErrScopeRefused):
		e.Scopes = suspects(e.Description, c.scopes[1:], c.known())
	case strings.Contains(description, "pushedauthorizationrequest"):
		return &UnsupportedError{Feature: PushedRequests, Reason: e.reason(), cause: err}
	case isAboutProof(e):
		return &UnsupportedError{Feature: DPoP, Reason: e.reason(), cause: err}
	}
	return err
}

// isAboutProof reports whether an error of the provider is about a proof of possession (RFC 9449 section 5).
func isAboutProof(err error) bool {
	var e *ProviderError
	if !errors.As(err, &e) {
		return false
	}
	return e.Code == "invalid_dpop_proof" || e.Code == "use_dpop_nonce" || strings.Contains(letters(e.Description), "dpopproof")
}

// genericGrantError is the text with which oidc-provider hides what is wrong with a grant.
const genericGrantError = "grant request is invalid"

// codeRefused explains an error without a reason about a code that has just come: a provider that knows
// DPoP and requires it of the client says no more than that.
func (p *Provider) codeRefused(err error, a *attempt) error {
	var e *ProviderError
	if len(p.proofAlgorithms) == 0 || !a.proofKey.IsZero() || !errors.As(err, &e) || e.Code != "invalid_grant" || e.Description != "" && e.Description != genericGrantError {
		return err
	}
	return &UnsupportedError{Feature: DPoP, Reason: because(ReasonCodeRefused), cause: err}
}

// kinds are the codes that mean the same wherever they come from: RFC 6749, RFC 8628, RFC 9449, OpenID
// Connect Core section 3.1.2.6, and what providers have added to them.
var kinds = map[string]error{
	"access_denied":              ErrDeniedByUser,
	"authorization_declined":     ErrDeniedByUser, // Entra ID, device code
	"consent_required":           ErrConsentRequired,
	"interaction_required":       ErrInteractionRequired,
	"login_required":             ErrInteractionRequired,
	"account_selection_required": ErrInteractionRequired,
	"invalid_scope":              ErrScopeRefused,
	"invalid_client":             ErrClientRefused,
	"unauthorized_client":        ErrClientRefused,
	"deleted_client":             ErrClientRefused, // Google
	"disabled_client":            ErrClientRefused, // Google
	"expired_token":              ErrCodeExpired,
	"code_expired":               ErrCodeExpired, // Entra ID, version 1
	"temporarily_unavailable":    ErrTemporary,
	"server_error":               ErrTemporary,
}

// letters is a text in lower case without anything but letters and digits, so that "refresh_token",
// "Refresh token" and "RefreshToken" are the same.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// suspects are those of the requested scopes, without openid, which every provider has, that an invalid_scope may be
// about: those that it names, else those that the provider p, which may be nil, does not list, else all.
func suspects(description string, requested []string, p *Provider) []string {
	words := strings.FieldsFunc(description, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`"',;()[]`, r) })
	named := func(scope string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.TrimRight(w, ".:") == scope })
	}
	unlisted := func(scope string) bool {
		return p != nil && len(p.ScopesSupported) > 0 && !slices.Contains(p.ScopesSupported, scope)
	}
	for _, is := range []func(string) bool{named, unlisted, func(string) bool { return true }} {
		var found []string
		for _, scope := range requested {
			if is(scope) {
				found = append(found, scope)
			}
		}
		if len(found) > 0 && len(found) < len(requested) {
			return found
		}
	}
	return slices.Clone(requested)
}

// endedCodes are the codes with which providers say that a refresh token has ended: besides
// invalid_grant those of Ory (token_inactive), ForgeRock, Slack and others, and those with which Entra
// ID, Okta and Auth0 ask for the user (OpenID Connect Core section 3.1.2.6).
var endedCodes = []string{
	"invalid_grant", "invalid_token", "expired_token", "token_expired", "token_inactive", "token_revoked", "inactive_token",
	"invalid_refresh_token", "refresh_token_expired", "bad_refresh_token", "session_expired", "invalid_session",
	"interaction_required", "login_required", "consent_required", "account_selection_required", "mfa_required",
	"access_denied", "not_allowed", "user_disabled", "invalid_rapt", "rapt_required",
}

// endedText is how the texts of other codes say it, as letters alone: the word directly before what
// has ended, or soon after it.
var endedText = regexp.MustCompile(`(invalid|expired|revoked|unknown|inactive|malformed|unrecognized)(refreshtoken|session)` +
	`|(refreshtoken|session).{0,40}(invalid|expired|revoked|inactive|notactive|notfound|unknown|alreadybeen|alreadyused|wasused|` +
	`reused|nolonger|notvalid|doesnotexist|terminated|hasended|malformed|consumed)`)

// refreshEnded reports whether an error of a refresh means that the refresh token is of no more use.
// Some providers say so under codes that mean something else: Dex and others with invalid_request,
// Atlassian with unauthorized_client. Codes that are about the client or the scopes mean what they say.
func refreshEnded(e *ProviderError) bool {
	switch {
	case slices.Contains(endedCodes, e.Code):
		return true
	case slices.Contains([]string{"invalid_client", "invalid_scope", "unsupported_grant_type", "temporarily_unavailable"}, e.Code):
		return false
	}
	return endedText.MatchString(letters(e.Description))
}

// asRefreshError makes an error that ends a refresh token ErrSignInAgain, also where it comes without a code.
func asRefreshError(err error) error {
	var vague *UnreachableError
	if errors.As(err, &vague) && endedText.MatchString(letters(vague.said)) {
		err = &ProviderError{Status: vague.Status, Code: http.StatusText(vague.Status), Description: vague.said}
	}
	var refused *ProviderError
	if errors.As(err, &refused) && refreshEnded(refused) {
		refused.kind = ErrSignInAgain
	}
	return err
}
