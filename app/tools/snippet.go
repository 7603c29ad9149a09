package tools

import "daypass/app/messages"

// replaceBucket is the note on a snippet in which the user puts the name of a bucket.
func replaceBucket(Setup) []messages.Message {
	return []messages.Message{{ID: "agent.tools.note.bucket"}}
}

// envLine is the line of a shell that puts the credentials of this moment into its environment.
func envLine(s Setup) string {
	return `eval "$(` + ShellWord(s.Daypass) + ` env ` + s.handle() + `)"` + "\n"
}
