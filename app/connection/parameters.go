package connection

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"daypass/app/messages"
)

// AuthorizationParameters returns what l adds to the authorization request: the parameters of OpenID Connect that have
// a field of their own, and the others.
func (l Provider) AuthorizationParameters() map[string]string {
	all := l.ownParameters()
	maps.Copy(all, l.ExtraParameters)
	return all
}

// SameSignIn reports whether the browser is sent to the provider, and comes back, in the same way.
func (l Provider) SameSignIn(other Provider) bool {
	return maps.Equal(l.AuthorizationParameters(), other.AuthorizationParameters()) &&
		l.RedirectHost == other.RedirectHost && slices.Equal(l.RedirectPorts, other.RedirectPorts) && l.RedirectPath == other.RedirectPath
}

// ownParameters are the parameters that have a field of their own, as far as they are set (OpenID Connect Core section
// 3.1.2.1).
func (l Provider) ownParameters() map[string]string {
	own := map[string]string{}
	for name, value := range map[string]string{
		"acr_values": strings.Join(l.ACRValues, " "), "login_hint": l.LoginHint, "prompt": l.Prompt,
	} {
		if value != "" {
			own[name] = value
		}
	}
	if l.MaxAge != 0 {
		own["max_age"] = strconv.FormatInt(int64(l.MaxAge/time.Second), 10)
	}
	return own
}

// unlessTwice returns what is wrong with the field of a parameter: also that the parameter is set a second time.
func (l Provider) unlessTwice(parameter string, problem messages.Message) messages.Message {
	_, own := l.ownParameters()[parameter]
	if _, extra := l.ExtraParameters[parameter]; own && extra {
		return text("parameter-twice", "Parameter", parameter)
	}
	return problem
}

// acrProblem holds each value to what can stand in a list that blanks divide.
func acrProblem(values []string) messages.Message {
	for _, v := range values {
		if v == "" || strings.Contains(v, " ") || !plain(v) {
			return text("acr-value", "Value", strconv.Quote(v))
		}
	}
	return none
}

func maxAgeProblem(d time.Duration) messages.Message {
	if d < 0 || d%time.Second != 0 {
		return text("max-age")
	}
	return none
}

// prompts are the values of the parameter (OpenID Connect Core section 3.1.2.1).
var prompts = []string{"login", "consent", "select_account"}

func promptProblem(s string) messages.Message {
	if s == "none" {
		return none
	}
	for _, word := range strings.Fields(s) {
		if !slices.Contains(prompts, word) {
			return text("prompt")
		}
	}
	return none
}
