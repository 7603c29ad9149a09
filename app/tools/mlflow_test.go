package tools

import "testing"

func TestMLflow_output(t *testing.T) {
	toolTest{
		snippet: `export AWS_PROFILE=daypass-lake MLFLOW_S3_ENDPOINT_URL=https://minio.example:9000
mlflow server --artifacts-destination s3://BUCKET/mlflow`,
		notes: []string{
			"Replace BUCKET with the name of a bucket.",
		},
		files:       map[string]string{"aws": profileText},
		environment: []Variable{{"MLFLOW_S3_ENDPOINT_URL", "https://minio.example:9000"}},
	}.check(t, mlflow())
}
