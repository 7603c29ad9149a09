package localhost_test

import (
	"testing"

	"daypass/auth/localhost"
)

func TestIs(t *testing.T) {
	for host, want := range map[string]bool{
		"127.0.0.1": true, "127.9.9.9": true, "::1": true, "::ffff:127.0.0.1": true, "localhost": true, "LocalHost": true,
		"": false, "localhost.": false, "localhost.example": false, "127.0.0.1.example": false, "0.0.0.0": false, "::": false, "10.0.0.1": false, "127.1": false,
	} {
		if got := localhost.Is(host); got != want {
			t.Errorf("%q: %t", host, got)
		}
	}
}
