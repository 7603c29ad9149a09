//go:build interop

package providers

import (
	"testing"

	"daypass/sandbox/interop/idp"
	"daypass/sandbox/interop/store"
)

func TestKeycloak(t *testing.T) {
	t.Parallel()
	keycloak := idp.StartKeycloak(t)
	const refused = "Staying signed in not allowed"
	notRenewed := map[string]string{renewal: "Session expired"}
	for settings, c := range map[string]struct {
		realm idp.Realm
		login string
		wants map[string]string
	}{
		"default realm": {realm: idp.Realm{Name: "default", Lifetime: lifetime}},
		"revoke refresh token": {realm: idp.Realm{
			Name: "one-use", Lifetime: lifetime, Settings: map[string]any{"revokeRefreshToken": true, "refreshTokenMaxReuse": 0},
		}},
		"no scope offline_access": {realm: idp.Realm{Name: "no-scope", Lifetime: lifetime, NoOfflineScope: true}, wants: map[string]string{signIn: refused}},
		"no role offline_access":  {realm: idp.Realm{Name: "no-role", Lifetime: lifetime, NoOfflineRole: true}, wants: map[string]string{signIn: refused}},
		"no scope offline_access, stay_signed_in = false": {
			realm: idp.Realm{Name: "memory", Lifetime: lifetime, NoOfflineScope: true}, login: "stay_signed_in = false", wants: notRenewed,
		},
		"short sessions": {realm: idp.Realm{Name: "short", Lifetime: lifetime, Settings: map[string]any{"ssoSessionIdleTimeout": 60, "ssoSessionMaxLifespan": 60}}},
	} {
		t.Run(settings, func(t *testing.T) {
			t.Parallel()
			p := keycloak.Add(t, c.realm)
			p.Login = c.login
			tour(t, "Keycloak", settings, p, store.MinIO(t, p), c.wants)
		})
	}
}
