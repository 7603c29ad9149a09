package rig

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"daypass/sandbox/faults"
	"daypass/sandbox/servers"
)

// Stand is the sandbox's servers, each with a proxy before it that has faults on demand. Whoever asks
// for Dex by its own name asks the proxy, MinIO too.
type Stand struct {
	Sandbox *servers.Sandbox
	// Dex and MinIO are the proxies.
	Dex, MinIO *faults.Proxy
}

// TokenPath is the path of Dex's token endpoint.
const TokenPath = "/dex/token"

// NewStand starts the servers, whose programs are in bin.
func NewStand(ctx context.Context, bin string, tokenLife time.Duration) (*Stand, error) {
	behind, err := faults.FreePort()
	if err != nil {
		return nil, err
	}
	listen := net.JoinHostPort("127.0.0.1", strconv.Itoa(behind))
	s := &Stand{}
	if s.Dex, err = faults.Start(0, "http://"+listen); err != nil {
		return nil, err
	}
	_, port, err := net.SplitHostPort(strings.TrimPrefix(s.Dex.URL, "http://"))
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	front, err := strconv.Atoi(port)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.Sandbox, err = servers.Start(ctx, servers.Options{Bin: bin, IDTokenLife: tokenLife, DexPort: front, DexListen: listen})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if s.MinIO, err = faults.Start(0, s.Sandbox.Endpoint); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Connection is a connection file for MinIO behind the proxy given, which asks for keys of a duration;
// zero asks for none.
func (s *Stand) Connection(name string, minio *faults.Proxy, duration time.Duration) ([]byte, error) {
	data, err := os.ReadFile(s.Sandbox.ClaimConnection)
	if err != nil {
		return nil, err
	}
	text := strings.Replace(string(data), s.Sandbox.Endpoint, minio.URL, 1)
	text = strings.Replace(text, `name = "Sandbox lake"`, fmt.Sprintf("name = %q", name), 1)
	if duration > 0 {
		text += fmt.Sprintf("duration = %q\n", duration)
	}
	return []byte(text), nil
}

// Close ends the servers and the proxies.
func (s *Stand) Close() error {
	var errs []error
	if s.Sandbox != nil {
		errs = append(errs, s.Sandbox.Close())
	}
	for _, p := range []*faults.Proxy{s.Dex, s.MinIO} {
		if p != nil {
			errs = append(errs, p.Close())
		}
	}
	return errors.Join(errs...)
}
