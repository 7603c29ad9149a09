package tools

// whileRunning is the text on the validity of what daypass exec runs.
const whileRunning = "agent.tools.validity.while-running"

// anyProgram is whatever daypass exec runs.
func anyProgram() Definition {
	return Definition{
		ID: "exec", NameID: "agent.tools.any-program", Language: "sh",
		ValidityID: whileRunning,
		Snippet:    func(s Setup) string { return ShellWord(s.Daypass) + " exec " + s.handle() + " -- python3 train.py" },
	}
}
