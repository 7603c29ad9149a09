package tools

import "strings"

// dvc is Data Version Control. Its remote goes into the local configuration, since a profile is one of this computer.
func dvc() Definition {
	return Definition{
		ID: "dvc", Name: "DVC", Program: "dvc", Commands: []string{"dvc"}, Language: "sh", ReadsProfile: true,
		Snippet: dvcSnippet, Notes: replaceBucket,
		Version: &Version{Args: []string{"--version"}, Pattern: `(\d+\.\d\S*)`},
	}
}

func dvcSnippet(s Setup) string {
	remote := s.profile()
	lines := []string{
		"dvc remote add --local " + remote + " s3://BUCKET/dvc",
		"dvc remote modify --local " + remote + " profile " + s.profile(),
		"dvc remote modify --local " + remote + " endpointurl " + ShellWord(s.Access.Endpoint),
	}
	if bundle := s.Access.Bundle(); bundle != "" {
		lines = append(lines, "dvc remote modify --local "+remote+" ssl_verify "+ShellWord(bundle))
	}
	return strings.Join(append(lines, "dvc push --remote "+remote), "\n")
}
