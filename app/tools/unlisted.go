package tools

import "regexp"

// unlisted returns the programs and libraries of which there is no more to know than their variables, or how they
// would take credentials to another server. They run under daypass exec and daypass env; no list shows them.
func unlisted() []Definition {
	return []Definition{
		{ID: "object_store", Environment: Environment{ // polars, delta-rs, lance, DataFusion
			URLs: []string{"AWS_ENDPOINT"},
			Settings: func(a Access) []Variable {
				return []Variable{
					{"AWS_ALLOW_HTTP", choose(a.secure(), "false", "true")},
					{"AWS_VIRTUAL_HOSTED_STYLE_REQUEST", "false"},
				}
			},
			Overrides: []string{
				"AWS_TOKEN", "AWS_SKIP_SIGNATURE", "AWS_METADATA_ENDPOINT", "AWS_PROXY_URL", "AWS_ALLOW_INVALID_CERTIFICATES", "AWS_S3_EXPRESS",
			},
		}},
		{ID: "tensorflow", Environment: Environment{
			Hosts:    []string{"S3_ENDPOINT"},
			Settings: func(a Access) []Variable { return []Variable{{"S3_USE_HTTPS", choose(a.secure(), "1", "0")}} },
			Bundles:  []string{"S3_CA_FILE"}, Overrides: []string{"S3_VERIFY_SSL"},
		}},
		{ID: "wal-g", Environment: Environment{ // it reads AWS_ENDPOINT too
			Settings: func(Access) []Variable { return []Variable{{"AWS_S3_FORCE_PATH_STYLE", "true"}} },
		}},
		{ID: "minio-go", Environment: Environment{
			// It takes mc's sample alias "s3" for credentials, before it asks the endpoint for some.
			Settings:  func(Access) []Variable { return []Variable{{"MINIO_SHARED_CREDENTIALS_FILE", nullDevice()}} },
			Overrides: []string{"MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD", "MINIO_ACCESS_KEY", "MINIO_SECRET_KEY", "MINIO_ALIAS"},
		}},
		fallback("s3fs-fuse", []string{"s3fs"}, "url=", "-o use_path_request_style -o url="),
		fallback("goofys", []string{"goofys", "geesefs"}, "--endpoint", "--endpoint "),
		fallback("duplicity", []string{"duplicity"}, "--s3-endpoint-url", "--s3-endpoint-url "),
		fallback("kopia", []string{"kopia"}, "--endpoint", "--endpoint="),
		fallback("litestream", []string{"litestream"}, "endpoint", "endpoint: "),
		{ID: "pyiceberg", Guards: []Guard{{
			Commands: []string{"python"}, Option: "s3.endpoint", Advice: "s3.endpoint=", Concerns: pyicebergUsed,
		}}},
	}
}

// fallback returns a program that goes to Amazon in each of its versions, unless its arguments name the endpoint.
func fallback(id string, commands []string, option, advice string) Definition {
	return Definition{ID: id, Commands: commands, Guards: []Guard{{Option: option, Advice: advice}}}
}

// pyicebergUsed matches a script that uses Iceberg.
var pyicebergUsed = regexp.MustCompile(`pyiceberg`)
