package tools

import "testing"

func TestRestic_output(t *testing.T) {
	toolTest{
		snippet: "daypass exec lake -- restic -r s3:https://minio.example:9000/BUCKET/restic init",
		notes:   []string{"Replace BUCKET with the name of a bucket. The password of the repository is managed by restic, not by Daypass."},
		label:   "Environment for restic",
		formats: map[string]string{"restic": encoded(t, "env", keys())},
	}.check(t, restic())
	a := keys()
	a.CABundle = "/run/all.pem"
	if got := value(a.Location(), "RESTIC_CACERT"); got != "/run/all.pem" {
		t.Errorf("the authorities are %q", got)
	}
}
