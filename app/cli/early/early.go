// Package early answers `daypass creds NAME`, where an agent runs and has keys, before the rest of
// the program is even set up: the program that imports it is also the agent, and what an agent
// needs (HTTP, TLS, S3, D-Bus) takes several times as long to be set up as the answer takes to come.
// Go sets packages up in the order of their names as soon as what they import is, so this one, with
// the few imports it has, comes before nearly all others.
//
// Where there is more to it, such as a refusal to put in words, main goes on as ever.
package early

import (
	"os"

	"daypass/app/agent/quick"
)

func init() {
	if len(os.Args) != 3 || os.Args[1] != "creds" || os.Args[2] == "" || os.Args[2][0] == '-' {
		return
	}
	answer, err := quick.Ask(os.Args[2], quick.Caller())
	if err == nil && answer.Status == 200 {
		if _, err := os.Stdout.Write(answer.Body); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	quick.Early = &struct {
		quick.Answer
		Err error
	}{answer, err}
}
