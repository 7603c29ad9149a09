package tools

import (
	"strings"

	"daypass/app/messages"
)

// cyberduck takes a profile by its name, and the server from the bookmark.
func cyberduck() Definition {
	return Definition{
		ID: "cyberduck", Name: "Cyberduck", Program: "duck", Language: "text", ReadsProfile: true,
		Snippet: cyberduckSnippet,
		Notes:   func(Setup) []messages.Message { return []messages.Message{{ID: "agent.tools.note.cyberduck"}} },
	}
}

// cyberduckSnippet are the fields of a bookmark, by the names that they have there.
func cyberduckSnippet(s Setup) string {
	host, port, found := strings.Cut(s.Access.host(), ":")
	if !found {
		port = choose(s.Access.secure(), "443", "80")
	}
	return "Protocol: S3 (Credentials from AWS Command Line Interface)\nServer: " + host + "\nPort: " + port + "\nProfile Name: " + s.profile()
}
