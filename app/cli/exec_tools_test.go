//go:build unix

package cli

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/tools"
	"daypass/app/tools/cmdline"
	"daypass/app/tools/guard"
	"daypass/auth/secret"
)

// storage is an S3 server with one bucket and a private certificate authority. Whatever goes anywhere else goes to
// elsewhere, which counts.
type storage struct {
	endpoint, caFile string
	asked, elsewhere atomic.Int32
	elsewhereURL     string
}

const oneBucket = `<?xml version="1.0" encoding="UTF-8"?><ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
	`<Owner><ID>1</ID></Owner><Buckets><Bucket><Name>measurements</Name><CreationDate>2026-01-02T03:04:05.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>`

func newStorage(t *testing.T) *storage {
	t.Helper()
	s := &storage{caFile: filepath.Join(t.TempDir(), "own.pem")}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.Header.Get("Authorization"), "AKID/") {
			s.asked.Add(1)
		}
		w.Header().Set("Content-Type", "application/xml")
		_, _ = w.Write([]byte(oneBucket))
	}))
	t.Cleanup(server.Close)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.elsewhere.Add(1)
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(elsewhere.Close)
	s.endpoint, s.elsewhereURL = server.URL, elsewhere.URL
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(s.caFile, ca, 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *storage) access() tools.Access {
	return tools.Access{
		Connection: "lake", Endpoint: s.endpoint, CAFile: s.caFile, Credentials: app.Credentials{
			AccessKeyID: "AKID", SecretAccessKey: secret.New("hush-secret"), SessionToken: secret.New("hush-token"), ExpiresAt: testExpiry(),
		},
	}
}

// misledHome is the environment of a user whose own settings lead to Amazon in every way that there is.
func (s *storage) misledHome(t *testing.T) []string {
	t.Helper()
	home := t.TempDir()
	for name, text := range map[string]string{
		".aws/config": "[default]\nregion = eu-west-1\nignore_configured_endpoint_urls = true\nuse_fips_endpoint = true\n",
		".aws/credentials": "[default]\naws_access_key_id = OTHER\naws_secret_access_key = x\n" +
			"[other]\naws_access_key_id = OTHER\naws_secret_access_key = x\n",
		".mc/config.json": `{"version":"10","aliases":{"s3":{"url":"https://s3.amazonaws.com","accessKey":"YOUR-ACCESS-KEY-HERE","secretKey":"YOUR-SECRET-KEY-HERE"}}}`,
	} {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return []string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1",
		"HTTPS_PROXY=" + s.elsewhereURL, "https_proxy=" + s.elsewhereURL, "HTTP_PROXY=" + s.elsewhereURL, "http_proxy=" + s.elsewhereURL,
		"AWS_PROFILE=other", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true", "AWS_USE_DUALSTACK_ENDPOINT=true", "AWS_CA_BUNDLE=/none.pem",
		"AWS_ENDPOINT_URL_S3=https://s3.amazonaws.com", "MINIO_ROOT_USER=minioadmin", "MINIO_ROOT_PASSWORD=minioadmin",
	}
}

const listByBoto3 = "import boto3; print([b['Name'] for b in boto3.client('s3').list_buckets()['Buckets']])"

// The programs that are installed here list the bucket by an endpoint of their own, and nothing goes to Amazon, whatever
// the user's own settings say.
func TestRule48_installedProgramsUseEndpointAlone(t *testing.T) {
	s := newStorage(t)
	t.Setenv("DAYPASS_RUNTIME_DIR", t.TempDir())
	base := s.misledHome(t)
	for _, command := range [][]string{
		{"aws", "s3", "ls"},
		{"/usr/bin/aws", "--endpoint-url", s.endpoint, "s3", "ls"},
		{"python3", "-c", listByBoto3},
		{"sh", "-c", "rclone lsd daypass:"},
		{"mc", "ls", "daypass"},
		{"s5cmd", "ls"},
	} {
		path, err := exec.LookPath(command[0])
		if err != nil {
			continue
		}
		quitRequested := s.asked.Load()
		out, refused := s.run(t, base, path, command)
		switch {
		case refused != nil && strings.Contains(refused.Error(), s.endpoint):
		case strings.Contains(out, "No module named"):
		case !strings.Contains(out, "measurements") || s.asked.Load() == quitRequested:
			t.Errorf("%q: %v\n%s", command, refused, out)
		}
		if n := s.elsewhere.Swap(0); n > 0 {
			t.Errorf("%q went elsewhere %d times", command, n)
		}
	}
}

// run is what exec does.
func (s *storage) run(t *testing.T, base []string, path string, command []string) (out string, refused error) {
	t.Helper()
	line := cmdline.Read(append([]string{path}, command[1:]...), guard.ScriptText)
	if err := guard.Check(t.Context(), path, line, s.endpoint); err != nil {
		return "", err
	}
	agent := &listAgent{access: s.access()}
	served, err := serveProgram(newFetcher(agent, "lake", clients.Fetcher{}), s.access())
	if err != nil {
		t.Fatal(err)
	}
	defer served.close()
	cmd := exec.CommandContext(t.Context(), path, command[1:]...)
	cmd.Env = execEnvironment(base, served.token, line)
	text, _ := cmd.CombinedOutput()
	return string(text), nil
}
