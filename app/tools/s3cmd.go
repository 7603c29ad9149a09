package tools

import (
	"strings"

	"daypass/app/messages"
)

// s3cmd takes its endpoint from its command line or its file alone, and keeps the credentials of its start.
func s3cmd() Definition {
	return Definition{
		ID: "s3cmd", Name: "s3cmd", Program: "s3cmd", Commands: []string{"s3cmd"}, Language: "sh", ValidityID: untilExpiry,
		Snippet: s3cmdSnippet,
		Notes:   func(Setup) []messages.Message { return []messages.Message{{ID: "agent.tools.note.s3cmd"}} },
		Version: &Version{Args: []string{"--version"}, Pattern: `s3cmd version (\S+)`},
		Guards:  []Guard{{Option: "--host", Advice: "--host "}},
	}
}

func s3cmdSnippet(s Setup) string {
	options := []string{"s3cmd", "--config=" + nullDevice(), "--host=" + ShellWord(s.Access.host()), "--host-bucket=" + ShellWord(s.Access.host())}
	if !s.Access.secure() {
		options = append(options, "--no-ssl")
	}
	if bundle := s.Access.Bundle(); bundle != "" {
		options = append(options, "--ca-certs="+ShellWord(bundle))
	}
	return envLine(s) + strings.Join(append(options, "ls"), " ")
}
