package servers

// The names of policies. MinIO has readwrite by itself: everything in every bucket.
const (
	rolePolicy    = "readwrite"
	readerPolicy  = "measurements-reader"
	partnerPolicy = "partner"
)

// policies are those that the sandbox adds.
//
// MinIO answers a request for all buckets with those that may be listed, and refuses only where there
// are none. The partner may list a bucket and yet shall be refused, as on other servers; so their
// policy allows a listing only with max-keys, which the request for all buckets does not have.
var policies = map[string]string{
	readerPolicy: `{"Version": "2012-10-17", "Statement": [
		{"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::measurements"]},
		{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::measurements/*"]}]}`,
	partnerPolicy: `{"Version": "2012-10-17", "Statement": [
		{"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::partner-share"],
		 "Condition": {"Null": {"s3:max-keys": "false"}}},
		{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject",
			"s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
		 "Resource": ["arn:aws:s3:::partner-share/*"]}]}`,
}
