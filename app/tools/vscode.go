package tools

import "daypass/app/messages"

// visualStudioCode is the AWS Toolkit of Visual Studio Code, which offers all profiles.
func visualStudioCode() Definition {
	return Definition{
		ID: "vscode", Name: "VS Code (AWS Toolkit)", Program: "code", Language: "text", ReadsProfile: true,
		Snippet: func(s Setup) string { return "profile:" + s.profile() },
		Notes:   func(Setup) []messages.Message { return []messages.Message{{ID: "agent.tools.note.vscode"}} },
	}
}
