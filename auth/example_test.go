package auth_test

import (
	"context"
	"fmt"

	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// A user signs in, and later the tokens are renewed without them.
func Example() {
	issuer := oidctest.NewInMemory("https://login.example") // a real one needs no transport
	client, err := auth.New(auth.Config{
		Issuer: issuer.URL, ClientID: oidctest.ClientID, Offline: true,
	}, auth.WithTransport(issuer.Transport()))
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	tokens, err := client.SignIn(ctx, auth.SignInRequest{
		OpenBrowser: issuer.Browser().Open, // auth.OpenBrowser in the program
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("signed in as", tokens.Identity.Display())

	refresher := auth.NewRefresher(client, tokens, func(_ context.Context, _, fresh secret.Secret) error {
		fmt.Println("stored:", fresh)
		return nil
	})
	tokens, err = refresher.Refresh(ctx)
	fmt.Println("renewed:", tokens.WebIdentityFrom, err)
	// Output:
	// signed in as ada@example.com
	// stored: [redacted]
	// renewed: id_token <nil>
}
