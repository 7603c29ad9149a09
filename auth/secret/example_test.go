package secret_test

import (
	"errors"
	"fmt"

	"daypass/auth/secret"
)

// A secret prints as a placeholder under every verb, alone and inside of other values.
func Example() {
	token := secret.New("eyJhbGciOi")
	fmt.Println(token)
	fmt.Printf("%#v %+v\n", token, struct{ Token secret.Secret }{token})
	fmt.Println(len(token.Reveal()), "characters")
	// Output:
	// [redacted]
	// [redacted] {Token:[redacted]}
	// 10 characters
}

// The answer of a server may quote what was sent to it.
func ExampleScrub() {
	token := secret.New("eyJhbGciOi")
	answer := errors.New("400: cannot parse eyJhbGciOi")
	fmt.Println(secret.Scrub(answer.Error(), token))
	// Output:
	// 400: cannot parse [redacted]
}
