// Package store runs real storage servers on loopback that take the sign-ins of a provider.
package store

import (
	"crypto/rand"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"daypass/sandbox/faults"
	"daypass/sandbox/interop/idp"
	"daypass/sandbox/process"
)

// Server is a running storage server.
type Server struct {
	// Endpoint is the URL for S3.
	Endpoint string
	// Keys are more lines for the table keys of a connection file.
	Keys string
}

// MinIO starts a MinIO. It is ready once it likes the keys of its provider.
func MinIO(tb testing.TB, p *idp.Provider) Server {
	tb.Helper()
	address := net.JoinHostPort("127.0.0.1", freePort(tb))
	program, err := filepath.Abs(filepath.Join("..", "..", "..", "build", "bin", "minio"))
	must(tb, err)
	cmd := exec.Command(program, "server", "--quiet", "--address", address, filepath.Join(tb.TempDir(), "data"))
	cmd.Env = append(os.Environ(), "MINIO_ROOT_USER=interop", "MINIO_ROOT_PASSWORD="+rand.Text(), "MINIO_BROWSER=off", "MINIO_UPDATE=off", "TZ=UTC",
		"MINIO_IDENTITY_OPENID_CONFIG_URL="+p.Discovery(), "MINIO_IDENTITY_OPENID_CLIENT_ID="+p.ClientID,
		"MINIO_IDENTITY_OPENID_CLIENT_SECRET="+rand.Text())
	s := Server{Endpoint: "http://" + address}
	if p.Claim != "" {
		cmd.Env = append(cmd.Env, "MINIO_IDENTITY_OPENID_CLAIM_NAME="+p.Claim)
	} else {
		cmd.Env = append(cmd.Env, "MINIO_IDENTITY_OPENID_ROLE_POLICY="+idp.Policy)
		s.Keys = "role_arn = \"derive\"\n"
	}
	must(tb, start(tb, cmd).Ready(tb.Context(), s.Endpoint+"/minio/health/cluster"))
	return s
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func freePort(tb testing.TB) string {
	tb.Helper()
	port, err := faults.FreePort()
	must(tb, err)
	return strconv.Itoa(port)
}

// start starts a server that the test's end stops.
func start(tb testing.TB, cmd *exec.Cmd) *process.Process {
	tb.Helper()
	p, err := process.Run(cmd, filepath.Join(tb.TempDir(), filepath.Base(cmd.Path)+".log"))
	must(tb, err)
	tb.Cleanup(func() {
		if err := p.Stop(); err != nil {
			tb.Error(err)
		}
	})
	return p
}
