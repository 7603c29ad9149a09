package tools

import "testing"

func TestTerraform_output(t *testing.T) {
	toolTest{
		snippet: `terraform {
  backend "s3" {
    bucket                      = "BUCKET"
    key                         = "terraform.tfstate"
    region                      = "us-east-1"
    profile                     = "daypass-lake"
    endpoints                   = { s3 = "https://minio.example:9000" }
    use_path_style              = true
    skip_credentials_validation = true
    skip_requesting_account_id  = true
    skip_metadata_api_check     = true
    skip_region_validation      = true
  }
}`,
		notes: []string{
			"Replace BUCKET with the name of a bucket.",
			"The profile is one of this computer. Other users of the configuration need a profile of the same name.",
		},
		files: map[string]string{"aws": profileText},
	}.check(t, terraform())
}
