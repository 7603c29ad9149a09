package tools

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
			Overrides: []string{"AWS_TOKEN", "AWS_SKIP_SIGNATURE", "AWS_METADATA_ENDPOINT"},
		}},
		{ID: "gdal", Environment: Environment{
			Hosts: []string{"AWS_S3_ENDPOINT"},
			Settings: func(a Access) []Variable {
				return []Variable{{"AWS_HTTPS", choose(a.secure(), "YES", "NO")}, {"AWS_VIRTUAL_HOSTING", "FALSE"}}
			},
			Overrides: []string{"AWS_NO_SIGN_REQUEST", "CPL_AWS_CREDENTIALS_FILE"},
		}},
		{ID: "htslib", Environment: Environment{
			Hosts:    []string{"HTS_S3_HOST"},
			Settings: func(Access) []Variable { return []Variable{{"HTS_S3_ADDRESS_STYLE", "path"}} },
		}},
		{ID: "tensorflow", Environment: Environment{
			Hosts:    []string{"S3_ENDPOINT"},
			Settings: func(a Access) []Variable { return []Variable{{"S3_USE_HTTPS", choose(a.secure(), "1", "0")}} },
			Bundles:  []string{"S3_CA_FILE"},
		}},
		{ID: "mlflow", Environment: Environment{URLs: []string{"MLFLOW_S3_ENDPOINT_URL"}}},
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
		{ID: "s3cmd", Commands: []string{"s3cmd"}, Guard: &Guard{Option: "--host", Advice: "--host "}},
		{ID: "s3fs", Commands: []string{"s3fs"}, Guard: &Guard{Option: "url=", Advice: "-o use_path_request_style -o url="}},
		{ID: "goofys", Commands: []string{"goofys", "geesefs"}, Guard: &Guard{Option: "--endpoint", Advice: "--endpoint "}},
		{ID: "mountpoint-s3", Commands: []string{"mount-s3"}, Guard: &Guard{Option: "--endpoint-url", Advice: "--force-path-style --endpoint-url "}},
		{ID: "duplicity", Commands: []string{"duplicity"}, Guard: &Guard{Option: "--s3-endpoint-url", Advice: "--s3-endpoint-url "}},
	}
}

// jupyterEnvironment returns the credentials as JupyterLab's S3 browser looks for them: it reads no others.
func jupyterEnvironment(a Access) []Variable {
	return []Variable{
		{"JUPYTERLAB_S3_ACCESS_KEY_ID", a.AccessKeyID},
		{"JUPYTERLAB_S3_SECRET_ACCESS_KEY", a.SecretAccessKey.Reveal()},
		{"JUPYTERLAB_S3_SESSION_TOKEN", a.SessionToken.Reveal()},
	}
}
