package tools

import "testing"

func TestBoto3_output(t *testing.T) {
	toolTest{
		snippet: `import boto3

s3 = boto3.Session(profile_name="daypass-lake").client("s3", endpoint_url="https://minio.example:9000")
print([b["Name"] for b in s3.list_buckets()["Buckets"]])`,
		files:   map[string]string{"aws": profileText},
		ignores: []string{"1.26.27", "0.9.1"}, reads: []string{"1.28.0", "2.0.0"},
	}.check(t, boto3())
	for version, ignores := range map[string]bool{"1.29.27": true, "1.31.0": false, "none": false} {
		if boto3().Guards[0].Version.IgnoresEndpoint(version) != ignores {
			t.Errorf("botocore %s", version)
		}
	}
}
