package cli

import (
	"errors"
	"testing"

	"daypass/app"
	"daypass/app/tools"
	"daypass/auth/secret"
)

// Of what a tool says, the last line is shown that holds nothing of the credentials.
func TestTrialMessage_holdsNoCredentials(t *testing.T) {
	access := tools.Access{Credentials: app.Credentials{AccessKeyID: "AKID", SecretAccessKey: secret.New("hush-secret"), SessionToken: secret.New("hush-token")}}
	for out, want := range map[string]string{
		"Traceback\nAccess Denied.\n\n":           "Access Denied.",
		"Access Denied.\nrequest by AKID/2026":    "Access Denied.",
		"no such bucket\nx-amz-token: hush-token": "no such bucket",
		"key hush-secret\n":                       "it ended.",
		"":                                        "it ended.",
		"An \u202eerror":                          `An \u202eerror`,
	} {
		if got := trialMessage([]byte(out), errors.New("it ended"), access); got != want {
			t.Errorf("%q: %q, want %q", out, got, want)
		}
	}
}
