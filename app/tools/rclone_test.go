package tools

import (
	"errors"
	"strings"
	"testing"

	"daypass/app/tools/edit"
)

func TestRclone_output(t *testing.T) {
	toolTest{
		snippet: "rclone lsd daypass-lake:",
		label:   "Remote for rclone",
		formats: map[string]string{"rclone": `[daypass-lake]
type = s3
provider = Minio
access_key_id = AKID
secret_access_key = se/cr+et=
session_token = to.ke-n_
endpoint = https://minio.example:9000
region = us-east-1
`},
		files: map[string]string{"aws": profileText, "rclone": edit.Marker + `
[daypass-lake]
type = s3
provider = Minio
env_auth = true
profile = daypass-lake
endpoint = https://minio.example:9000
region = us-east-1
`},
	}.check(t, rclone())
	if err := notEncrypted([]byte("# Encrypted\nRCLONE_ENCRYPT_V0:\nAAAA\n")); !errors.Is(err, ErrEncrypted) {
		t.Errorf("%v", err)
	}
}

// rclone breaks at the ca_bundle of the connection's profile, so that it has a profile of its own.
func TestRclone_privateAuthority(t *testing.T) {
	s := testSetup()
	s.Access.CAFile, s.Access.CABundle = "/etc/own.pem", "/run/all's.pem"
	if got := rclone().Snippet(s); got != `rclone lsd daypass-lake: --ca-cert '/run/all'\''s.pem'` {
		t.Errorf("%s", got)
	}
	profile, err := rcloneProfile(s.Access, s.Creds)
	if err != nil || strings.Contains(string(profile), "ca_bundle") || !strings.HasPrefix(string(profile), "[profile daypass-lake@rclone]\ncredential_process = ") {
		t.Errorf("%s %v", profile, err)
	}
	if remote := string(rcloneRemote(s.Access)); !strings.Contains(remote, "profile = daypass-lake@rclone\n") {
		t.Errorf("%s", remote)
	}
}
