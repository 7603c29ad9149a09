package tools

// deltaRS is the Delta Lake of object_store, which fetches credentials from the endpoint of daypass exec.
func deltaRS() Definition {
	d := pythonTool("deltalake", "delta-rs (deltalake)", "deltalake", "deltalake")
	d.Language, d.ValidityID, d.Snippet, d.Notes = "sh", whileRunning, deltaSnippet, replaceBucket
	return d
}

func deltaSnippet(s Setup) string {
	const program = `from deltalake import DeltaTable; print(DeltaTable("s3://BUCKET/TABLE").schema())`
	return ShellWord(s.Daypass) + " exec " + s.handle() + " -- python3 -c " + ShellWord(program)
}
