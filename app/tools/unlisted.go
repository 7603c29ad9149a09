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
		{ID: "gdal", Environment: Environment{
			Hosts: []string{"AWS_S3_ENDPOINT"},
			Settings: func(a Access) []Variable {
				return []Variable{{"AWS_HTTPS", choose(a.secure(), "YES", "NO")}, {"AWS_VIRTUAL_HOSTING", "FALSE"}}
			},
			Overrides: []string{"AWS_NO_SIGN_REQUEST", "CPL_AWS_CREDENTIALS_FILE", "CPL_AWS_EC2_API_ROOT_URL", "GDAL_HTTP_UNSAFESSL"},
		}},
		{ID: "htslib", Environment: Environment{
			Hosts:    []string{"HTS_S3_HOST"},
			Settings: func(Access) []Variable { return []Variable{{"HTS_S3_ADDRESS_STYLE", "path"}} },
		}},
		{ID: "tensorflow", Environment: Environment{
			Hosts:    []string{"S3_ENDPOINT"},
			Settings: func(a Access) []Variable { return []Variable{{"S3_USE_HTTPS", choose(a.secure(), "1", "0")}} },
			Bundles:  []string{"S3_CA_FILE"}, Overrides: []string{"S3_VERIFY_SSL"},
		}},
		{ID: "mlflow", Environment: Environment{
			URLs: []string{"MLFLOW_S3_ENDPOINT_URL"}, Overrides: []string{"MLFLOW_S3_IGNORE_TLS", "MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE"},
		}},
		{ID: "jupyter", Commands: []string{"jupyter", "jupyter-lab", "jupyterlab"}, Environment: Environment{
			URLs:      []string{"JUPYTERLAB_S3_ENDPOINT"},
			Overrides: []string{"JUPYTERLAB_S3_ACCESS_KEY_ID", "JUPYTERLAB_S3_SECRET_ACCESS_KEY", "JUPYTERLAB_S3_SESSION_TOKEN"},
			ExecOwn:   jupyterEnvironment,
		}},
		{ID: "wal-g", Environment: Environment{ // it reads AWS_ENDPOINT too
			Settings: func(Access) []Variable { return []Variable{{"AWS_S3_FORCE_PATH_STYLE", "true"}} },
		}},
		{ID: "minio-go", Environment: Environment{
			// It takes mc's sample alias "s3" for credentials, before it asks the endpoint for some.
			Settings:  func(Access) []Variable { return []Variable{{"MINIO_SHARED_CREDENTIALS_FILE", nullDevice()}} },
			Overrides: []string{"MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD", "MINIO_ACCESS_KEY", "MINIO_SECRET_KEY", "MINIO_ALIAS"},
		}},
		{ID: "s3cmd", Commands: []string{"s3cmd"}, Guards: []Guard{{Option: "--host", Advice: "--host "}}},
		{ID: "mountpoint-s3", Commands: []string{"mount-s3"}, Guards: []Guard{{
			Option: "--endpoint-url", Advice: "--force-path-style --endpoint-url ",
			Version: &Version{Args: []string{"--version"}, Pattern: `mount-s3 (\S+)`, EndpointSince: []Release{{1, 7}}},
		}}},
		fallback("s3fs-fuse", []string{"s3fs"}, "url=", "-o use_path_request_style -o url="),
		fallback("goofys", []string{"goofys", "geesefs"}, "--endpoint", "--endpoint "),
		fallback("duplicity", []string{"duplicity"}, "--s3-endpoint-url", "--s3-endpoint-url "),
		fallback("kopia", []string{"kopia"}, "--endpoint", "--endpoint="),
		fallback("litestream", []string{"litestream"}, "endpoint", "endpoint: "),
		fallback("spark", hadoopPrograms, hadoopEndpoint, "--conf spark.hadoop."+hadoopEndpoint+"="),
		{ID: "pyspark", Guards: []Guard{{
			Commands: []string{"python"}, Option: hadoopEndpoint, Advice: `.config("spark.hadoop.` + hadoopEndpoint + `", ...) with `,
			Concerns: regexp.MustCompile(`pyspark`),
		}}},
		{ID: "pyarrow", Guards: []Guard{{
			Commands: []string{"python"}, Option: "endpoint_override", Advice: "endpoint_override=", Concerns: arrowFileSystem,
		}}},
	}
}

// fallback returns a program that goes to Amazon in each of its versions, unless its arguments name the endpoint.
func fallback(id string, commands []string, option, advice string) Definition {
	return Definition{ID: id, Commands: commands, Guards: []Guard{{Option: option, Advice: advice}}}
}

// hadoopPrograms take an endpoint from a property alone.
var hadoopPrograms = []string{"spark-submit", "spark-shell", "spark-sql", "pyspark", "hadoop", "hdfs"}

const hadoopEndpoint = "fs.s3a.endpoint"

// arrowFileSystem matches a script that makes a file system of Arrow's, and not the one of s3fs with the same name:
// its constructor, unlike its URLs, reads no endpoint from the environment.
var arrowFileSystem = regexp.MustCompile(`pyarrow\.fs import[^\n]*S3FileSystem|pyarrow[\s\S]*(^|[^3])fs\.S3FileSystem\(`)

// jupyterEnvironment returns the credentials as JupyterLab's S3 browser looks for them: it reads no others.
func jupyterEnvironment(a Access) []Variable {
	return []Variable{
		{"JUPYTERLAB_S3_ACCESS_KEY_ID", a.AccessKeyID},
		{"JUPYTERLAB_S3_SECRET_ACCESS_KEY", a.SecretAccessKey.Reveal()},
		{"JUPYTERLAB_S3_SESSION_TOKEN", a.SessionToken.Reveal()},
	}
}
