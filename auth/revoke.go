package auth

import (
	"context"
	"fmt"
	"net/url"

	"daypass/auth/secret"
)

// Revoke revokes a refresh token at the provider (RFC 7009). Providers answer
// success for a token that has already ended. An empty token needs no revocation.
//
// Errors: ErrNoRevocation, ErrRefusedByProvider, ErrIssuerUnreachable, ErrDiscovery, ErrOtherSite, ErrMixUp,
// ErrCanceled.
func (c *Client) Revoke(ctx context.Context, refreshToken secret.Secret) error {
	if refreshToken.IsZero() {
		return nil
	}
	if err := c.revoke(ctx, refreshToken); err != nil {
		return fmt.Errorf("revoke: %w", err)
	}
	return nil
}

func (c *Client) revoke(ctx context.Context, refreshToken secret.Secret) error {
	p, err := c.Metadata(ctx)
	if err != nil {
		return err
	}
	if p.RevocationEndpoint == "" {
		return ErrNoRevocation
	}
	if err := c.checkSites(p, p.RevocationEndpoint); err != nil {
		return err
	}
	_, err = c.postForm(ctx, p, post{doing: "revocation", address: p.RevocationEndpoint, form: url.Values{
		"token": {refreshToken.Reveal()}, "token_type_hint": {"refresh_token"},
	}})
	return err
}
