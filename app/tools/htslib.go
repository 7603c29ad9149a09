package tools

// htslib is what reads genomes: samtools, bcftools, IGV. It fetches no credentials.
func htslib() Definition {
	return Definition{
		ID: "htslib", Name: "samtools (htslib)", Program: "samtools", Commands: []string{"samtools"}, Language: "sh", ValidityID: untilExpiry,
		Snippet: func(s Setup) string {
			return envLine(s) + "samtools view --header-only " + choose(s.Access.secure(), "s3", "s3+http") + "://BUCKET/reads.bam"
		},
		Notes: replaceBucket,
		Environment: Environment{
			Hosts:    []string{"HTS_S3_HOST"},
			Settings: func(Access) []Variable { return []Variable{{"HTS_S3_ADDRESS_STYLE", "path"}} },
		},
		Version: &Version{Args: []string{"--version"}, Pattern: `samtools (\d\S*)`},
	}
}
