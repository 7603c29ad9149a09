package tools

import "testing"

func TestDVC_output(t *testing.T) {
	toolTest{
		snippet: `dvc remote add --local daypass-lake s3://BUCKET/dvc
dvc remote modify --local daypass-lake profile daypass-lake
dvc remote modify --local daypass-lake endpointurl https://minio.example:9000
dvc push --remote daypass-lake`,
		notes: []string{
			"Replace BUCKET with the name of a bucket.",
		},
		files: map[string]string{"aws": profileText},
	}.check(t, dvc())
}
