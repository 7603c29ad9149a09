package tools

// Paths are the files of other tools, absolute paths.
type Paths struct {
	AWSConfig, AWSCredentials string
	Rclone                    string
	// MCEnv is the file that mc reads its aliases from where MC_CONFIG_ENV_FILE names it.
	MCEnv string
	// MCEnvOurs is true where that file is Daypass's own, so that the user must name it to mc.
	MCEnvOurs bool
}
