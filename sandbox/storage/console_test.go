package storage

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"daypass/auth/secret"
	"daypass/stsclient"
)

// The console's address, copied from the browser, is told from every other web page.
func TestConsole_recognized(t *testing.T) {
	console := freeAddress(t)
	cmd := exec.Command(filepath.Join("..", "..", "build", "bin", "minio"), "server", "--quiet", "--address", freeAddress(t), "--console-address", console, t.TempDir())
	cmd.Env = append(os.Environ(), "MINIO_ROOT_USER=root-of-test", "MINIO_ROOT_PASSWORD=no-secret-here", "MINIO_UPDATE=off", "HOME="+t.TempDir())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Signal(syscall.SIGTERM); _ = cmd.Wait() })
	client, err := stsclient.New(stsclient.Config{Endpoint: "http://" + console})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		_, err = client.AssumeRoleWithWebIdentity(ctx, stsclient.Request{WebIdentityToken: secret.New("a.b.c")})
		stsErr, ok := errors.AsType[*stsclient.Error](err)
		switch {
		case ctx.Err() != nil || !ok:
			t.Fatalf("the console says %v", err)
		case stsErr.Kind == stsclient.KindConsole:
			return
		case stsErr.Kind != stsclient.KindUnreachable: // it is not up yet
			t.Fatalf("taken for %s: %v", stsErr.Kind, err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
