package tools

// whileRunning is the validity of what daypass exec runs.
const whileRunning = "It renews itself for as long as the program runs and you are signed in."

// anyProgram is whatever daypass exec runs.
func anyProgram() Definition {
	return Definition{
		ID: "exec", Name: "Any program", Language: "sh",
		Validity: whileRunning,
		Snippet:  func(s Setup) string { return ShellWord(s.Daypass) + " exec " + s.handle() + " -- python3 train.py" },
	}
}
