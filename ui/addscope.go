package ui

import (
	"context"
	"slices"

	"daypass/app"
)

// addScope has a connection request the scope that its last refusal suggests, and signs in again.
func (u *Window) addScope(id string) {
	p := u.agent.Session(id).Problem
	if p == nil || p.Scope == "" {
		return
	}
	scope := p.Scope
	u.awaited[id] = false
	u.agent.Call(func(ctx context.Context, core app.Core) error {
		def, err := core.Connection(ctx, id)
		if err != nil {
			return err
		}
		def.Login.Scopes = withScope(def.Login.Scopes, scope)
		if _, err := core.SaveConnection(ctx, def); err != nil {
			return err
		}
		return core.SignIn(ctx, id)
	})
}

// defaultScopes are those that a connection requests which names none.
var defaultScopes = []string{"openid", "profile", "email"}

func withScope(scopes []string, scope string) []string {
	if len(scopes) == 0 {
		scopes = defaultScopes
	}
	if slices.Contains(scopes, scope) {
		return scopes
	}
	return append(slices.Clone(scopes), scope)
}
