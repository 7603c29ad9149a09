package tools

import "time"

// awsCLI is the AWS CLI, and what all programs on the AWS SDKs have in common.
func awsCLI() Definition {
	return Definition{
		ID: "aws", Name: "AWS CLI", Program: "aws", Commands: []string{"aws"},
		Language: "sh", Snippet: awsSnippet, ReadsProfile: true,
		Formats: []Format{
			{Name: "process", Write: func(a Access, _ Command) ([]byte, error) { return ProcessJSON(a), nil }},
			{Name: "aws-profile", Write: AWSProfile},
		},
		Environment: Environment{
			URLs:     []string{"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"},
			Settings: awsSettings, Overrides: awsOverrides, Bundles: []string{"REQUESTS_CA_BUNDLE"},
		},
		Version: awsVersion(),
		List: func(a Access, bucket string) []string {
			return []string{"--endpoint-url", a.Endpoint, "s3api", "list-objects-v2", "--bucket", bucket, "--max-items", "1"}
		},
		Guards: []Guard{{Option: "--endpoint-url", Advice: "--endpoint-url ", Version: awsVersion()}},
	}
}

// awsVersion is of both lines of the AWS CLI: each learned of endpoints in 2023.
func awsVersion() *Version {
	return &Version{
		Args: []string{"--version"}, Pattern: `aws-cli/(\S+)`, EndpointSince: []Release{{1, 29}, {2, 13}},
	}
}

func awsSnippet(s Setup) string {
	return "aws --profile " + s.profile() + " --endpoint-url " + ShellWord(s.Access.Endpoint) + " s3 ls"
}

// awsSettings are what the files of the AWS tools can have too, so that it is not enough to clear them.
func awsSettings(a Access) []Variable {
	sts := a.STSEndpoint
	if sts == "" {
		sts = a.Endpoint
	}
	return []Variable{
		{"AWS_ENDPOINT_URL_STS", sts},
		{"AWS_REGION", a.SigningRegion()},
		{"AWS_DEFAULT_REGION", a.SigningRegion()},
		{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false"},
		{"AWS_USE_FIPS_ENDPOINT", "false"},
		{"AWS_USE_DUALSTACK_ENDPOINT", "false"},
	}
}

var awsOverrides = []string{
	"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION",
	"AWS_ACCESS_KEY", "AWS_SECRET_KEY",
	"AWS_PROFILE", "AWS_DEFAULT_PROFILE",
	"AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE",
	"AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
	"AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
	awsBundle, "AWS_STS_REGIONAL_ENDPOINTS", "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "AWS_EC2_METADATA_SERVICE_ENDPOINT",
	"AWS_ENDPOINT_URL_S3_CONTROL", "AWS_ENDPOINT_URL_S3TABLES", "AWS_ENDPOINT_URL_S3OUTPOSTS", "AWS_ENDPOINT_URL_SSO",
	"AWS_ENDPOINT_URL_SSO_OIDC", "AWS_ENDPOINT_URL_IAM", "AWS_ENDPOINT_URL_KMS",
}

// ProcessJSON returns what a credential_process prints.
func ProcessJSON(a Access) []byte {
	return encode(struct {
		Version                                    int
		AccessKeyId, SecretAccessKey, SessionToken string //nolint:revive // the names are the format's
		Expiration                                 string
	}{1, a.AccessKeyID, a.SecretAccessKey.Reveal(), a.SessionToken.Reveal(), rfc3339(a.ExpiresAt)})
}

// ContainerJSON returns what a container's credential endpoint answers.
func ContainerJSON(a Access) []byte {
	return encode(struct{ AccessKeyId, SecretAccessKey, Token, Expiration string }{ //nolint:revive // as above
		a.AccessKeyID, a.SecretAccessKey.Reveal(), a.SessionToken.Reveal(), rfc3339(a.ExpiresAt),
	})
}

// rfc3339 writes an instant as every AWS SDK reads it.
func rfc3339(t time.Time) string { return t.UTC().Format(time.RFC3339) }
