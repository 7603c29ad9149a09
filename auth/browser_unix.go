//go:build unix

package auth

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
)

// openers are tried in order: the commands of the environment variable BROWSER, which is a list
// separated by colons, each with arguments separated by spaces and %s for the link; then what the
// system has.
func openers(link string) []opener {
	var all []opener
	for _, entry := range strings.Split(os.Getenv("BROWSER"), ":") {
		if command := browserCommand(entry, link); command != nil {
			all = append(all, commandOpener(command...))
		}
	}
	return append(all, systemOpeners(link)...)
}

func browserCommand(entry, link string) []string {
	command := strings.Fields(entry)
	if len(command) == 0 {
		return nil
	}
	placed := false
	for i, argument := range command[1:] {
		if !placed && strings.Contains(argument, "%s") {
			command[i+1], placed = strings.Replace(argument, "%s", link, 1), true
		}
	}
	if !placed {
		command = append(command, link)
	}
	return command
}

// detach starts the browser in a session of its own, so that it outlives Daypass and a Ctrl-C that ends it.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
}
