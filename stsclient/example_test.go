package stsclient_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"daypass/auth/secret"
	"daypass/stsclient"
	"daypass/stsclient/ststest"
)

// An identity token is exchanged for temporary credentials.
func Example() {
	server := ststest.New(nil, ststest.Success(time.Hour)) // a real one needs no transport
	client, err := stsclient.New(stsclient.Config{Endpoint: "https://minio.example"}, stsclient.WithTransport(server))
	if err != nil {
		fmt.Println(err)
		return
	}
	answer, err := client.AssumeRoleWithWebIdentity(context.Background(), stsclient.Request{
		WebIdentityToken: secret.New("header.claims.signature"),
		RoleSessionName:  stsclient.CleanSessionName("ada@example.com"),
		Duration:         time.Hour,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(answer.Credentials.SecretAccessKey, time.Until(answer.Credentials.Expiration) > 0)
	// Output:
	// [redacted] true
}

// An error says what it means, whichever server sent it.
func ExampleError() {
	server := ststest.New(nil, ststest.ErrorAnswer(400, "InvalidParameterValue", "Token is expired"))
	client, err := stsclient.New(stsclient.Config{Endpoint: "https://minio.example"}, stsclient.WithTransport(server))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.AssumeRoleWithWebIdentity(context.Background(), stsclient.Request{
		WebIdentityToken: secret.New("header.claims.signature"),
	})
	if refused, ok := errors.AsType[*stsclient.Error](err); ok {
		fmt.Println(refused.Kind == stsclient.KindTokenExpired)
	}
	// Output:
	// true
}

// The role of a MinIO with a role policy follows from the client ID.
func ExampleMinIORoleARN() {
	fmt.Println(stsclient.MinIORoleARN("", "desktop-app"))
	// Output:
	// arn:minio:iam:::role/MzwyYPnUWmuwMmJWEAH3df0TaIo
}
