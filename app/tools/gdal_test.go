package tools

import "testing"

func TestGDAL_output(t *testing.T) {
	toolTest{
		snippet: "daypass exec lake -- gdalinfo /vsis3/BUCKET/picture.tif",
		notes: []string{
			"Replace BUCKET with the name of a bucket.",
			`GDAL before 3.9.1 reads credentials from its environment only: run “eval "$(daypass env lake)"” first, and gdalinfo without “daypass exec”.`,
		},
		environment: []Variable{{"AWS_S3_ENDPOINT", "minio.example:9000"}, {"AWS_HTTPS", "YES"}, {"AWS_VIRTUAL_HOSTING", "FALSE"}},
	}.check(t, gdal())
}
