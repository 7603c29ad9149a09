package presets

// fixedPorts are those of redirect URIs where each must be registered: unassigned ones below those that systems give to
// clients.
var fixedPorts = []int{18250, 18251, 18252}

var (
	usualScopes = []string{"openid", "profile", "email"}
	groupScopes = []string{"openid", "profile", "email", "groups"}
)

// providers are the identity providers, in the order of their names.
var providers = []Product{
	{
		ID: "adfs", Client: "Native application accessing a web API", Name: "AD FS", Kind: Provider, Paths: []string{"/adfs"}, Redirect: ExactPorts,
		Documentation: "https://learn.microsoft.com/windows-server/identity/ad-fs/development/ad-fs-openid-connect-oauth-concepts",
		Defaults:      Defaults{Scopes: []string{"openid", "profile", "email", "allatclaims"}, RedirectPorts: fixedPorts},
	},
	{
		ID: "auth0", Client: "Native", Name: "Auth0", Kind: Provider, Hosts: []string{".auth0.com"}, Redirect: ExactPorts,
		Documentation: "https://auth0.com/docs/get-started/applications/application-settings",
		Defaults:      Defaults{Scopes: usualScopes, RedirectPorts: fixedPorts},
	},
	{
		ID: "authentik", Client: "Public", Name: "Authentik", Kind: Provider, Paths: []string{"/application/o/"}, Redirect: Pattern,
		Documentation: "https://docs.goauthentik.io/add-secure-apps/providers/oauth2/",
		Defaults:      Defaults{Scopes: usualScopes},
	},
	{
		ID: "dex", Client: "public: true", Name: "Dex", Kind: Provider, Paths: []string{"/dex"}, Redirect: None,
		Documentation: "https://dexidp.io/docs/configuration/",
		Defaults:      Defaults{Scopes: groupScopes},
	},
	{
		ID: "entra", Client: "Mobile and desktop applications", Name: "Entra ID", Kind: Provider, Redirect: AnyPort,
		Hosts:         []string{"login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn", "sts.windows.net"},
		Documentation: "https://learn.microsoft.com/entra/identity-platform/reply-url",
		Defaults:      Defaults{Scopes: usualScopes, RedirectHost: "localhost"},
	},
	{
		ID: "github", Name: "GitHub", Kind: Provider, Hosts: []string{"github.com", "token.actions.githubusercontent.com"}, Unusable: true,
		Documentation: "https://docs.github.com/actions/concepts/security/openid-connect",
	},
	{
		ID: "gitlab", Client: "not Confidential", Name: "GitLab", Kind: Provider, Hosts: []string{"gitlab.com"}, Redirect: AnyPort,
		Documentation: "https://docs.gitlab.com/integration/openid_connect_provider/",
		Defaults:      Defaults{Scopes: usualScopes},
	},
	{
		ID: "google", Client: "Desktop app", Name: "Google", Kind: Provider, Hosts: []string{"accounts.google.com"}, Redirect: None,
		Documentation: "https://developers.google.com/identity/protocols/oauth2/native-app",
		Defaults:      Defaults{Scopes: usualScopes, ExtraParameters: map[string]string{"access_type": "offline", "prompt": "consent"}},
		Ask:           []string{ClientSecret},
	},
	{
		ID: "keycloak", Client: "Client authentication: Off", Name: "Keycloak", Kind: Provider, Paths: []string{"/realms/"}, Redirect: AnyPort,
		Documentation: "https://www.keycloak.org/docs/latest/server_admin/",
		Defaults:      Defaults{Scopes: usualScopes},
	},
	{
		ID: "okta", Client: "Native Application", Name: "Okta", Kind: Provider, Hosts: []string{".okta.com", ".oktapreview.com", ".okta-emea.com"}, Redirect: ExactPorts,
		Documentation: "https://developer.okta.com/docs/guides/implement-grant-type/authcodepkce/main/",
		Defaults:      Defaults{Scopes: groupScopes, RedirectPorts: fixedPorts},
	},
	{
		ID: "hydra", Client: "token_endpoint_auth_method: none", Name: "Ory Hydra", Kind: Provider, Hosts: []string{".projects.oryapis.com"}, Redirect: AnyPort,
		Documentation: "https://www.ory.com/docs/hydra",
		Defaults:      Defaults{Scopes: usualScopes},
	},
	{
		ID: "ping", Client: "Native", Name: "PingOne", Kind: Provider, Redirect: AnyPort,
		Hosts:         []string{".pingone.com", ".pingone.eu", ".pingone.ca", ".pingone.asia", ".pingone.com.au"},
		Documentation: "https://docs.pingidentity.com/pingone/applications/p1_wildcard_redirect_uri.html",
		Defaults:      Defaults{Scopes: usualScopes},
	},
	{
		ID: "zitadel", Client: "Native", Name: "Zitadel", Kind: Provider, Hosts: []string{".zitadel.cloud"}, Redirect: AnyPort,
		Documentation: "https://zitadel.com/docs/guides/integrate/login/oidc/login-users",
		Defaults:      Defaults{Scopes: usualScopes},
	},
}
