package tools

import "daypass/app/messages"

// jupyter is JupyterLab with its S3 browser, which has variables of its own.
func jupyter() Definition {
	return Definition{
		ID: "jupyter", Name: "JupyterLab", Program: "jupyter", Commands: []string{"jupyter", "jupyter-lab", "jupyterlab"}, Language: "sh", ValidityID: whileRunning,
		Snippet: func(s Setup) string { return ShellWord(s.Daypass) + " exec " + s.handle() + " -- jupyter lab" },
		Notes:   func(Setup) []messages.Message { return []messages.Message{{ID: "agent.tools.note.jupyter"}} },
		Environment: Environment{
			URLs:      []string{"JUPYTERLAB_S3_ENDPOINT"},
			Overrides: []string{"JUPYTERLAB_S3_ACCESS_KEY_ID", "JUPYTERLAB_S3_SECRET_ACCESS_KEY", "JUPYTERLAB_S3_SESSION_TOKEN"},
			ExecOwn:   jupyterEnvironment,
		},
		Version: &Version{Args: []string{"lab", "--version"}, Pattern: `^(\d+\.\d\S*)`},
	}
}

// jupyterEnvironment returns the credentials as JupyterLab's S3 browser looks for them: it reads no others.
func jupyterEnvironment(a Access) []Variable {
	return []Variable{
		{"JUPYTERLAB_S3_ACCESS_KEY_ID", a.AccessKeyID},
		{"JUPYTERLAB_S3_SECRET_ACCESS_KEY", a.SecretAccessKey.Reveal()},
		{"JUPYTERLAB_S3_SESSION_TOKEN", a.SessionToken.Reveal()},
	}
}
