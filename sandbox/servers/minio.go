package servers

import (
	"context"
	"crypto/rand"
	"os"
	"os/exec"
	"strings"

	"github.com/minio/madmin-go/v3"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"daypass/sandbox/process"
)

// StartMinIO starts MinIO at the same address and on the same files as before. Dex must be running:
// MinIO asks it for its keys and is not ready before it has them. It does nothing where MinIO runs:
// a second one would listen on the same port.
func (s *Sandbox) StartMinIO(ctx context.Context) error {
	if s.minio != nil {
		return nil
	}
	s.options.Progress("Starting MinIO at " + s.Endpoint)
	cmd := exec.Command(s.program("minio"), "server", "--quiet", "--address", s.endpointHost(), s.path("minio"))
	cmd.Env = append(os.Environ(), s.minioSettings()...)
	var err error
	if s.minio, err = process.Run(cmd, s.path("minio.log")); err != nil {
		return err
	}
	return s.minio.Ready(ctx, s.Endpoint+"/minio/health/cluster")
}

// StopMinIO stops MinIO. It does nothing where MinIO does not run.
func (s *Sandbox) StopMinIO() error {
	p := s.minio
	s.minio = nil
	return p.Stop()
}

// minioSettings is MinIO's configuration as environment variables. The client secrets are random and
// known to nobody else: without one, MinIO takes tokens that anybody can sign (CVE-2026-33322).
func (s *Sandbox) minioSettings() []string {
	discovery := s.Issuer + "/.well-known/openid-configuration"
	return []string{
		"MINIO_ROOT_USER=" + s.root.name, "MINIO_ROOT_PASSWORD=" + s.root.password,
		"MINIO_BROWSER=off", "MINIO_UPDATE=off", "TZ=UTC",

		"MINIO_IDENTITY_OPENID_CONFIG_URL=" + discovery,
		"MINIO_IDENTITY_OPENID_CLIENT_ID=" + ClaimClient,
		"MINIO_IDENTITY_OPENID_CLIENT_SECRET=" + rand.Text(),
		"MINIO_IDENTITY_OPENID_CLAIM_NAME=groups",

		"MINIO_IDENTITY_OPENID_CONFIG_URL_ROLE=" + discovery,
		"MINIO_IDENTITY_OPENID_CLIENT_ID_ROLE=" + RoleClient,
		"MINIO_IDENTITY_OPENID_CLIENT_SECRET_ROLE=" + rand.Text(),
		"MINIO_IDENTITY_OPENID_ROLE_POLICY_ROLE=" + rolePolicy,
	}
}

func (s *Sandbox) endpointHost() string { return strings.TrimPrefix(s.Endpoint, "http://") }

func (s *Sandbox) rootKeys() *credentials.Credentials {
	return credentials.NewStaticV4(s.root.name, s.root.password, "")
}

// addPolicies adds to MinIO the policies that it does not have by itself.
func (s *Sandbox) addPolicies(ctx context.Context) error {
	admin, err := madmin.NewWithOptions(s.endpointHost(), &madmin.Options{Creds: s.rootKeys()})
	if err != nil {
		return err
	}
	for name, policy := range policies {
		if err := admin.AddCannedPolicy(ctx, name, []byte(policy)); err != nil {
			return err
		}
	}
	return nil
}
