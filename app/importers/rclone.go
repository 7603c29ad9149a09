package importers

// rclone is rclone. A file that is encrypted with a password is not read: the password, or the command that prints it, is
// not asked for.
func rclone() format {
	return format{program: "rclone", read: readRclone, places: func(c Computer) []string { return []string{c.rclone()} }}
}

func readRclone(data []byte) ([]entry, bool) {
	var entries []entry
	ours := false
	for _, s := range parseINI(data).sections() {
		kind := value(s, "type")
		ours = ours || kind != ""
		if kind != "s3" {
			continue
		}
		region := value(s, "region")
		entries = append(entries, entry{
			name: s.Name(), endpoint: rcloneEndpoint(value(s, "provider"), value(s, "endpoint"), region), region: region,
			role: value(s, "role_arn"), keys: value(s, "access_key_id") != "" || value(s, "secret_access_key") != "",
		})
	}
	return entries, ours
}

// rcloneEndpoint returns the server of a remote: one without an endpoint is for Amazon.
func rcloneEndpoint(provider, endpoint, region string) string {
	if endpoint == "" && (provider == "AWS" || provider == "") {
		return amazon("s3", region)
	}
	return endpoint
}
