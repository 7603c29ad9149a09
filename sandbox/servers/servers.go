// Package servers runs the two servers that Daypass is tried and tested against, a real MinIO and a
// real Dex, on loopback addresses with people, policies and content of the sandbox's own.
//
// MinIO is set up in both ways it knows: one client ID for which the policies are named by the
// token's groups claim, and one for which a role policy holds, no matter who signs in.
package servers

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/sandbox/process"
)

// Options say how to start a sandbox. The zero value of each field but Bin is fine.
type Options struct {
	// Bin is the folder with the programs minio and dex.
	Bin string
	// MinIOPort and DexPort are the ports on 127.0.0.1; zero takes a free one.
	MinIOPort, DexPort int
	// DexListen is the address at which Dex itself listens where something else stands at DexPort, which
	// then must be given, and passes requests on. Empty: Dex has DexPort.
	DexListen string
	// More are people besides Users. Dex has one refresh token for each user and client, so that
	// sessions beside each other are of different people.
	More []User
	// IDTokenLife is how long ID tokens live, and with them the keys. Zero is two minutes: long enough
	// to look around, short enough to see a renewal.
	IDTokenLife time.Duration
	// Objects is how many small objects to put into one more bucket, ManyBucket.
	Objects int
	// Progress is told what is going on, in sentences. It may be nil.
	Progress func(string)
}

// defaultTokenLife is used where Options name none.
const defaultTokenLife = 2 * time.Minute

// Sandbox is a running pair of servers. Its methods are for one goroutine at a time.
type Sandbox struct {
	// Endpoint is the URL of MinIO, for S3 and STS.
	Endpoint string
	// Issuer is the URL of Dex.
	Issuer string
	// ClaimConnection and RoleConnection are connection files that Daypass opens.
	ClaimConnection, RoleConnection string

	dir        string
	options    Options
	root       login
	dex, minio *process.Process
}

// login is a name and a password that are made up for one sandbox.
type login struct{ name, password string }

// Start starts both servers, fills MinIO and writes the connection files. It returns when
// everything is ready. Close ends the servers and removes all they wrote.
func Start(ctx context.Context, options Options) (*Sandbox, error) {
	if options.IDTokenLife == 0 {
		options.IDTokenLife = defaultTokenLife
	}
	if options.Progress == nil {
		options.Progress = func(string) {}
	}
	dir, err := os.MkdirTemp(scratch(options.Objects), "sandbox")
	if err != nil {
		return nil, err
	}
	s := &Sandbox{dir: dir, options: options, root: login{"sandbox-admin", rand.Text()}}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Sandbox) start(ctx context.Context) error {
	if err := s.chooseAddresses(); err != nil {
		return err
	}
	if err := s.writeConnections(); err != nil {
		return err
	}
	if err := s.StartDex(ctx); err != nil {
		return err
	}
	if err := s.StartMinIO(ctx); err != nil {
		return err
	}
	if err := s.addPolicies(ctx); err != nil {
		return err
	}
	client, err := s.Admin()
	if err != nil {
		return err
	}
	s.options.Progress("Filling the buckets.")
	return s.fill(ctx, client)
}

func (s *Sandbox) chooseAddresses() error {
	minioAddress, err := address(s.options.MinIOPort)
	if err != nil {
		return err
	}
	dexAddress := net.JoinHostPort("127.0.0.1", strconv.Itoa(s.options.DexPort))
	if s.options.DexListen == "" {
		if dexAddress, err = address(s.options.DexPort); err != nil {
			return err
		}
	}
	s.Endpoint, s.Issuer = "http://"+minioAddress, "http://"+dexAddress+"/dex"
	return nil
}

// The ports to choose from lie below those that systems give to clients: a client that looks for a server
// that was stopped could otherwise be given the server's own port, and then the server not get it back.
const firstPort, lastPort = 20_000, 32_000

// address returns the loopback address with the port, or with one that is free now.
func address(port int) (string, error) {
	if port != 0 {
		return tried(port)
	}
	var err error
	for range 100 {
		var found string
		if found, err = tried(firstPort + mathrand.IntN(lastPort-firstPort)); err == nil {
			return found, nil
		}
	}
	return "", err
}

func tried(port int) (string, error) {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return "", fmt.Errorf("the port cannot be used: %w", err)
	}
	return l.Addr().String(), l.Close()
}

// Admin returns an S3 client that may do everything.
func (s *Sandbox) Admin() (*minio.Client, error) {
	return minio.New(s.endpointHost(), &minio.Options{Creds: s.rootKeys(), TrailingHeaders: true}) // which checksums need
}

// Wait waits until ctx ends, and then gives nil, or until one of the servers ends by itself.
func (s *Sandbox) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-s.dex.Ended():
		return s.dex.Failure("ended by itself")
	case <-s.minio.Ended():
		return s.minio.Failure("ended by itself")
	}
}

// Close stops the servers and removes their files.
func (s *Sandbox) Close() error {
	return errors.Join(s.StopMinIO(), s.StopDex(), os.RemoveAll(s.dir))
}

func (s *Sandbox) path(parts ...string) string {
	return filepath.Join(append([]string{s.dir}, parts...)...)
}

func (s *Sandbox) program(name string) string { return filepath.Join(s.options.Bin, name) }
