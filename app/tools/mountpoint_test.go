package tools

import "testing"

func TestMountpoint_output(t *testing.T) {
	toolTest{
		snippet: "mount-s3 --profile daypass-lake --endpoint-url https://minio.example:9000 --force-path-style BUCKET FOLDER",
		notes: []string{
			"Replace BUCKET with the name of a bucket and FOLDER with an empty folder.",
		},
		files: map[string]string{"aws": profileText},
	}.check(t, mountpoint())
}
