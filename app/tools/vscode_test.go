package tools

import "testing"

func TestVisualStudioCode_output(t *testing.T) {
	toolTest{
		snippet: "profile:daypass-lake",
		notes: []string{
			"Run “AWS: Connect to AWS” from the Command Palette and select this profile.",
		},
		files: map[string]string{"aws": profileText},
	}.check(t, visualStudioCode())
}
