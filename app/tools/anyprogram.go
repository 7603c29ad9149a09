package tools

// anyProgram is whatever daypass exec runs.
func anyProgram() Definition {
	return Definition{
		ID: "exec", Name: "Any program", Language: "sh",
		Validity: "It renews itself for as long as the program runs and you are signed in.",
		Snippet:  func(s Setup) string { return ShellWord(s.Daypass) + " exec " + s.handle() + " -- python3 train.py" },
	}
}
