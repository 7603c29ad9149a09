package guard

import (
	"path/filepath"
	"slices"
	"strings"

	"daypass/app/messages"
)

// ContainerError means that a command line runs a program in a container with a network of its own, in which nothing
// answers where credentials are served on this computer.
type ContainerError struct {
	// Program runs the container, and Connection is what the credentials are for, as the user named it.
	Program, Connection string
}

// Error implements error.
func (e *ContainerError) Error() string { return messages.ForPrograms().Say(e.Message()) }

// Message says what to do instead.
func (e *ContainerError) Message() messages.Message {
	return messages.Message{ID: "cli.exec.container", Args: map[string]string{
		"Program": e.Program, "Connection": e.Connection, "Options": "-e " + strings.Join(containerVariables, " -e "),
	}}
}

// containerVariables are what `daypass env` sets and programs in a container need.
var containerVariables = []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_ENDPOINT_URL"}

// containerPrograms run containers; containerCommands are their commands that begin one, and otherCommands those
// after which words such as "run" are arguments.
var (
	containerPrograms = []string{"docker", "podman", "nerdctl"}
	containerCommands = []string{"run", "create"}
	otherCommands     = []string{"build", "commit", "compose", "cp", "exec", "kill", "logs", "pull", "push", "restart", "rm", "start", "stop", "tag", "wait"}
)

// CheckContainer returns a *ContainerError for a command that runs a program in a container, but for one that shares
// the network of this computer.
func CheckContainer(command []string, connection string) error {
	program := strings.TrimSuffix(filepath.Base(command[0]), ".exe")
	if !slices.Contains(containerPrograms, program) || !begins(command[1:]) || sharesNetwork(command[1:]) {
		return nil
	}
	return &ContainerError{Program: program, Connection: connection}
}

// begins reports whether the first command among the arguments, which options may precede, begins a container.
func begins(args []string) bool {
	for _, arg := range args {
		switch {
		case slices.Contains(containerCommands, arg):
			return true
		case slices.Contains(otherCommands, arg):
			return false
		}
	}
	return false
}

// sharesNetwork reports whether the options have the container use the network of this computer.
func sharesNetwork(args []string) bool {
	for i, arg := range args {
		name, value, joined := strings.Cut(arg, "=")
		if !joined && i+1 < len(args) {
			value = args[i+1]
		}
		if (name == "--network" || name == "--net") && value == "host" {
			return true
		}
	}
	return false
}
