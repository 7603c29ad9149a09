// An OpenID provider for tests: the npm package oidc-provider with its own sign-in pages, on loopback. What it
// insists on comes as JSON in the first argument:
//
//   port       where it listens
//   issuer     what it calls itself
//   client     the ID of the one client, public and native
//   lifetime   seconds that ID and access tokens are valid
//   algorithm  of ID tokens: RS256, ES256 or EdDSA
//   par, dpop  require pushed authorization requests, proofs of possession
//   offline    "consent": a refresh token only after prompt=consent; otherwise with each sign-in
//   rotate     each refresh token is good for one use
//   refreshWithoutIDToken   refreshing returns no ID token
//   jwtAccessTokens         access tokens are JWTs for the client
//   policy     the claim of the same name, of everybody
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';

const options = JSON.parse(process.argv[2]);
const algorithm = options.algorithm ?? 'RS256';

function signingKeys() {
  const [kind, parameters] = {
    RS256: ['rsa', { modulusLength: 2048 }],
    ES256: ['ec', { namedCurve: 'P-256' }],
    EdDSA: ['ed25519', {}],
  }[algorithm];
  const key = generateKeyPairSync(kind, parameters).privateKey.export({ format: 'jwk' });
  return { keys: [{ ...key, use: 'sig', alg: algorithm, kid: `interop-${Date.now()}` }] };
}

const account = (sub) => ({
  accountId: sub,
  claims: () => ({ sub, email: sub, email_verified: true, name: sub, policy: options.policy, groups: [options.policy] }),
});

const provider = new Provider(options.issuer, {
  clients: [{
    client_id: options.client,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    redirect_uris: ['http://127.0.0.1/callback'],
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    response_types: ['code'],
    id_token_signed_response_alg: algorithm,
    dpop_bound_access_tokens: options.dpop === true,
  }],
  jwks: signingKeys(),
  cookies: { keys: [randomBytes(16).toString('hex')] },
  findAccount: (_ctx, sub) => account(sub),
  claims: { openid: ['sub', 'policy', 'groups'], email: ['email', 'email_verified'], profile: ['name'] },
  conformIdTokenClaims: false,
  scopes: ['openid', 'offline_access'],
  features: {
    devInteractions: { enabled: true },
    deviceFlow: { enabled: true },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    pushedAuthorizationRequests: { enabled: options.par === true, requirePushedAuthorizationRequests: options.par === true },
    dPoP: { enabled: options.dpop === true, nonceSecret: options.dpop ? randomBytes(32) : undefined, requireNonce: () => options.dpop === true },
    resourceIndicators: {
      enabled: options.jwtAccessTokens === true,
      defaultResource: () => 'urn:daypass:storage',
      useGrantedResource: () => true,
      getResourceServerInfo: (_ctx, _resource, client) => ({
        scope: '', audience: client.clientId, accessTokenFormat: 'jwt', accessTokenTTL: options.lifetime, jwt: { sign: { alg: algorithm } },
      }),
    },
  },
  extraTokenClaims: () => (options.jwtAccessTokens ? { policy: options.policy } : undefined),
  issueRefreshToken: (_ctx, client, source) =>
    client.grantTypeAllowed('refresh_token') && (options.offline !== 'consent' || source.scopes.has('offline_access')),
  rotateRefreshToken: options.rotate !== false,
  ttl: {
    AccessToken: options.lifetime, IdToken: options.lifetime, DeviceCode: 600, Interaction: 3600,
    RefreshToken: 86400, Session: 86400, Grant: 86400,
  },
});

provider.proxy = true;
provider.use(async (ctx, next) => {
  await next();
  const grant = ctx.oidc?.params?.grant_type;
  if (options.refreshWithoutIDToken && ctx.oidc?.route === 'token' && grant === 'refresh_token' && ctx.body) delete ctx.body.id_token;
});
provider.on('server_error', (_ctx, err) => console.error(err));
provider.listen(options.port, '127.0.0.1');
