package tools

import (
	"strings"

	"daypass/app/messages"
)

// terraform is Terraform and OpenTofu, which keep their state in S3.
func terraform() Definition {
	return Definition{
		ID: "terraform", Name: "Terraform, OpenTofu", Program: "terraform", Commands: []string{"terraform", "tofu"}, Language: "hcl", ReadsProfile: true,
		Snippet: terraformSnippet, Notes: terraformNotes,
		Version: &Version{Args: []string{"version"}, Pattern: `(?:Terraform|OpenTofu) v(\S+)`},
	}
}

func terraformSnippet(s Setup) string {
	lines := []string{
		"terraform {", "  backend \"s3\" {",
		"    bucket                      = \"BUCKET\"",
		"    key                         = \"terraform.tfstate\"",
		"    region                      = " + hcl(s.Access.SigningRegion()),
		"    profile                     = " + hcl(s.profile()),
		"    endpoints                   = { s3 = " + hcl(s.Access.Endpoint) + " }",
	}
	if bundle := s.Access.Bundle(); bundle != "" {
		lines = append(lines, "    custom_ca_bundle            = "+hcl(bundle))
	}
	return strings.Join(append(lines,
		"    use_path_style              = true",
		"    skip_credentials_validation = true",
		"    skip_requesting_account_id  = true",
		"    skip_metadata_api_check     = true",
		"    skip_region_validation      = true",
		"  }", "}"), "\n")
}

// hcl is a string of Terraform's language, in which ${ and %{ begin expressions.
func hcl(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "${", "$${", "%{", "%%{").Replace(s) + `"`
}

func terraformNotes(Setup) []messages.Message {
	return []messages.Message{{ID: "agent.tools.note.bucket"}, {ID: "agent.tools.note.terraform"}}
}
