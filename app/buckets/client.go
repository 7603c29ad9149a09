package buckets

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/minio/minio-go/v7/pkg/s3utils"

	"daypass/app/messages"
	"daypass/auth/cafile"
)

// Client looks into one server. It may be used by several goroutines.
type Client struct {
	base *url.URL
	keys CredentialSource
	http *http.Client
	core *minio.Core
	// region is the connection's; requests for a bucket in another one are signed for that.
	region  string
	learned *Learned
}

const (
	// defaultRegion is what a MinIO without a region takes.
	defaultRegion = "us-east-1"
	// tries of one request by minio-go, the first included.
	tries = 4
	// credentialsTimeout bounds how long a request waits for its keys.
	credentialsTimeout = 15 * time.Second
)

// Open checks server and reads its CA file; it does not use the network. The error is a sentence.
func Open(server Server, keys CredentialSource) (*Client, error) { return connect(server, keys, tries) }

// OpenPatient is Open for a caller that repeats failed requests itself: Core makes each of them once.
func OpenPatient(server Server, keys CredentialSource) (*Client, error) {
	return connect(server, keys, 1)
}

func connect(server Server, keys CredentialSource, tries int) (*Client, error) {
	base, err := checkEndpoint(server.Endpoint)
	if err != nil {
		return nil, err
	}
	roots, err := cafile.Load(server.CAFile)
	if err != nil {
		return nil, err
	}
	region := cmp.Or(server.Region, s3utils.GetRegionFromURL(*base), defaultRegion)
	l := server.Learned
	if l == nil {
		l = new(Learned)
	}
	transport := &wire{next: newTransport(roots), keys: keys, learned: l}
	core, err := minio.NewCore(base.Host, &minio.Options{
		Creds: credentials.New(provider{keys}), Secure: base.Scheme == "https", Transport: transport,
		Region: region, BucketLookup: minio.BucketLookupPath, MaxRetries: tries, TrailingHeaders: true,
	})
	if err != nil {
		return nil, messages.NewError(err, "agent.error.storage-address")
	}
	return &Client{base: base, keys: keys, core: core, region: region, learned: l, http: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Core is minio-go's client of the same server, with the same keys, network and bounds. Its errors
// become an *Error by Explain.
func (c *Client) Core() *minio.Core { return c.core }

// Host is the server's name, for a user.
func (c *Client) Host() string { return c.base.Host }

// ObjectURL returns the address of an object: its name, with nothing that would open it.
func (c *Client) ObjectURL(bucket, key string) *url.URL {
	return &url.URL{Scheme: c.base.Scheme, Host: c.base.Host, Path: "/" + bucket + "/" + key}
}

// SameServer reports whether both clients have the same address, however it is spelled. A server may have others.
func (c *Client) SameServer(other *Client) bool { return address(c.base) == address(other.base) }

// SameServer reports whether two endpoint URLs name the same host and port.
func SameServer(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	return errX == nil && errY == nil && x.Host != "" && address(x) == address(y)
}

// address spells the host and port of a server in one way.
func address(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return net.JoinHostPort(strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), port)
}

// Close lets go of idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Buckets lists the buckets. Error: *Error, or ctx's own.
func (c *Client) Buckets(ctx context.Context) ([]Bucket, error) {
	found, err := c.core.ListBuckets(ctx)
	if err != nil {
		return nil, c.Explain(err, Operation{Name: "list-buckets", Action: "s3:ListAllMyBuckets"})
	}
	all := make([]Bucket, len(found))
	for i, b := range found {
		all[i] = Bucket{Name: b.Name, Created: b.CreationDate}
	}
	return all, nil
}

// credentialsError is a request that got no keys to sign with.
type credentialsError struct{ err error }

func (e credentialsError) Error() string { return "no keys: " + e.err.Error() }
func (e credentialsError) Unwrap() error { return e.err }

// provider passes the credentials of a CredentialSource to minio-go. They count as expired at once, so that each
// request asks again and a renewal is taken up by itself.
type provider struct{ keys CredentialSource }

func (p provider) get(ctx context.Context) (credentials.Value, error) {
	ctx, cancel := context.WithTimeout(ctx, credentialsTimeout)
	defer cancel()
	k, err := p.keys(ctx)
	if err != nil {
		return credentials.Value{}, credentialsError{err}
	}
	return credentials.Value{
		AccessKeyID: k.AccessKeyID, SecretAccessKey: k.SecretAccessKey.Reveal(), SessionToken: k.SessionToken.Reveal(),
		SignerType: credentials.SignatureV4,
	}, nil
}

// RetrieveWithCredContext implements credentials.Provider.
func (p provider) RetrieveWithCredContext(cc *credentials.CredContext) (credentials.Value, error) {
	if cc == nil || cc.Context == nil {
		return p.get(context.Background())
	}
	return p.get(cc.Context)
}

// Retrieve implements credentials.Provider.
func (p provider) Retrieve() (credentials.Value, error) { return p.get(context.Background()) }

// IsExpired implements credentials.Provider.
func (provider) IsExpired() bool { return true }
