package tools

import "testing"

func TestSpark_output(t *testing.T) {
	toolTest{
		snippet: `daypass exec lake -- spark-submit \
  --conf 'spark.hadoop.fs.s3a.endpoint=https://minio.example:9000' \
  --conf 'spark.hadoop.fs.s3a.endpoint.region=us-east-1' \
  --conf 'spark.hadoop.fs.s3a.path.style.access=true' \
  --conf 'spark.hadoop.fs.s3a.connection.ssl.enabled=true' \
  --conf 'spark.hadoop.fs.s3a.aws.credentials.provider=software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider' \
  job.py`,
		notes: []string{
			"Needs hadoop-aws 3.4 or later. For 3.3, use com.amazonaws.auth.EC2ContainerCredentialsProviderWrapper as the provider.",
		},
	}.check(t, spark())
}
