package oidctest

import (
	"maps"
	"net/http"
	"net/url"
)

// servePush takes an authorization request (RFC 9126 section 2).
func (i *Issuer) servePush(w http.ResponseWriter, r *http.Request, b Behavior) {
	switch {
	case !b.Pushed:
		http.NotFound(w, r)
	case !authenticated(r, b) || r.PostForm.Get("client_id") != ClientID:
		refuse(w, http.StatusUnauthorized, "invalid_client", "")
	case r.PostForm.Has("request_uri") || r.PostForm.Get("response_type") != "code":
		refuse(w, http.StatusBadRequest, "invalid_request", "")
	default:
		request := maps.Clone(r.PostForm)
		request.Del("client_secret")
		reference := "urn:ietf:params:oauth:request_uri:" + i.issue("request-")
		i.mu.Lock()
		i.pushed[reference] = request
		i.mu.Unlock()
		writeJSON(w, http.StatusCreated, map[string]any{"request_uri": reference, "expires_in": 60})
	}
}

// requested returns the parameters of an authorization request: those that were pushed, where it refers to any.
func (i *Issuer) requested(q url.Values, b Behavior) url.Values {
	reference := q.Get("request_uri")
	if reference == "" || !b.Pushed {
		return q
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	request := i.pushed[reference]
	delete(i.pushed, reference)
	return request
}
