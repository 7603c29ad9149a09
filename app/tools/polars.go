package tools

import "daypass/app/messages"

// polars takes the credentials from the profile by way of boto3; object_store below it reads no profile.
func polars() Definition {
	d := pythonTool("polars", "polars", "polars", "polars")
	d.ReadsProfile, d.Snippet, d.Notes = true, polarsSnippet, polarsNotes
	return d
}

func polarsSnippet(s Setup) string {
	return "import polars as pl\n\n" +
		"lake = {\n" +
		"    \"credential_provider\": pl.CredentialProviderAWS(profile_name=" + py(s.profile()) + "),\n" +
		"    \"storage_options\": {\n" +
		"        \"aws_endpoint_url\": " + py(s.Access.Endpoint) + ",\n" +
		"        \"aws_region\": " + py(s.Access.SigningRegion()) + ",\n" +
		"        \"aws_allow_http\": " + py(choose(s.Access.secure(), "false", "true")) + ",\n" +
		"    },\n}\n" +
		"data = pl.read_parquet(\"s3://BUCKET/data.parquet\", **lake)"
}

func polarsNotes(s Setup) []messages.Message {
	return append(replaceBucket(s), messages.Message{ID: "agent.tools.note.polars"})
}
