package gateway

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	miniokeys "github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/minio/minio-go/v7/pkg/signer"

	"daypass/app/broker/clients"
	"daypass/app/credentials"
	"daypass/app/tools"
	"daypass/auth/secret"
)

// What the user's own credentials are in these tests: no answer to a program may hold any of it.
const (
	userKey    = "USERACCESSKEY"
	userSecret = "hush-secret-access-key"
	userToken  = "hush-session-token"
)

// stand is a gateway with one client, before a server that records what it gets.
type stand struct {
	t       *testing.T
	list    *clients.List
	gateway *Gateway
	url     string
	pair    clients.KeyPair
	log     *syncBuffer

	mu     sync.Mutex
	fail   error
	answer http.HandlerFunc
	got    []received
}

// received is a request as the server got it.
type received struct {
	*http.Request
	body []byte
	err  error
}

type syncBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

func open(t *testing.T) *stand {
	t.Helper()
	s := &stand{t: t, list: clients.New(), log: &syncBuffer{}}
	server := httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(server.Close)
	s.gateway = New(s.list, func(_ context.Context, c clients.Client) (tools.Access, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return tools.Access{
			Connection: c.Connection, Endpoint: server.URL, Region: "eu-central-1", Credentials: credentials.Credentials{
				AccessKeyID: userKey, SecretAccessKey: secret.New(userSecret), SessionToken: secret.New(userToken), ExpiresAt: time.Now().Add(time.Hour),
			},
		}, s.fail
	}, nil, slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	var err error
	if s.url, err = s.gateway.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.gateway.Close)
	t.Cleanup(func() { s.noSecretIn("the log", s.log.String()) })
	if _, s.pair, err = s.list.AddGateway("lake", clients.NewClient{Name: "test"}); err != nil {
		t.Fatal(err)
	}
	return s
}

// serve is the server.
func (s *stand) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	answer := s.answer
	s.mu.Unlock()
	if answer != nil {
		answer(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	s.mu.Lock()
	s.got = append(s.got, received{r, body, err})
	s.mu.Unlock()
	w.Header().Set("ETag", `"d41d8cd98f00b204e9800998ecf8427e"`)
	w.Header().Set("Last-Modified", "Fri, 24 May 2013 00:00:00 GMT")
	_, _ = io.WriteString(w, "content")
}

func (s *stand) answering(f http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = f
}

func (s *stand) requests() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got
}

func (s *stand) only() received {
	s.t.Helper()
	got := s.requests()
	if len(got) != 1 {
		s.t.Fatalf("the server got %d requests", len(got))
	}
	return got[0]
}

// signed returns a request with the client's signature, after change, if any, has been made.
func (s *stand) signed(method, target string, body []byte, change func(*http.Request)) *http.Request {
	s.t.Helper()
	r, err := http.NewRequest(method, s.url+target, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")
	if change != nil {
		change(r)
	}
	return signer.SignV4(*r, s.pair.AccessKeyID, s.pair.SecretAccessKey.Reveal(), "", "us-east-1")
}

// do makes a request and returns the answer, in which there is no secret.
func (s *stand) do(r *http.Request) (*http.Response, string) {
	s.t.Helper()
	res, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		s.t.Fatal(err)
	}
	var head strings.Builder
	_ = res.Header.Write(&head)
	s.noSecretIn("the answer", head.String()+string(body))
	return res, string(body)
}

func (s *stand) noSecretIn(what, text string) {
	s.t.Helper()
	for _, part := range []string{userKey, userSecret, userToken, s.pair.SecretAccessKey.Reveal()} {
		if part != "" && strings.Contains(text, part) {
			s.t.Errorf("%s holds %s: %s", what, part, text)
		}
	}
}

// client is minio-go with the client's key pair.
func (s *stand) client(options minio.Options) *minio.Core {
	s.t.Helper()
	u, err := url.Parse(s.url)
	if err != nil {
		s.t.Fatal(err)
	}
	options.Creds = miniokeys.NewStaticV4(s.pair.AccessKeyID, s.pair.SecretAccessKey.Reveal(), "")
	options.Region, options.MaxRetries = "us-east-1", 1
	core, err := minio.NewCore(u.Host, &options)
	if err != nil {
		s.t.Fatal(err)
	}
	return core
}

func (s *stand) seen() clients.Client {
	s.t.Helper()
	list := s.list.Of("lake")
	if len(list) != 1 {
		s.t.Fatalf("%+v", list)
	}
	return list[0]
}

func toolsAccess(endpoint string) tools.Access { return tools.Access{Endpoint: endpoint} }
