// Package idp runs real identity providers on loopback, each behind a proxy that remembers what Daypass sent it.
package idp

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"daypass/sandbox/faults"
	"daypass/sandbox/interop/browser"
	"daypass/sandbox/process"
)

// Provider is a running identity provider with one public client and one user.
type Provider struct {
	// Issuer is its URL, and ClientID the client's.
	Issuer, ClientID string
	// Scopes are those to request.
	Scopes []string
	// Login are more lines for the table login of a connection file.
	Login string
	// Claim is the claim of ID tokens that names the policies of the user, empty where there is none.
	Claim string
	// Forms lead through its pages.
	Forms browser.Forms
	// Front is the proxy.
	Front *faults.Proxy
}

// Policy is the MinIO policy that the claims of all users name.
const Policy = "readwrite"

// clientID is what most providers here call their client.
const clientID = "daypass"

// The user that every provider here knows.
const (
	userName = "ada@example.com"
	password = "the password of Ada"
)

// Bin is the folder of the programs that make builds for these tests, and Build the one of what it unpacks.
func Bin(tb testing.TB) string { return filepath.Join(Build(tb), "bin") }

// Build is the folder in which make leaves all that these tests need.
func Build(tb testing.TB) string {
	tb.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "..", "build", "interop"))
	must(tb, err)
	return dir
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// place is where a provider listens, and the proxy before it.
type place struct {
	front  *faults.Proxy
	listen string // host and port of the provider itself
	port   int
}

func newPlace(tb testing.TB) place {
	tb.Helper()
	port, err := faults.FreePort()
	must(tb, err)
	listen := "127.0.0.1:" + strconv.Itoa(port)
	front, err := faults.Start(0, "http://"+listen)
	must(tb, err)
	tb.Cleanup(func() { _ = front.Close() })
	return place{front, listen, port}
}

// run starts a server for the test and waits until it answers at the address.
func run(tb testing.TB, cmd *exec.Cmd, address string) {
	tb.Helper()
	p, err := process.Run(cmd, filepath.Join(tb.TempDir(), "log"))
	must(tb, err)
	tb.Cleanup(func() {
		if err := p.Stop(); err != nil {
			tb.Error(err)
		}
	})
	must(tb, p.Ready(tb.Context(), address))
}

// Discovery is the address of the provider's metadata.
func (p *Provider) Discovery() string {
	return strings.TrimSuffix(p.Issuer, "/") + "/.well-known/openid-configuration"
}

// Endpoint returns the path of one of the provider's endpoints, by its name in the metadata; empty where there is none.
func (p *Provider) Endpoint(tb testing.TB, name string) string {
	tb.Helper()
	answer, err := http.Get(p.Discovery())
	must(tb, err)
	defer answer.Body.Close()
	var metadata map[string]any
	must(tb, json.NewDecoder(answer.Body).Decode(&metadata))
	address, _ := metadata[name].(string)
	u, err := url.Parse(address)
	must(tb, err)
	return u.Path
}

// environment is the test's own with more variables.
func environment(more ...string) []string { return append(os.Environ(), more...) }

// forms are those for the user that the providers here know.
func forms(submit ...string) browser.Forms {
	return browser.Forms{Name: userName, Password: password, Submit: submit}
}
