package tools

import "testing"

func TestCyberduck_output(t *testing.T) {
	toolTest{
		snippet: `Protocol: S3 (Credentials from AWS Command Line Interface)
Server: minio.example
Port: 9000
Profile Name: daypass-lake`,
		notes: []string{
			"Add a bookmark with these fields. Cyberduck runs the command of a profile since 2026.",
		},
		files: map[string]string{"aws": profileText},
	}.check(t, cyberduck())
}
