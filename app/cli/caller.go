package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// unnamed is what a program is called that cannot be found out.
const unnamed = "a tool"

// caller names the program that runs this one, for the list of who fetches keys.
func caller() string {
	proc := "/proc/" + strconv.Itoa(os.Getppid())
	cmdline, err := os.ReadFile(proc + "/cmdline")
	if err != nil {
		return unnamed
	}
	return callerName(bytes.Split(bytes.TrimRight(cmdline, "\x00"), []byte{0}))
}

// callerName is the program's name; of an interpreter, the script's too.
func callerName(args [][]byte) string {
	name := filepath.Base(string(args[0]))
	if name == "" || name == "." {
		return unnamed
	}
	interpreter := strings.HasPrefix(name, "python") || name == "node" || name == "ruby" || name == "perl"
	if !interpreter || len(args) < 2 || len(args[1]) == 0 || args[1][0] == '-' {
		return name
	}
	script := filepath.Base(string(args[1]))
	if filepath.Ext(script) == "" {
		return script // a program that is written in it, such as aws
	}
	return name + " " + script
}
