//go:build unix

// Daypass-creds prints the credentials of a connection, as the AWS tools expect of a credential_process:
//
//	daypass-creds NAME
//
// It is `daypass creds NAME` as a program of its own. Tools run it before each piece of their work, and most of
// the time of a larger program would go by before its first own line. So this one holds little more than the
// client of the agent's socket; whatever takes more, such as an error text, it leaves to the daypass beside it.
package main

import (
	"os"
	"strconv"
	"syscall"

	"daypass/app/agent/quick"
)

func main() {
	args := os.Args[1:]
	if len(args) != 1 || args[0] == "" || args[0][0] == '-' {
		become(append([]string{"creds"}, args...))
	}
	answer, err := quick.Ask(args[0], quick.Caller())
	switch {
	case err != nil:
		become([]string{"creds", args[0]})
	case answer.Status != 200:
		become([]string{"creds", "--refusal", string(answer.Body), args[0]})
	}
	if _, err := os.Stdout.Write(answer.Body); err != nil {
		os.Exit(1)
	}
}

// become replaces this program by the daypass beside it.
func become(args []string) {
	path, err := beside("daypass")
	if err == nil {
		err = syscall.Exec(path, append([]string{path}, args...), os.Environ())
	}
	_, _ = os.Stderr.WriteString("daypass-creds: " + strconv.Quote(path) + " cannot be run: " + err.Error() + "\n")
	os.Exit(1)
}

// beside returns the path of the program with this name in the folder of this one.
func beside(name string) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return name, err
	}
	for i := len(self) - 1; i >= 0; i-- {
		if self[i] == '/' {
			return self[:i+1] + name, nil
		}
	}
	return name, syscall.ENOENT
}
