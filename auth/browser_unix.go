//go:build unix

package auth

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
)

// browserCommands are tried in order: those of the environment variable BROWSER, which is a list
// separated by colons, each with arguments separated by spaces and %s for the link; then what the
// system has.
func browserCommands(link string) [][]string {
	var commands [][]string
	for _, entry := range strings.Split(os.Getenv("BROWSER"), ":") {
		if command := browserCommand(entry, link); command != nil {
			commands = append(commands, command)
		}
	}
	for _, program := range systemOpeners() {
		commands = append(commands, []string{program, link})
	}
	return commands
}

func systemOpeners() []string {
	if runtime.GOOS == "darwin" {
		return []string{"/usr/bin/open"}
	}
	return []string{"xdg-open", "x-www-browser", "www-browser", "wslview"}
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

// detach gives the browser a session of its own, so that it outlives Daypass and a Ctrl-C that ends it.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
}
