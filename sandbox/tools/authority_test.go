package tools

import (
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"daypass/sandbox/servers"
)

// front is the sandbox's MinIO behind HTTPS with a certificate of a private authority, which is trusted nowhere.
type front struct {
	*httptest.Server
	// signed counts the requests that have temporary credentials.
	signed atomic.Int32
}

func newFront(t *testing.T) *front {
	t.Helper()
	target, err := url.Parse(world.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	// The host that the client signed stays as it is.
	pass := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL.Scheme, r.Out.URL.Host = target.Scheme, target.Host
	}}
	f := &front{}
	f.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Amz-Security-Token") != "" {
			f.signed.Add(1)
		}
		pass.ServeHTTP(w, r)
	}))
	f.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes that clients end
	f.StartTLS()
	t.Cleanup(f.Close)
	return f
}

// behind changes the user's connection into one that leads through the front and trusts its authority.
func (p *user) behind(f *front) {
	p.t.Helper()
	ca := p.write("own.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: f.Certificate().Raw})), 0o600)
	file := "config/connections/" + sandboxID + ".daypass"
	text := strings.Replace(p.read(file), world.Endpoint, f.URL, 1)
	p.write(file, strings.Replace(text, "\n[login]", "\nca_file = \""+ca+"\"\n\n[login]", 1), 0o600)
}

// newElsewhere is a proxy for everything that does not go to this computer. It counts what comes.
func newElsewhere(t *testing.T) (address string, came *atomic.Int32) {
	t.Helper()
	came = &atomic.Int32{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		came.Add(1)
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(server.Close)
	return server.URL, came
}

// misled is the user whose own settings lead to Amazon, and to an authority that is not there, in every way that there is.
func (p *user) misled(elsewhere string) *user {
	p.t.Helper()
	for name, text := range map[string]string{
		".aws/config": "[default]\nregion = eu-west-1\nignore_configured_endpoint_urls = true\nuse_fips_endpoint = true\n",
		".aws/credentials": "[default]\naws_access_key_id = OTHER\naws_secret_access_key = x\n" +
			"[other]\naws_access_key_id = OTHER\naws_secret_access_key = x\n",
		".mc/config.json": `{"version":"10","aliases":{"s3":{"url":"https://s3.amazonaws.com","accessKey":"YOUR-ACCESS-KEY-HERE","secretKey":"YOUR-SECRET-KEY-HERE","api":"S3v4","path":"auto"}}}`,
	} {
		p.write(name, text, 0o600)
	}
	return p.with("NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1",
		"HTTPS_PROXY="+elsewhere, "https_proxy="+elsewhere, "HTTP_PROXY="+elsewhere, "http_proxy="+elsewhere,
		"AWS_PROFILE=other", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true", "AWS_USE_DUALSTACK_ENDPOINT=true", "AWS_CA_BUNDLE=/none.pem",
		"AWS_ENDPOINT_URL_S3=https://s3.amazonaws.com", "MINIO_ROOT_USER=minioadmin", "MINIO_ROOT_PASSWORD=minioadmin")
}

// Every program lists the buckets of a server with a private authority by an endpoint of its own, and nothing goes to
// Amazon, whatever the user's own settings say.
func TestRule48_privateAuthority(t *testing.T) {
	f := newFront(t)
	elsewhere, came := newElsewhere(t)
	p := arrive(t)
	p.behind(f)
	p.signIn(servers.Ada)
	q := p.misled(elsewhere)
	for name, command := range map[string][]string{
		"aws":    {"aws", "--endpoint-url", f.URL, "s3", "ls"},
		"boto3":  {"python3", "-c", "import boto3; print([b['Name'] for b in boto3.client('s3', endpoint_url='" + f.URL + "').list_buckets()['Buckets']])"},
		"rclone": {"sh", "-c", "rclone lsd daypass:"},
		"mc":     {"mc", "ls", "daypass"},
		"s5cmd":  {"s5cmd", "ls"},
	} {
		t.Run(name, func(t *testing.T) {
			before := f.signed.Load()
			out := q.in(t).do("daypass", append([]string{"exec", sandboxID, "--"}, command...)...)
			if !strings.Contains(out, "measurements") || f.signed.Load() == before {
				t.Errorf("%s", out)
			}
			if n := came.Swap(0); n > 0 {
				t.Errorf("it went elsewhere %d times", n)
			}
		})
	}
}

// Without the authority nobody trusts the server: what the other test sees comes of the connection's ca_file alone.
func TestRule48_unknownAuthority(t *testing.T) {
	f, p := newFront(t), arrive(t)
	p.behind(f)
	file := "config/connections/" + sandboxID + ".daypass"
	p.write(file, strings.Replace(p.read(file), "ca_file", "# ca_file", 1), 0o600)
	login := p.begin(sandboxID)
	if res, err := http.Get(login.visit(servers.Ada)); err == nil {
		res.Body.Close()
	}
	if err := login.cmd.Wait(); err == nil || !strings.Contains(login.words.String(), "certificate") {
		t.Errorf("%v\n%s", err, login.words)
	}
	if n := f.signed.Load(); n > 0 {
		t.Errorf("%d requests came with credentials", n)
	}
}
