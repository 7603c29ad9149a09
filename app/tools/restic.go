package tools

import "daypass/app/messages"

// restic takes its endpoint from the repository's URL alone. Its old versions run no command for credentials, so that
// it is run by daypass exec.
func restic() Definition {
	return Definition{
		ID: "restic", Name: "restic", Program: "restic", Commands: []string{"restic"},
		Language: "sh", Snippet: resticSnippet, Notes: resticNotes, ValidityID: whileRunning,
		Formats:     []Format{{Name: "restic", LabelID: "agent.tools.copy.restic", Write: shellFormat("env")}},
		Environment: Environment{Bundles: []string{"RESTIC_CACERT"}},
		Version:     &Version{Args: []string{"version"}, Pattern: `restic (\d\S*)`},
	}
}

func resticSnippet(s Setup) string {
	return ShellWord(s.Daypass) + " exec " + s.handle() + " -- restic -r " + ShellWord("s3:"+s.Access.Endpoint+"/BUCKET/restic") + " init"
}

func resticNotes(Setup) []messages.Message {
	return []messages.Message{{ID: "agent.tools.note.restic"}}
}
