package tools

import "testing"

func TestS3cmd_output(t *testing.T) {
	toolTest{
		snippet: `eval "$(daypass env lake)"
s3cmd --config=/dev/null --host=minio.example:9000 --host-bucket=minio.example:9000 ls`,
		notes: []string{
			"Your own ~/.s3cfg is not read, since credentials in it would take precedence.",
		},
	}.check(t, s3cmd())
}
