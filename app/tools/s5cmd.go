package tools

// s5cmd reads the profile, but not the endpoint in it.
func s5cmd() Definition {
	return Definition{
		ID: "s5cmd", Name: "s5cmd", Program: "s5cmd", Commands: []string{"s5cmd"},
		Language: "sh", Snippet: s5cmdSnippet, ReadsProfile: true,
		Formats:     []Format{{Name: "s5cmd", LabelID: "agent.tools.copy.s5cmd", Write: shellFormat("env")}},
		Environment: Environment{URLs: []string{"S3_ENDPOINT_URL"}},
		List:        func(_ Access, bucket string) []string { return []string{"ls", "s3://" + bucket + "/"} },
		Version:     &Version{Args: []string{"version"}, Pattern: `v?(\d+\.\d+\.\d+\S*)`},
	}
}

func s5cmdSnippet(s Setup) string {
	return "export AWS_PROFILE=" + s.profile() + "\ns5cmd --endpoint-url " + ShellWord(s.Access.Endpoint) + " ls"
}
