package tools

import (
	"encoding/json"
	"testing"
)

func TestAWS_output(t *testing.T) {
	const url = "https://minio.example:9000"
	toolTest{
		snippet: "aws --profile daypass-lake --endpoint-url https://minio.example:9000 s3 ls",
		formats: map[string]string{
			"process": `{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"se/cr+et=","SessionToken":"to.ke-n_","Expiration":"2030-01-02T02:04:05Z"}
`,
			"aws-profile": `[profile daypass-lake]
credential_process = /usr/bin/daypass creds lake
region = us-east-1
endpoint_url = https://minio.example:9000
ignore_configured_endpoint_urls = false
use_fips_endpoint = false
use_dualstack_endpoint = false
s3 =
    addressing_style = path
`,
		},
		files: map[string]string{"aws": profileText},
		environment: []Variable{
			{"AWS_ENDPOINT_URL", url},
			{"AWS_ENDPOINT_URL_S3", url},
			{"AWS_ENDPOINT_URL_STS", url},
			{"AWS_REGION", "us-east-1"},
			{"AWS_DEFAULT_REGION", "us-east-1"},
			{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false"},
			{"AWS_USE_FIPS_ENDPOINT", "false"},
			{"AWS_USE_DUALSTACK_ENDPOINT", "false"},
		},
		ignores: []string{"1.22.34", "2.9.19", "2.12.9"}, reads: []string{"1.29.0", "1.45.11", "2.13.0", "3.0", "x"},
	}.check(t, awsCLI())
}

func TestContainerJSON_fields(t *testing.T) {
	var got map[string]string
	if err := json.Unmarshal(ContainerJSON(keys()), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 4 || got["AccessKeyId"] != "AKID" || got["SecretAccessKey"] != "se/cr+et=" || got["Token"] != "to.ke-n_" || got["Expiration"] != "2030-01-02T02:04:05Z" {
		t.Errorf("%v", got)
	}
}
