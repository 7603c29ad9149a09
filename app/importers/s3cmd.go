package importers

// s3cmd is s3cmd.
func s3cmd() format {
	return format{program: "s3cmd", read: readS3cmd, places: func(c Computer) []string {
		return []string{c.named("S3CMD_CONFIG", c.home(".s3cfg")), c.config("s3cmd.ini")}
	}}
}

func readS3cmd(data []byte) ([]entry, bool) {
	s := parseINI(data).named(defaultProfile)
	if s == nil || !s.HasKey("host_base") {
		return nil, false
	}
	host := value(s, "host_base")
	return []entry{{
		name: host, endpoint: host, region: s3cmdRegion(value(s, "bucket_location")), caFile: value(s, "ca_certs_file"),
		keys: value(s, "access_key") != "" || value(s, "secret_key") != "",
	}}, true
}

// s3cmdRegion returns the region that a location for new buckets means.
func s3cmdRegion(location string) string {
	switch location {
	case "US":
		return "us-east-1"
	case "EU":
		return "eu-west-1"
	}
	return location
}
