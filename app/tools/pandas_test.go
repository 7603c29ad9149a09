package tools

import "testing"

func TestPandas_output(t *testing.T) {
	toolTest{
		snippet: `import pandas as pd

lake = {"profile": "daypass-lake", "client_kwargs": {"endpoint_url": "https://minio.example:9000"}}
data = pd.read_csv("s3://BUCKET/data.csv", storage_options=lake)`,
		notes: []string{
			"Replace BUCKET with the name of a bucket.",
		},
		files: map[string]string{"aws": profileText},
	}.check(t, pandas())
}
