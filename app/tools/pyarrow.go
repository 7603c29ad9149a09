package tools

import "regexp"

// pyArrow is Arrow, and what uses its file systems.
func pyArrow() Definition {
	d := pythonTool("pyarrow", "PyArrow", "pyarrow", "pyarrow")
	d.ReadsProfile, d.Snippet, d.Notes = true, pyArrowSnippet, replaceBucket
	d.Guards = []Guard{{
		Commands: []string{"python"}, Option: "endpoint_override", Advice: "endpoint_override=", Concerns: arrowFileSystem,
	}}
	return d
}

// arrowFileSystem matches a script that makes a file system of Arrow's, and not the one of s3fs with the same name:
// its constructor, unlike its URLs, reads no endpoint from the environment.
var arrowFileSystem = regexp.MustCompile(`pyarrow\.fs import[^\n]*S3FileSystem|pyarrow[\s\S]*(^|[^3])fs\.S3FileSystem\(`)

func pyArrowSnippet(s Setup) string {
	options := "endpoint_override=" + py(s.Access.Endpoint) + ", region=" + py(s.Access.SigningRegion())
	if bundle := s.Access.Bundle(); bundle != "" {
		options += ", tls_ca_file_path=" + py(bundle)
	}
	return "import os\n\n" +
		"os.environ[\"AWS_PROFILE\"] = " + py(s.profile()) + "\n" +
		"from pyarrow import fs\n\n" +
		"lake = fs.S3FileSystem(" + options + ")\n" +
		"print(lake.get_file_info(fs.FileSelector(\"BUCKET\")))"
}
