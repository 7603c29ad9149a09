package tools

// mlflow keeps artifacts in S3 by boto3.
func mlflow() Definition {
	return Definition{
		ID: "mlflow", Name: "MLflow", Program: "mlflow", Commands: []string{"mlflow"}, Language: "sh", ReadsProfile: true,
		Snippet: mlflowSnippet, Notes: replaceBucket,
		Environment: Environment{
			URLs: []string{"MLFLOW_S3_ENDPOINT_URL"}, Overrides: []string{"MLFLOW_S3_IGNORE_TLS", "MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE"},
		},
		Version: &Version{Args: []string{"--version"}, Pattern: `mlflow, version (\S+)`},
	}
}

func mlflowSnippet(s Setup) string {
	return "export AWS_PROFILE=" + s.profile() + " MLFLOW_S3_ENDPOINT_URL=" + ShellWord(s.Access.Endpoint) + "\n" +
		"mlflow server --artifacts-destination s3://BUCKET/mlflow"
}
