package tools

import "testing"

func TestPolars_output(t *testing.T) {
	toolTest{
		snippet: `import polars as pl

lake = {
    "credential_provider": pl.CredentialProviderAWS(profile_name="daypass-lake"),
    "storage_options": {
        "aws_endpoint_url": "https://minio.example:9000",
        "aws_region": "us-east-1",
        "aws_allow_http": "false",
    },
}
data = pl.read_parquet("s3://BUCKET/data.parquet", **lake)`,
		notes: []string{
			"Replace BUCKET with the name of a bucket.",
			"CredentialProviderAWS needs the Python package boto3.",
		},
		files: map[string]string{"aws": profileText},
	}.check(t, polars())
}
