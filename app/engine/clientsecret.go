package engine

import (
	"daypass/app/connection"
	"daypass/app/session"
	"daypass/app/sessionstore"
)

// withClientSecret returns def with its client secret: that of its file, where somebody wrote one there, or else the one
// that is stored for its provider.
func (r *runner) withClientSecret(id string, def connection.Definition) connection.Definition {
	if def.Provider.ClientSecret.IsZero() {
		def.Provider.ClientSecret = r.clientSecrets[id].For(def)
	}
	return def
}

// keepClientSecret has the client secret that the user gave with a connection stored; where it is empty, what was stored
// is removed.
func (r *runner) keepClientSecret(id string, c sessionstore.ClientSecret) {
	if c.Value.IsZero() {
		c = sessionstore.ClientSecret{}
	}
	if r.clientSecrets[id].Equal(c) {
		return
	}
	r.clientSecrets[id] = c
	if c.Value.IsZero() {
		delete(r.clientSecrets, id)
	}
	r.storeClientSecret(id, c)
}

// storeClientSecret changes what is stored of a connection's client secret.
func (r *runner) storeClientSecret(id string, c sessionstore.ClientSecret) {
	if r.records == nil {
		return
	}
	req, err := sessionstore.ClientSecretRequest(id, c, now())
	if err != nil {
		r.log.Error("a client secret cannot be stored", "id", id, "error", err)
		return
	}
	r.records.Put(req)
}

// restoreClientSecret takes up a client secret as it was stored. One that is of no use to its connection any more is
// removed: it must not go to another provider because the file was changed while no agent ran.
func (r *runner) restoreClientSecret(id string, c sessionstore.ClientSecret) {
	run := r.sessions[id]
	switch {
	case run == nil && len(r.unreadable) > 0: // its connection may be among those that could not be read
		r.clientSecrets[id] = c
	case run == nil || c.For(run.def).IsZero():
		r.log.Info("a stored client secret belongs to no connection", "id", id)
		r.storeClientSecret(id, sessionstore.ClientSecret{})
	default:
		r.clientSecrets[id] = c
		r.equip(id, run, r.withClientSecret(id, run.def))
	}
}

// clientSecretsUnsaved returns the problem that client secrets are in memory alone; nil where they are not.
func (r *runner) clientSecretsUnsaved() []session.Problem {
	if len(r.clientSecrets) == 0 || r.records != nil && !r.storeStatus.InMemory() {
		return nil
	}
	return []session.Problem{{Code: "client-secret-not-stored", At: now()}}
}
