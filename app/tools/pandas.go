package tools

// pandas is what reads and writes through s3fs: pandas, dask, xarray and others.
func pandas() Definition {
	d := pythonTool("pandas", "pandas (s3fs)", "s3fs", "s3fs")
	d.ReadsProfile, d.Snippet, d.Notes = true, pandasSnippet, replaceBucket
	return d
}

func pandasSnippet(s Setup) string {
	return "import pandas as pd\n\n" +
		"lake = {\"profile\": " + py(s.profile()) + ", \"client_kwargs\": {\"endpoint_url\": " + py(s.Access.Endpoint) + "}}\n" +
		"data = pd.read_csv(\"s3://BUCKET/data.csv\", storage_options=lake)"
}
