package servers

import (
	"fmt"
	"os"
)

// connection is a Daypass connection file, but for its role.
const connection = `# A connection to the Daypass sandbox.
version = 1
name = %q
endpoint = %q

[login]
issuer = %q
client_id = %q
scopes = ["openid", "profile", "email", "groups"]
stay_signed_in = true

[keys]
`

// writeConnections writes one connection file for each of MinIO's two ways. They name no duration, so
// the keys live as long as the ID token.
func (s *Sandbox) writeConnections() error {
	s.ClaimConnection, s.RoleConnection = s.path("sandbox.daypass"), s.path("sandbox-role.daypass")
	claim := fmt.Sprintf(connection, "Sandbox lake", s.Endpoint, s.Issuer, ClaimClient)
	role := fmt.Sprintf(connection, "Sandbox lake by role", s.Endpoint, s.Issuer, RoleClient) + "role_arn = \"derive\"\n"
	if err := os.WriteFile(s.ClaimConnection, []byte(claim), 0o600); err != nil {
		return err
	}
	return os.WriteFile(s.RoleConnection, []byte(role), 0o600)
}
