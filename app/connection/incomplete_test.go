package connection

import "testing"

func TestIncomplete_wantedAndImpossible(t *testing.T) {
	d := minimal()
	d.Endpoint, d.STSEndpoint, d.Region, d.Keys.RoleARN = "https://s3.eu-central-1.amazonaws.com", "https://sts.eu-central-1.amazonaws.com", "eu-central-1", DeriveRoleARN
	if got := d.Incomplete(); len(got) != 1 || got[0].Field != "keys.role_arn" {
		t.Errorf("%v", got)
	}
	d.Keys.RoleARN = "arn:aws:iam::123456789012:role/lake"
	if got := d.Incomplete(); len(got) != 0 {
		t.Errorf("%v", got)
	}
	d.STSEndpoint = ""
	if got := d.Incomplete(); len(got) != 1 || got[0].Field != "sts_endpoint" {
		t.Errorf("%v", got)
	}
	if got := minimal().Incomplete(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
