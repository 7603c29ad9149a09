package tools

import "testing"

func TestPyArrow_output(t *testing.T) {
	toolTest{
		snippet: `import os

os.environ["AWS_PROFILE"] = "daypass-lake"
from pyarrow import fs

lake = fs.S3FileSystem(endpoint_override="https://minio.example:9000", region="us-east-1")
print(lake.get_file_info(fs.FileSelector("BUCKET")))`,
		notes: []string{
			"Replace BUCKET with the name of a bucket.",
		},
		files: map[string]string{"aws": profileText},
	}.check(t, pyArrow())
}
