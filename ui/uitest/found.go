package uitest

import (
	"daypass/app/connection"
	"daypass/app/importers"
)

// Find finds what rclone, the MinIO Client and Cyberduck are set up for.
func Find() []importers.Candidate {
	return []importers.Candidate{
		{
			Program: "MinIO Client", File: "/home/ada/.mc/config.json", Notes: []importers.Note{importers.HoldsKeys},
			Definition: connection.Definition{Name: "lake", Endpoint: "https://minio.example:9001"},
		},
		{
			Program: "Cyberduck", File: "/home/ada/.duck/profiles/company.cyberduckprofile", ProviderPage: "https://login.example/auth",
			Definition: connection.Definition{Name: "Research lake", Endpoint: "https://minio.example:9001", Keys: connection.KeyRequest{RoleARN: "arn:minio:iam:::role/abc"}},
		},
		{
			Program: "AWS CLI", File: "/home/ada/.aws/config", Notes: []importers.Note{importers.NamesCommand},
			Definition: connection.Definition{Name: "ceph", Endpoint: "https://rgw.example", Region: "eu-west-1"},
		},
	}
}
