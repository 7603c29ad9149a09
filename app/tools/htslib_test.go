package tools

import "testing"

func TestHtslib_output(t *testing.T) {
	toolTest{
		snippet: `eval "$(daypass env lake)"
samtools view --header-only s3://BUCKET/reads.bam`,
		notes: []string{
			"Replace BUCKET with the name of a bucket.",
		},
		environment: []Variable{{"HTS_S3_HOST", "minio.example:9000"}, {"HTS_S3_ADDRESS_STYLE", "path"}},
	}.check(t, htslib())
}
