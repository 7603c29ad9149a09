package tools

import "testing"

func TestS5cmd_output(t *testing.T) {
	toolTest{
		snippet:     "export AWS_PROFILE=daypass-lake\ns5cmd --endpoint-url https://minio.example:9000 ls",
		label:       "Environment for s5cmd",
		formats:     map[string]string{"s5cmd": encoded(t, "env", keys())},
		files:       map[string]string{"aws": profileText},
		environment: []Variable{{"S3_ENDPOINT_URL", "https://minio.example:9000"}},
	}.check(t, s5cmd())
}
