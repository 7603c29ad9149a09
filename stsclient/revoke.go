package stsclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"daypass/auth/safetext"
	"daypass/auth/secret"
)

// ErrNoRevocation means that the server has no way to revoke credentials before they expire. Only MinIO has one.
var ErrNoRevocation = errors.New("the server cannot end keys before their time")

// revokePath is MinIO's admin API, which lets temporary credentials revoke themselves and all of their user's
// other ones with the same TokenRevokeType. No right is needed for that.
const revokePath = "/minio/admin/v3/revoke-tokens/builtin"

// RevokeCredentials revokes credentials that were requested with a TokenRevokeType, and all others of the same user
// and type. The Client must be that of the S3 server. Credentials that have already expired are no error.
//
// Errors: ErrNoRevocation, *Error, and context.Canceled for ctx's own cancellation.
func (c *Client) RevokeCredentials(ctx context.Context, keys Credentials) error {
	req, err := c.signed(ctx, http.MethodPost, keys, "", revokePath, nil)
	if err != nil {
		return c.failure(KindNotSTS, err)
	}
	answer, err := c.http.Do(req)
	if err != nil {
		return c.networkFailure(ctx, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxBody))
	if err != nil {
		return c.networkFailure(ctx, err)
	}
	return c.revoked(answer, body, keys)
}

func (c *Client) revoked(answer *http.Response, body []byte, keys Credentials) error {
	var errorRule struct{ Code, Message string }
	_ = json.Unmarshal(body, &errorRule) // MinIO's admin API is the only one that answers in JSON
	switch {
	case answer.StatusCode == http.StatusNoContent:
		return nil
	case errorRule.Code == "" && answer.StatusCode < 500:
		return ErrNoRevocation
	case errorRule.Code == "InvalidAccessKeyId", errorRule.Code == "InvalidTokenId":
		return nil // they have ended
	}
	for _, quoted := range []*string{&errorRule.Code, &errorRule.Message} {
		*quoted = secret.Scrub(*quoted, keys.SecretAccessKey, keys.SessionToken)
	}
	kind, _ := classify(answer.StatusCode, errorRule.Code, errorRule.Message)
	e := c.status(kind, answer, fmt.Errorf("HTTP status %d", answer.StatusCode))
	e.Code, e.Message = safetext.Line(errorRule.Code, 80), safetext.Line(errorRule.Message, 500)
	return e
}
