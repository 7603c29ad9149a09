// Program zitadel runs the example provider of the library zitadel/oidc on loopback, with one public native client.
// The library leaves to its callers how long ID tokens are valid and which grants a client has; the flags say so.
package main

import (
	"context"
	"flag"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:9998", "the address to listen on")
	issuer := flag.String("issuer", "http://127.0.0.1:9998/", "the issuer")
	clientID := flag.String("client", "daypass", "the client's ID")
	lifetime := flag.Duration("lifetime", time.Hour, "how long ID tokens are valid")
	flag.Parse()
	storage.RegisterClients(storage.NativeClient(*clientID, "http://127.0.0.1/callback"))
	users := storage.NewUserStore(*issuer)
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	handler := exampleop.SetupServer(*issuer, store{storage.NewStorage(users), users, *lifetime}, logger, false)
	server := &http.Server{Addr: *listen, Handler: handler, ReadHeaderTimeout: time.Minute}
	if err := server.ListenAndServe(); err != nil {
		logger.Error("the provider ends", "error", err)
		os.Exit(1)
	}
}

// store is the example's storage with clients of our own making.
type store struct {
	*storage.Storage
	users    storage.UserStore
	lifetime time.Duration
}

// GetClientByClientID implements op.Storage.
func (s store) GetClientByClientID(ctx context.Context, id string) (op.Client, error) {
	c, err := s.Storage.GetClientByClientID(ctx, id)
	if err != nil {
		return nil, err
	}
	return client{c, s.lifetime}, nil
}

// CompleteDeviceAuthorization takes the user by the name that the example's page passes on, where its tokens want the ID.
func (s store) CompleteDeviceAuthorization(ctx context.Context, userCode, name string) error {
	return s.Storage.CompleteDeviceAuthorization(ctx, userCode, s.users.GetUserByUsername(name).ID)
}

type client struct {
	op.Client
	lifetime time.Duration
}

// IDTokenLifetime implements op.Client.
func (c client) IDTokenLifetime() time.Duration { return c.lifetime }

// GrantTypes implements op.Client.
func (c client) GrantTypes() []oidc.GrantType {
	return append(c.Client.GrantTypes(), oidc.GrantTypeDeviceCode)
}
