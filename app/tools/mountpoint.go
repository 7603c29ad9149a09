package tools

import "daypass/app/messages"

// mountpoint is Mountpoint for Amazon S3, which shows a bucket as a folder.
func mountpoint() Definition {
	version := &Version{Args: []string{"--version"}, Pattern: `mount-s3 (\S+)`, EndpointSince: []Release{{1, 7}}}
	return Definition{
		ID: "mountpoint-s3", Name: "Mountpoint for S3", Program: "mount-s3", Commands: []string{"mount-s3"}, Language: "sh", ReadsProfile: true,
		Snippet: func(s Setup) string {
			return "mount-s3 --profile " + s.profile() + " --endpoint-url " + ShellWord(s.Access.Endpoint) + " --force-path-style BUCKET FOLDER"
		},
		Notes:   func(Setup) []messages.Message { return []messages.Message{{ID: "agent.tools.note.mountpoint"}} },
		Version: version,
		Guards:  []Guard{{Option: "--endpoint-url", Advice: "--force-path-style --endpoint-url ", Version: version}},
	}
}
