package headless

import (
	"context"
	"crypto/rand"
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

// Stand is the sandbox's servers, each with a proxy before it that has faults on demand. Anyone who asks
// for Dex by its own name asks the proxy, MinIO too.
type Stand struct {
	Sandbox *servers.Sandbox
	// People are the ones besides the sandbox's own.
	People []servers.User
	// Dex and MinIO are the proxies.
	Dex, MinIO *faults.Proxy
}

// TokenPath is the path of Dex's token endpoint.
const TokenPath = "/dex/token"

// NewStand starts the servers, whose programs are in bin, with that many people more than the sandbox's.
func NewStand(ctx context.Context, bin string, tokenLife time.Duration, people int) (*Stand, error) {
	behind, err := faults.FreePort()
	if err != nil {
		return nil, err
	}
	listen := net.JoinHostPort("127.0.0.1", strconv.Itoa(behind))
	s := &Stand{}
	for n := range people {
		s.People = append(s.People, somebody(n))
	}
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
	s.Sandbox, err = servers.Start(ctx, servers.Options{Bin: bin, IDTokenLife: tokenLife, DexPort: front, DexListen: listen, More: s.People})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if s.MinIO, err = faults.Start(0, s.Sandbox.Endpoint); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func somebody(n int) servers.User {
	email := fmt.Sprintf("user-%02d@example.com", n)
	return servers.User{Email: email, Password: rand.Text(), Name: email, May: servers.Ada.May, Policy: servers.Ada.Policy}
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
