package failure

import (
	"errors"
	"maps"
	"strings"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/auth"
)

// providerProblems is the table of what an identity provider refuses for a cause of its own. It comes
// before the general one.
var providerProblems = []entry{
	{is: auth.ErrUnsupported, class: session.Refused, code: "login-unsupported", reason: true},
	{is: auth.ErrCodeExpired, class: session.Refused, code: "login-code-expired"},
	{is: auth.ErrOfflineRefused, class: session.Refused, code: "login-offline-refused", reason: true},
	{is: auth.ErrScopeRefused, class: session.Refused, code: "login-scope-refused", reason: true},
	{is: auth.ErrConsentRequired, class: session.Refused, code: "login-consent-required", reason: true},
	{is: auth.ErrInteractionRequired, class: session.Refused, code: "login-interaction-required", reason: true},
	{is: auth.ErrClientRefused, class: session.Refused, code: "login-client-refused", reason: true},
	{is: auth.ErrTemporary, class: session.Transient, code: "login-temporary", reason: true},
	{is: errRenewalRefused, class: session.Refused, code: "login-renewal-refused", reason: true},
}

// errRenewalRefused is an ErrRefusedByProvider that answers a renewal.
var errRenewalRefused = errors.New("the provider refused a renewal")

// RenewalError is the failure of a renewal at the provider.
type RenewalError struct{ Err error }

// Error implements error.
func (e RenewalError) Error() string { return e.Err.Error() }

// Unwrap returns what happened.
func (e RenewalError) Unwrap() error { return e.Err }

// Is makes an error errRenewalRefused.
func (e RenewalError) Is(target error) bool {
	return target == errRenewalRefused && errors.Is(e.Err, auth.ErrRefusedByProvider)
}

// renewalClass returns what a failure of a class means where it is one of a renewal. What the provider refuses again
// and again is not tried forever.
func renewalClass(class session.Class, err error) session.Class {
	renewal := RenewalError{}
	switch {
	case !errors.As(err, &renewal):
		return class
	case class == session.Refused && errors.Is(err, errRenewalRefused):
		return session.RenewalRefused
	case class == session.Transient && auth.IsVagueDenial(err):
		return session.RenewalDoubted
	}
	return class
}

// hints are the errors of Entra ID of which the provider's text names the cause, by the ends of the IDs of what an
// administrator changes.
var hints = []struct{ code, hint string }{
	{"AADSTS7000218", "aadsts7000218"},
	{"AADSTS9002326", "aadsts9002326"},
	{"AADSTS9002327", "aadsts9002326"},
	{"AADSTS700016", "aadsts700016"},
	{"AADSTS7000215", "aadsts7000215"},
	{"AADSTS7000222", "aadsts7000222"},
	{"AADSTS50011", "aadsts50011"},
	{"AADSTS50105", "aadsts50105"},
	{"AADSTS53003", "aadsts53003"},
	{"AADSTS50057", "aadsts50057"},
}

// hintsFor is what an administrator changes besides what belongs to the code.
func hintsFor(err error) []messages.Message {
	refused := new(auth.ProviderError)
	if !errors.As(err, &refused) {
		return nil
	}
	for _, h := range hints {
		if strings.Contains(refused.Description, h.code) {
			return []messages.Message{{ID: "problem.hint." + h.hint}}
		}
	}
	return nil
}

// isProviders reports whether an error is one in the provider's own words.
func isProviders(err error) bool {
	refused := new(auth.ProviderError)
	return errors.As(err, &refused)
}

// textOfReason begins the IDs of the texts for the reasons of package auth.
const textOfReason = "problem.reason.provider."

// ReasonsOf returns what an error of the provider's side says of its cause; none where it is known by its code alone.
func ReasonsOf(err error) (all []messages.Message) {
	for _, r := range auth.Reasons(err) {
		all = append(all, ReasonMessage(r))
	}
	return all
}

// ReasonMessage returns the words of a reason of package auth.
func ReasonMessage(r auth.Reason) messages.Message {
	said := r.Params["Message"]
	switch {
	case r.Code == auth.ReasonProviderMessage:
		return session.ProviderMessage(said)
	case said != "":
		r.Params = maps.Clone(r.Params)
		r.Params["Message"] = session.Sentence(said)
	}
	return messages.Message{ID: textOfReason + string(r.Code), Args: r.Params}
}

// scopesOf are the scopes that a failure is about, else those that the connection asks for.
func scopesOf(err error, def connection.Definition) string {
	if refused := new(auth.ProviderError); errors.As(err, &refused) && len(refused.Scopes) > 0 {
		return strings.Join(refused.Scopes, ", ")
	}
	if len(def.Provider.Scopes) == 0 {
		return "openid, profile, email"
	}
	return strings.Join(def.Provider.Scopes, ", ")
}
