package gateway

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"daypass/app/broker/clients"
	"daypass/app/gateway/sigv4"
	"daypass/app/tools"
)

// Source returns the credentials for a request of a client, and the server that they are for. It may wait for a
// renewal, and returns as soon as ctx ends.
type Source func(ctx context.Context, c clients.Client) (tools.Access, error)

// handler serves the requests to one port.
type handler struct {
	*Gateway
	port string
}

var methods = []string{http.MethodGet, http.MethodHead, http.MethodPut, http.MethodPost, http.MethodDelete}

// ServeHTTP implements http.Handler.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h.serve(w, r); err != nil {
		writeError(w, err)
	}
	drain(w, r.Body)
}

func (h *handler) serve(w http.ResponseWriter, r *http.Request) *sigv4.Error {
	bucket, ok := ours(r.Host, h.port)
	switch {
	case !ok, fromPage(r):
		return errHost
	case !slices.Contains(methods, r.Method), len(r.Header["Upgrade"]) > 0:
		return errMethod
	}
	signed, client, err := h.verify(r)
	if err != nil {
		return err
	}
	to := addressOf(bucket, r.URL)
	if !to.isData(r.Method, signed.Query) {
		h.list.NoteFetch(client.ID, false)
		return errNotData
	}
	return h.admit(w, r, forwarding{Verified: signed, client: client, to: to})
}

// fromPage reports whether a page in a browser has made the request. A link that a user opens comes from none.
func fromPage(r *http.Request) bool {
	_, origin := r.Header["Origin"]
	site, fetched := r.Header["Sec-Fetch-Site"]
	return origin || fetched && !slices.Equal(site, []string{"none"})
}

// verify returns the client whose signature a request has.
func (h *handler) verify(r *http.Request) (sigv4.Verified, clients.Client, *sigv4.Error) {
	request, err := sigv4.Read(r)
	if err != nil {
		return sigv4.Verified{}, clients.Client{}, asDenial(err)
	}
	client, key, err := h.list.ByAccessKey(request.AccessKeyID)
	if err != nil {
		return sigv4.Verified{}, clients.Client{}, errUnknownKey
	}
	signed, err := request.Verify(key, h.now())
	if err != nil {
		h.list.NoteFetch(client.ID, false)
		return sigv4.Verified{}, clients.Client{}, asDenial(err)
	}
	return signed, client, nil
}

// asDenial returns an error as it is answered: one of sigv4's, or that of a body that broke off.
func asDenial(err error) *sigv4.Error {
	if refused, ok := errors.AsType[*sigv4.Error](err); ok {
		return refused
	}
	return sigv4.ErrIncomplete
}

// admit forwards the request of a client unless it is paused, revoked, or has too many already.
func (h *handler) admit(w http.ResponseWriter, r *http.Request, f forwarding) *sigv4.Error {
	ctx, leave, ok := h.requests.begin(r.Context(), f.client.ID)
	if !ok {
		h.list.NoteFetch(f.client.ID, false)
		return errTooMany
	}
	defer leave()
	defer h.activity.begin()()
	if !h.list.Has(f.client.ID) { // revoked since: revoking ends the requests that have begun after that
		return errUnknownKey
	}
	err := ErrPaused
	if !f.client.Paused {
		f.access, err = h.source(ctx, f.client)
	}
	h.list.NoteFetch(f.client.ID, err == nil)
	if err != nil {
		return denialOf(err)
	}
	if f.server, err = h.servers.of(f.access); err != nil {
		h.log.Warn("the gateway cannot reach a connection's server", "connection", f.access.Connection, "error", err)
		return errSettings
	}
	return h.forward(w, r.WithContext(ctx), f)
}
